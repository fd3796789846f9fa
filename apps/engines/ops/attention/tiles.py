"""What the kernels share: which tiles are hidden, half seen or wholly seen, and how they launch."""

from __future__ import annotations

from typing import Any

import torch
import triton
import triton.language as tl

HEAD_DIMS = (32, 64, 128)
DTYPES = (torch.float32, torch.bfloat16, torch.float16)
LOG2E = 1.4426950408889634
INTERPRETED = bool(triton.knobs.runtime.interpret)
"""TRITON_INTERPRET=1 was set when this module was loaded: kernels run in Python, on any tensor."""


WIDEN = tl.constexpr(INTERPRETED)


@triton.jit
def product(a, b, acc, PRECISION: tl.constexpr):
    """acc + a b in fp32. The interpreter knows no product of bf16: there operands are widened."""
    if WIDEN:
        a, b = a.to(tl.float32), b.to(tl.float32)
    return tl.dot(a, b, acc, input_precision=PRECISION)


@triton.jit
def row_bounds(bounds, batch, queries, keys, ROWS: tl.constexpr):
    """start, end, prefix, offset of a batch row (bounds.py); plain causal where ROWS is false."""
    if ROWS:
        start = tl.load(bounds + batch * 4)
        end = tl.minimum(tl.load(bounds + batch * 4 + 1), keys)
        prefix = tl.load(bounds + batch * 4 + 2)
        offset = tl.load(bounds + batch * 4 + 3)
    else:
        start, end, prefix, offset = 0, keys, 0, keys - queries
    return start, end, prefix, offset


@triton.jit
def key_spans(first, last, start, end, prefix, BLOCK_N: tl.constexpr):
    """Keys that queries at positions first … last see: a, b, c, d, e in steps of BLOCK_N.

    From a to b a padding edge runs through the tile, from b to c every query sees every key, from
    c to d the diagonal does. Nothing is seen where all of the queries are padding.
    """
    seen = (last >= start) & (first < end)
    a = start // BLOCK_N * BLOCK_N
    b = tl.cdiv(start, BLOCK_N) * BLOCK_N
    d = tl.where(seen, tl.minimum(end, tl.maximum(prefix, last + 1)), a)
    c = tl.minimum(end, tl.maximum(prefix, first + 1)) // BLOCK_N * BLOCK_N
    c = tl.maximum(b, tl.where(seen, c, b))
    return a, tl.minimum(b, d), b, c, d


@triton.jit
def query_span(
    first, start, end, prefix, offset, queries, BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr
):
    """Rows low … high, low at a tile's edge, that see a key of first … first + BLOCK_N."""
    seen = (first + BLOCK_N > start) & (first < end)
    earliest = tl.where(first < prefix, start, tl.maximum(first, start))
    low = tl.maximum(earliest - offset, 0) // BLOCK_M * BLOCK_M
    high = tl.where(seen, tl.minimum(queries, end - offset), 0)
    return low, tl.maximum(high, low)


@triton.jit
def first_viewer(keys, present, prefix):
    """The first position that sees each key: with it a mask is one comparison an element."""
    return tl.where(present, tl.where(keys < prefix, -(2**30), keys), 2**30)


def autotuned(configs: list[triton.Config]) -> Any:
    """The fastest of the configurations, sought anew for every head size, type and length class."""
    if INTERPRETED:
        configs = [triton.Config({"BLOCK_M": 32, "BLOCK_N": 16}, num_warps=1, num_stages=1)]
    return triton.autotune(
        configs,
        key=["HEAD_DIM", "ROWS", "length_class"],
        prune_configs_by={"early_config_prune": _sensible},
        cache_results=True,
    )


def _sensible(configs: list[triton.Config], _: Any, **given: Any) -> list[triton.Config]:
    """Without matrix instructions, in fp32, large tiles take minutes to compile and spill."""
    if given.get("PRECISION") != "ieee":
        return configs
    return [min(configs, key=lambda c: c.kwargs["BLOCK_M"] * c.kwargs["BLOCK_N"])]


def config(block_m: int, block_n: int, warps: int, stages: int) -> triton.Config:
    """A tile of queries by keys, warps a program, depth of the load pipeline."""
    return triton.Config(
        {"BLOCK_M": block_m, "BLOCK_N": block_n}, num_warps=warps, num_stages=stages
    )


def length_class(queries: int, keys: int) -> int:
    """Lengths that share a tuning: the power of two above, from 512 to 16,384."""
    return min(max(triton.next_power_of_2(max(queries, keys)), 512), 16_384)


def precision(dtype: torch.dtype) -> str:
    """fp32 stays fp32: TF32 would lose three digits."""
    return "ieee" if dtype == torch.float32 else "tf32"
