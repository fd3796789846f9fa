"""Which precision pays on which processor."""

from __future__ import annotations

import torch


def bfloat16_pays(kind: str) -> bool:
    """Whether products in bfloat16 are faster than in float32 on a device of this kind.

    GPUs have units for it; of processors those with AVX512-BF16 or AMX alone. On others torch
    widens every element by itself: a training step of the text model took more than 25 s, not 3.3.
    """
    if kind != "cpu":
        return True
    units = torch.cpu.get_capabilities()
    return any(units.get(name) for name in ("amx_bf16", "avx512_bf16"))
