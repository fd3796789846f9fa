"""The kernels as an attention implementation of transformers: `attn_implementation="gendt_triton"`.

Where a causal mask is plain, padded at its ends or has a visible prefix, the mask handed from model
to layer is four integers a row, (B, 1, 1, 4) int32 (bounds.py). Anything else (sliding windows,
soft caps, dropout, packed sequences, bidirectional encoders) goes to SDPA with the usual mask.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import (
    AttentionMaskInterface,
    causal_mask_function,
    prepare_padding_mask,
    sdpa_mask,
)

from .bounds import FIELDS, bounds_of_padding, make_bounds, visible
from .function import attention

NAME = "gendt_triton"
NOT_OURS = ("softcap", "s_aux", "position_bias", "cache")


def register() -> None:
    """Make the name known; calling it twice does no harm."""
    AttentionInterface.register(NAME, attention_of_module)
    AttentionMaskInterface.register(NAME, mask_of_model)


def as_mask(bounds: Tensor) -> Tensor:
    """Bounds in the four dimensions that transformers hands on untouched."""
    return bounds[:, None, None]


def attention_of_module(
    module: torch.nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    is_causal: bool | None = None,
    sliding_window: int | None = None,
    **kwargs: Any,
) -> tuple[Tensor, None]:
    """q (B, H, M, D), k and v (B, H / G, N, D) to (B, M, H, D), as transformers' layers call it."""
    bounds = _bounds_in(attention_mask)
    causal = getattr(module, "is_causal", True) if is_causal is None else is_causal
    plain = (causal or bounds is not None) and (attention_mask is None or bounds is not None)
    windowed = sliding_window is not None and key.shape[2] > sliding_window
    special = dropout or windowed or any(kwargs.get(name) is not None for name in NOT_OURS)
    if plain and not special:
        out = attention(query, key, value, bounds, scaling)
        return out.transpose(1, 2).contiguous(), None
    if attention_mask is None and causal:
        bounds = make_bounds(len(query), query.shape[2], key.shape[2], device=query.device)
    if bounds is not None:
        attention_mask = visible(bounds, query.shape[2], key.shape[2])
    return sdpa_attention_forward(
        module, query, key, value, attention_mask, dropout, scaling, is_causal, **kwargs
    )


def mask_of_model(
    batch_size: int,
    q_length: int,
    kv_length: int,
    q_offset: Tensor | int = 0,
    kv_offset: int = 0,
    mask_function: Callable[..., Any] = causal_mask_function,
    attention_mask: Tensor | None = None,
    **kwargs: Any,
) -> Tensor | None:
    """None where every token counts, bounds where padding is at the ends, else SDPA's mask."""
    if mask_function is causal_mask_function and kv_offset == 0:
        padding = prepare_padding_mask(attention_mask, kv_length, 0)
        at_end = isinstance(q_offset, int) and q_offset + q_length == kv_length
        if at_end and (padding is None or bool(padding[:, :kv_length].all())):
            return None
        if padding is None:
            bounds: Tensor | None = make_bounds(
                batch_size, q_length, kv_length, end=q_offset + q_length, offset=q_offset,
                device=kwargs.get("device", "cpu"),
            )  # fmt: skip
        else:
            bounds = bounds_of_padding(padding[:, :kv_length], q_length, 0, q_offset)
        if bounds is not None:
            return as_mask(bounds)
    # SDPA's "no mask" means queries at the first keys, ours at the last: so there is always a mask.
    kwargs["allow_is_causal_skip"] = False
    return sdpa_mask(
        batch_size, q_length, kv_length, q_offset,  # type: ignore[arg-type]
        kv_offset, mask_function, attention_mask,
        **kwargs,
    )  # fmt: skip


def _bounds_in(mask: Tensor | None) -> Tensor | None:
    if mask is not None and mask.dtype == torch.int32 and mask.shape[-1] == FIELDS:
        return mask[:, 0, 0]
    return None
