"""Forward kernel: one program a tile of queries, an online softmax over tiles of keys.

After FlashAttention-2 (Dao 2023): scores in units of log 2, so that the exponential is one
instruction; tiles that nothing sees are never visited, and only tiles that an edge runs through
(diagonal, prefix, padding) are masked.
"""

from __future__ import annotations

import torch
import triton
import triton.language as tl
from torch import Tensor

from .tiles import (
    LOG2E,
    autotuned,
    config,
    first_viewer,
    key_spans,
    length_class,
    precision,
    product,
    row_bounds,
)

CONFIGS = [
    config(128, 128, 8, 2),
    config(128, 128, 8, 3),
    config(128, 64, 8, 3),
    config(128, 64, 8, 4),
    config(64, 64, 4, 3),
    config(64, 32, 4, 4),
]


@triton.jit
def _attend(
    acc, total, peak, q, k_ptr, v_ptr, k_step, v_step, low, high, positions,
    start, end, prefix, scale,
    MASKED: tl.constexpr, BLOCK_N: tl.constexpr, HEAD_DIM: tl.constexpr, PRECISION: tl.constexpr,
):  # fmt: skip
    dims = tl.arange(0, HEAD_DIM)
    for tile in tl.range(low, high, BLOCK_N):
        keys = tile + tl.arange(0, BLOCK_N)
        k_at = k_ptr + keys[None, :] * k_step + dims[:, None]
        v_at = v_ptr + keys[:, None] * v_step + dims[None, :]
        if MASKED:
            present = (keys >= start) & (keys < end)
            s = product(q, tl.load(k_at, mask=present[None, :], other=0.0), None, PRECISION)
            seen_from = first_viewer(keys, present, prefix)
            s = tl.where(seen_from[None, :] <= positions[:, None], s, -float("inf"))
            v = tl.load(v_at, mask=present[:, None], other=0.0)
        else:
            s = product(q, tl.load(k_at), None, PRECISION)
            v = tl.load(v_at)
        higher = tl.maximum(peak, tl.max(s, 1) * scale)
        p = tl.exp2(s * scale - higher[:, None])
        shrink = tl.exp2(peak - higher)
        total = total * shrink + tl.sum(p, 1)
        acc = product(p.to(v.dtype), v, acc * shrink[:, None], PRECISION)
        peak = higher
    return acc, total, peak


@autotuned(CONFIGS)
@triton.jit(do_not_specialize=["queries", "keys", "length_class"])
def forward_kernel(
    q_ptr, k_ptr, v_ptr, out_ptr, lse_ptr, bounds_ptr, scale, heads, group, queries, keys,
    q_batch, q_head, q_step, k_batch, k_head, k_step, v_batch, v_head, v_step,
    o_batch, o_head, o_step, length_class,
    ROWS: tl.constexpr, HEAD_DIM: tl.constexpr, PRECISION: tl.constexpr,
    BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr,
):  # fmt: skip
    # The last tiles see most keys and start first, so that the short ones fill the end.
    tile = tl.num_programs(0) - 1 - tl.program_id(0)
    batch = (tl.program_id(1) // heads).to(tl.int64)
    head = (tl.program_id(1) % heads).to(tl.int64)
    start, end, prefix, offset = row_bounds(bounds_ptr, batch, queries, keys, ROWS)
    k_ptr += batch * k_batch + head // group * k_head
    v_ptr += batch * v_batch + head // group * v_head

    rows = tile * BLOCK_M + tl.arange(0, BLOCK_M)
    dims = tl.arange(0, HEAD_DIM)
    positions = rows + offset
    own = (rows < queries) & (positions >= start) & (positions < end)
    at = rows[:, None].to(tl.int64)
    q_ptr += batch * q_batch + head * q_head
    q = tl.load(q_ptr + at * q_step + dims[None, :], mask=own[:, None], other=0.0)

    first = tile * BLOCK_M + offset
    last = tl.minimum(tile * BLOCK_M + BLOCK_M, queries) - 1 + offset
    a, a_end, b, c, d = key_spans(first, last, start, end, prefix, BLOCK_N)
    acc = tl.zeros([BLOCK_M, HEAD_DIM], tl.float32)
    total = tl.zeros([BLOCK_M], tl.float32)
    peak = tl.full([BLOCK_M], -float("inf"), tl.float32)
    if ROWS:
        acc, total, peak = _attend(
            acc, total, peak, q, k_ptr, v_ptr, k_step, v_step, a, a_end, positions, start, end,
            prefix, scale, True, BLOCK_N, HEAD_DIM, PRECISION,
        )  # fmt: skip
    acc, total, peak = _attend(
        acc, total, peak, q, k_ptr, v_ptr, k_step, v_step, b, c, positions, start, end,
        prefix, scale, False, BLOCK_N, HEAD_DIM, PRECISION,
    )  # fmt: skip
    acc, total, peak = _attend(
        acc, total, peak, q, k_ptr, v_ptr, k_step, v_step, c, d, positions, start, end,
        prefix, scale, True, BLOCK_N, HEAD_DIM, PRECISION,
    )  # fmt: skip

    out = tl.where(own[:, None], acc / total[:, None], 0.0)
    out_ptr += batch * o_batch + head * o_head
    inside = rows < queries
    tl.store(
        out_ptr + at * o_step + dims[None, :],
        out.to(out_ptr.dtype.element_ty),
        mask=inside[:, None],
    )
    # +inf makes every weight of a padding query zero in the backward kernels.
    lse = tl.where(own, peak + tl.log2(total), float("inf"))
    tl.store(lse_ptr + tl.program_id(1).to(tl.int64) * queries + rows, lse, mask=inside)


def attention_forward(
    q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None, scale: float
) -> tuple[Tensor, Tensor]:
    """Output (B, H, M, D), laid out as (B, M, H, D), and log₂ of each softmax's sum (B, H, M)."""
    batch, heads, queries, size = q.shape
    keys = k.shape[2]
    out = torch.empty((batch, queries, heads, size), dtype=q.dtype, device=q.device).transpose(1, 2)
    lse = torch.empty((batch, heads, queries), dtype=torch.float32, device=q.device)
    forward_kernel[lambda meta: (triton.cdiv(queries, meta["BLOCK_M"]), batch * heads)](
        q, k, v, out, lse, bounds, scale * LOG2E, heads, heads // k.shape[1], queries, keys,
        *q.stride()[:3], *k.stride()[:3], *v.stride()[:3], *out.stride()[:3],
        length_class(queries, keys), ROWS=bounds is not None, HEAD_DIM=size,
        PRECISION=precision(q.dtype),
    )  # fmt: skip
    return out, lse
