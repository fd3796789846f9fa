"""Attention kernels beside SDPA (flash, cuDNN) and the plain formula, on the GPU of this machine.

    python benchmarks/attention.py [--lengths 1024 4096 16384] [--heads 16] [--out FILE.md]
    python benchmarks/attention.py --compile        # no GPU: registers and spills on Hopper

Median milliseconds of CUDA events, TFLOP/s of the products that a causal mask leaves over, and the
ratio to the fastest SDPA. Every result is first compared with the formula in fp32.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import torch
import triton
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import scaled_dot_product_attention

from apps.engines.ops.attention.backward import key_kernel, query_kernel
from apps.engines.ops.attention.bounds import make_bounds
from apps.engines.ops.attention.forward import forward_kernel
from apps.engines.ops.attention.function import attention
from apps.engines.ops.attention.reference import reference_attention
from apps.engines.ops.attention.resources import kernel_resources

TOKENS = 65_536
"""Batch size follows from it, so that every length fills the GPU."""
LONGEST_FORMULA = 4096
Method = Callable[[Tensor, Tensor, Tensor], Tensor]


def sdpa(backend: SDPBackend, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """PyTorch's attention held to one backend; RuntimeError where it does not fit."""
    with sdpa_kernel(backend):
        return scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)


METHODS: dict[str, Method] = {
    "ours": attention,
    "flash": partial(sdpa, SDPBackend.FLASH_ATTENTION),
    "cuDNN": partial(sdpa, SDPBackend.CUDNN_ATTENTION),
    "formula": reference_attention,
}


def tensors(
    length: int, heads: int, group: int, size: int, dtype: torch.dtype
) -> tuple[Tensor, Tensor, Tensor]:
    """Random q, k, v on the GPU that ask for gradients."""
    batch = max(1, TOKENS // length)
    shape = {"q": heads, "k": heads // group, "v": heads // group}
    return tuple(  # type: ignore[return-value]
        torch.randn(batch, n, length, size, device="cuda", dtype=dtype, requires_grad=True)
        for n in shape.values()
    )


def milliseconds(run: Callable[[], object]) -> float:
    return float(triton.testing.do_bench(run, warmup=50, rep=300, return_mode="median"))


def measure(method: Method, q: Tensor, k: Tensor, v: Tensor) -> tuple[float, float]:
    """Forward and backward in milliseconds; the fp32 formula's distance is checked before."""
    out = method(q, k, v)
    expected = reference_attention(q[:1], k[:1], v[:1]) if q.shape[2] <= LONGEST_FORMULA else None
    if expected is not None:
        far = float((out[:1] - expected).norm() / expected.norm())
        if not far < 2e-2:
            raise ValueError(f"The result is {far:.1e} away from the formula's.")
    with torch.no_grad():
        forward = milliseconds(lambda: method(q, k, v))
    grad = torch.randn_like(out)
    backward = milliseconds(lambda: torch.autograd.grad(out, (q, k, v), grad, retain_graph=True))
    return forward, backward


def header(names: str) -> Iterator[str]:
    """The first two lines of a Markdown table, from names between commas."""
    cells = names.split(", ")
    yield f"| {' | '.join(cells)} |"
    yield "|---" * len(cells) + "|"


def training_rows(lengths: list[int], heads: int) -> Iterator[str]:
    """Lines of the table: causal attention of whole sequences."""
    yield from header(
        "length, head dim, type, heads / key heads, method, "
        "forward ms, TFLOP/s, ratio, backward ms, TFLOP/s, ratio"
    )
    grid = itertools.product(lengths, (64, 128), (torch.bfloat16, torch.float16), (1, 4))
    for length, size, dtype, group in grid:
        q, k, v = tensors(length, heads, group, size, dtype)
        found: dict[str, tuple[float, float]] = {}
        for name, method in METHODS.items():
            if name == "formula" and length > LONGEST_FORMULA:
                continue
            try:
                found[name] = measure(method, q, k, v)
            except (RuntimeError, torch.cuda.OutOfMemoryError) as error:
                print(f"{name} at {length} × {size}: {str(error).splitlines()[0]}", file=sys.stderr)
        work = 2 * q.shape[0] * heads * length**2 * size / 1e9
        best = [
            min((t[i] for n, t in found.items() if n in {"flash", "cuDNN"}), default=0.0)
            for i in (0, 1)
        ]
        for name, (forward, backward) in found.items():
            yield (
                f"| {length} | {size} | {str(dtype)[6:]} | {heads} / {heads // group} | {name} "
                f"| {forward:.3f} | {work / forward:.0f} | {best[0] / forward:.2f} "
                f"| {backward:.3f} | {2.5 * work / backward:.0f} | {best[1] / backward:.2f} |"
            )


def prefix_rows(lengths: list[int], heads: int) -> Iterator[str]:
    """Lines of the table: half of each sequence is a visible prefix; SDPA needs a mask there."""
    yield from header("length, head dim, method, forward ms, backward ms")
    for length, size in itertools.product([n for n in lengths if n <= LONGEST_FORMULA], (64, 128)):
        q, k, v = tensors(length, heads, 1, size, torch.bfloat16)
        bounds = make_bounds(len(q), length, length, prefix=length // 2, device="cuda")
        place = torch.arange(length, device="cuda")
        seen = (place <= place[:, None]) | (place < length // 2)
        methods: dict[str, Method] = {
            "ours": partial(attention, bounds=bounds),
            "SDPA with a mask": partial(scaled_dot_product_attention, attn_mask=seen),
        }
        for name, method in methods.items():
            out = method(q, k, v)
            with torch.no_grad():
                forward = milliseconds(partial(method, q, k, v))
            backward = milliseconds(
                partial(
                    torch.autograd.grad, out, (q, k, v), torch.ones_like(out), retain_graph=True
                )
            )
            yield f"| {length} | {size} | {name} | {forward:.3f} | {backward:.3f} |"


def decoding_rows(heads: int) -> Iterator[str]:
    """Lines of the table: one new token over a cache."""
    yield from header("batch, cached, head dim, heads / key heads, ours µs, SDPA µs, ratio")
    for batch, cached, size, group in itertools.product((1, 16), (1024, 8192), (64, 128), (1, 8)):
        q = torch.randn(batch, heads, 1, size, device="cuda", dtype=torch.bfloat16)
        k = torch.randn(batch, heads // group, cached, size, device="cuda", dtype=torch.bfloat16)
        v = torch.randn_like(k)
        with torch.no_grad():
            ours = milliseconds(partial(attention, q, k, v)) * 1e3
            theirs = (
                milliseconds(partial(scaled_dot_product_attention, q, k, v, enable_gqa=group > 1))
                * 1e3
            )
        yield (
            f"| {batch} | {cached} | {size} | {heads} / {heads // group} | {ours:.1f} "
            f"| {theirs:.1f} | {theirs / ours:.2f} |"
        )


def compiled_rows() -> Iterator[str]:
    """Lines of the table: what every configuration needs on Hopper, by the compiler's account."""
    yield from header(
        "kernel, head dim, queries × keys, warps, stages, registers, spilled bytes, shared KiB"
    )
    for kernel, size in itertools.product((forward_kernel, key_kernel, query_kernel), (64, 128)):
        for config in kernel.configs:
            found = kernel_resources(kernel, config, size, rows=True)
            block = f"{config.kwargs['BLOCK_M']} × {config.kwargs['BLOCK_N']}"
            yield (
                f"| {kernel.fn.__name__} | {size} | {block} | {config.num_warps} "
                f"| {config.num_stages} | {found.registers} | {found.spilled} "
                f"| {found.shared / 1024:.0f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lengths", type=int, nargs="+", default=[1024, 4096, 16_384])
    parser.add_argument("--heads", type=int, default=16)
    parser.add_argument("--compile", action="store_true", help="compile for Hopper, run nothing")
    parser.add_argument("--out", type=Path, help="write the table to a file as well")
    given = parser.parse_args()
    if given.compile or not torch.cuda.is_available():
        if not given.compile:
            print("There is no GPU here, so nothing is timed. Compiled for Hopper (sm_90):\n")
        tables = [compiled_rows()]
    else:
        device = torch.cuda.get_device_name()
        print(f"{device}, torch {torch.__version__}, triton {triton.__version__}\n")
        tables = [
            training_rows(given.lengths, given.heads),
            prefix_rows(given.lengths, given.heads),
            decoding_rows(given.heads),
        ]
    lines: list[str] = []
    for table in tables:
        for line in (*table, ""):
            print(line, flush=True)
            lines.append(line)
    if given.out:
        given.out.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
