"""`attention`: the kernels where they fit, SDPA elsewhere, with gradients either way."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from .backward import attention_backward
from .bounds import visible
from .decode import MOST_ROWS, attention_decode
from .forward import attention_forward
from .tiles import DTYPES, HEAD_DIMS, INTERPRETED


class Attention(torch.autograd.Function):
    """Forward keeps one number a query (`lse`); backward makes the weights from it again."""

    @staticmethod
    def forward(
        ctx: Any, q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None, scale: float
    ) -> Tensor:
        out, lse = attention_forward(q, k, v, bounds, scale)
        ctx.save_for_backward(q, k, v, out, lse, bounds)
        ctx.scale = scale
        return out

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, out, lse, bounds = ctx.saved_tensors
        return *attention_backward(grad, q, k, v, out, lse, bounds, ctx.scale), None, None


def attention(
    q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None = None, scale: float | None = None
) -> Tensor:
    """Causal attention of q (B, H, M, D) over k and v (B, H / G, N, D), N ≥ M: (B, H, M, D).

    `bounds` (B, 4) says per row what is padding and which prefix all see (bounds.py); without it
    every token counts and the last query stands at the last key. `scale` defaults to D to the power
    of -1/2. Kernels run on a GPU, or anywhere under TRITON_INTERPRET=1, for fp32, bf16 and fp16
    with D of 32, 64 or 128; all else goes to SDPA. ValueError where shapes do not fit.
    """
    _check(q, k, v, bounds)
    scale = q.shape[-1] ** -0.5 if scale is None else scale
    if not fits(q, k, v) or scale <= 0:
        return _sdpa(q, k, v, bounds, scale)
    q, k, v = (x if x.stride(-1) == 1 else x.contiguous() for x in (q, k, v))
    bounds = None if bounds is None else bounds.contiguous()
    grads = torch.is_grad_enabled() and (q.requires_grad or k.requires_grad or v.requires_grad)
    if not grads and q.shape[2] * (q.shape[1] // k.shape[1]) <= MOST_ROWS:
        return attention_decode(q, k, v, bounds, scale)
    return Attention.apply(q, k, v, bounds, scale)


def fits(q: Tensor, k: Tensor, v: Tensor) -> bool:
    """Whether the kernels take these tensors."""
    return (
        (q.is_cuda or INTERPRETED)
        and q.shape[-1] == v.shape[-1]
        and q.shape[-1] in HEAD_DIMS
        and q.dtype == k.dtype == v.dtype
        and q.dtype in DTYPES
        and q.numel() > 0
    )


def _check(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None) -> None:
    batch, heads, queries, _ = q.shape
    if k.shape[:3] != v.shape[:3] or k.shape[0] != batch or q.shape[-1] != k.shape[-1]:
        raise ValueError(f"q {tuple(q.shape)}, k {tuple(k.shape)}, v {tuple(v.shape)} do not fit.")
    if heads % k.shape[1]:
        raise ValueError(f"{heads} query heads cannot share {k.shape[1]} key heads evenly.")
    if bounds is None and queries > k.shape[2]:
        raise ValueError(f"{queries} queries stand at the end of {k.shape[2]} keys: too many.")
    if bounds is not None and (bounds.shape != (batch, 4) or bounds.dtype != torch.int32):
        raise ValueError(f"bounds must be int32 of ({batch}, 4); see make_bounds.")


def _sdpa(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None, scale: float) -> Tensor:
    queries, keys = q.shape[2], k.shape[2]
    grouped = q.shape[1] != k.shape[1]
    if bounds is None and queries == keys:
        return scaled_dot_product_attention(
            q, k, v, is_causal=True, scale=scale, enable_gqa=grouped
        )
    if bounds is None:
        place = torch.arange(keys, device=q.device)
        seen = place <= place[keys - queries :, None]
    else:
        seen = visible(bounds, queries, keys)
    out = scaled_dot_product_attention(q, k, v, attn_mask=seen, scale=scale, enable_gqa=grouped)
    return out if bounds is None else out.masked_fill(~seen.any(-1, keepdim=True), 0)
