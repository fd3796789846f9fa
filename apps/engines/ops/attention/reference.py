"""Attention as the formula says, softmax(q kᵀ · scale) v: the twin that the kernels are held to."""

from __future__ import annotations

import torch
from torch import Tensor

from .bounds import make_bounds, visible


def reference_attention(
    q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None = None, scale: float | None = None
) -> Tensor:
    """q (B, H, M, D), k and v (B, H / G, N, D) to (B, H, M, D), computed in at least fp32.

    What is padding may hold anything, NaN too. Memory grows with M · N: for tests and small inputs.
    """
    batch, heads, queries, size = q.shape
    keys = k.shape[2]
    if bounds is None:
        bounds = make_bounds(batch, queries, keys, device=q.device)
    seen = visible(bounds, queries, keys)
    wide = torch.promote_types(q.dtype, torch.float32)
    q, k, v = (tensor.to(wide) for tensor in (q, k, v))
    q = q.masked_fill(~seen.any(-1, keepdim=True), 0)
    absent = ~seen.any(-2).unsqueeze(-1)
    k, v = (
        tensor.masked_fill(absent, 0).repeat_interleave(heads // k.shape[1], 1) for tensor in (k, v)
    )
    scores = (q @ k.transpose(-1, -2)) * (size**-0.5 if scale is None else scale)
    weights = scores.masked_fill(~seen, -torch.inf).softmax(-1).masked_fill(~seen, 0)
    return weights @ v
