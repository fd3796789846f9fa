"""What the compiler makes of a kernel for Hopper, read without a GPU: registers, spills, wgmma."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import triton
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource

HOPPER = GPUTarget("cuda", 90, 32)
CUOBJDUMP = Path(triton.__file__).parent / "backends" / "nvidia" / "bin" / "cuobjdump"
FLOATS = ("lse_ptr", "delta_ptr")


@dataclass(frozen=True)
class Resources:
    """Registers and spilled bytes a thread, bytes of shared memory, matrix instructions."""

    registers: int
    spilled: int
    shared: int
    wgmma: int


def kernel_resources(
    kernel: Any, config: triton.Config, head_dim: int, rows: bool = False, dtype: str = "bf16"
) -> Resources:
    """Compile an autotuned kernel for sm_90 with one of its configurations (a second or two)."""
    names = kernel.fn.arg_names
    constants: dict[str, Any] = dict(
        HEAD_DIM=head_dim,
        ROWS=rows,
        PRECISION="ieee" if dtype == "fp32" else "tf32",
        **config.kwargs,
    )
    if not rows:
        constants["bounds_ptr"] = None
    signature = {name: _type(name, dtype, constants) for name in names}
    aligned = [
        (i,)
        for i, name in enumerate(names)
        if signature[name].startswith("*") or name.endswith(("_batch", "_head", "_step"))
    ]
    source = ASTSource(
        kernel.fn,
        signature=signature,
        constexprs={(names.index(name),): value for name, value in constants.items()},
        attrs={place: [["tt.divisibility", 16]] for place in aligned},
    )
    options = {"num_warps": config.num_warps, "num_stages": config.num_stages}
    compiled = triton.compile(source, target=HOPPER, options=options)
    registers, stack = _usage(compiled.asm["cubin"])
    wgmma = compiled.asm["ptx"].count("wgmma.mma_async")
    return Resources(registers, stack, compiled.metadata.shared, wgmma)


def _type(name: str, dtype: str, constants: dict[str, Any]) -> str:
    if name in constants:
        return "constexpr"
    if name in FLOATS:
        return "*fp32"
    if name == "bounds_ptr":
        return "*i32"
    if name.endswith("_ptr"):
        return f"*{dtype}"
    return "fp32" if name.startswith("scale") else "i32"


def _usage(cubin: bytes) -> tuple[int, int]:
    with tempfile.NamedTemporaryFile(suffix=".cubin") as file:
        file.write(cubin)
        file.flush()
        told = subprocess.run(  # noqa: S603 - a program of the package, on our own file
            [CUOBJDUMP, "-res-usage", file.name], capture_output=True, text=True, check=True
        ).stdout
    found = re.search(r"REG:(\d+) STACK:(\d+)", told)
    if found is None:
        raise ValueError(f"cuobjdump told no resources: {told[:200]!r}")
    return int(found[1]), int(found[2])
