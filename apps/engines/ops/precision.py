"""Which precision pays on which processor."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel


def bfloat16_pays(kind: str) -> bool:
    """Whether products in bfloat16 are faster than in float32 on a device of this kind.

    GPUs have units for it; of processors those with AVX512-BF16 or AMX alone. On others torch
    widens every element by itself: a training step of the text model took more than 25 s, not 3.3.
    """
    if kind != "cpu":
        return True
    units = torch.cpu.get_capabilities()
    return any(units.get(name) for name in ("amx_bf16", "avx512_bf16"))


def attention_for_training(kind: str) -> AbstractContextManager[object]:
    """Attention as plain products where a processor computes them in bfloat16.

    torch's fused attention on processors runs backward without the units for bfloat16: it took 40 %
    of a training step, which is 1.7 times as fast with products (2.0 s and 1.2 s with AMX).
    """
    if kind != "cpu" or not bfloat16_pays(kind):
        return nullcontext()
    torch.backends.cuda.allow_fp16_bf16_reduction_math_sdp(True)  # Holds for processors, too.
    return sdpa_kernel(SDPBackend.MATH)


def keep_products(count: int = 8192) -> None:
    """Let oneDNN keep `count` products that it compiled for a shape (by default 1,024, fewer than
    training needs); to be called before the first one."""
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(count))
