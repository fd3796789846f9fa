"""Backward kernels: one goes over keys for dk and dv, one over queries for dq, without atomics.

With P the weights, dP = dO vᵀ and δ = Σ O ∘ dO per query: dS = P ∘ (dP - δ), dv = Pᵀ dO,
dk = dSᵀ q · scale, dq = dS k · scale (FlashAttention-2, algorithm 2). The weights are made again
from the scores and the sums that the forward kernel kept.
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
    query_span,
    row_bounds,
)

KEY_CONFIGS = [
    config(64, 128, 8, 2),
    config(64, 128, 8, 3),
    config(32, 128, 8, 2),
    config(32, 128, 8, 3),
    config(64, 64, 8, 2),
    config(64, 64, 4, 2),
    config(32, 64, 4, 3),
]
QUERY_CONFIGS = [
    config(128, 64, 8, 2),
    config(128, 64, 8, 3),
    config(64, 64, 4, 2),
    config(64, 64, 4, 3),
    config(64, 32, 4, 3),
]
UNSPECIALIZED = ["queries", "keys", "length_class"]


@triton.jit(do_not_specialize=["queries"])
def delta_kernel(
    out_ptr, grad_ptr, delta_ptr, heads, queries, o_batch, o_head, o_step, g_batch, g_head, g_step,
    BLOCK_M: tl.constexpr, HEAD_DIM: tl.constexpr,
):  # fmt: skip
    rows = tl.program_id(0) * BLOCK_M + tl.arange(0, BLOCK_M)
    batch = (tl.program_id(1) // heads).to(tl.int64)
    head = (tl.program_id(1) % heads).to(tl.int64)
    inside = rows < queries
    at, dims = rows[:, None].to(tl.int64), tl.arange(0, HEAD_DIM)[None, :]
    o_at = out_ptr + batch * o_batch + head * o_head + at * o_step + dims
    g_at = grad_ptr + batch * g_batch + head * g_head + at * g_step + dims
    out = tl.load(o_at, mask=inside[:, None], other=0.0).to(tl.float32)
    grad = tl.load(g_at, mask=inside[:, None], other=0.0).to(tl.float32)
    place = tl.program_id(1).to(tl.int64) * queries + rows
    tl.store(delta_ptr + place, tl.sum(out * grad, 1), mask=inside)


@autotuned(KEY_CONFIGS)
@triton.jit(do_not_specialize=UNSPECIALIZED)
def key_kernel(
    q_ptr, k_ptr, v_ptr, g_ptr, lse_ptr, delta_ptr, dk_ptr, dv_ptr, bounds_ptr, scale, scale_2,
    key_heads, group, queries, keys, q_batch, q_head, q_step, k_batch, k_head, k_step,
    v_batch, v_head, v_step, g_batch, g_head, g_step, length_class,
    ROWS: tl.constexpr, HEAD_DIM: tl.constexpr, PRECISION: tl.constexpr,
    BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr,
):  # fmt: skip
    first = tl.program_id(0) * BLOCK_N
    batch = (tl.program_id(1) // key_heads).to(tl.int64)
    key_head = (tl.program_id(1) % key_heads).to(tl.int64)
    start, end, prefix, offset = row_bounds(bounds_ptr, batch, queries, keys, ROWS)
    places, dims = first + tl.arange(0, BLOCK_N), tl.arange(0, HEAD_DIM)
    present = (places >= start) & (places < end)
    seen_from = first_viewer(places, present, prefix)
    at = places[:, None].to(tl.int64)
    k_at = k_ptr + batch * k_batch + key_head * k_head + at * k_step + dims[None, :]
    v_at = v_ptr + batch * v_batch + key_head * v_head + at * v_step + dims[None, :]
    k = tl.load(k_at, mask=present[:, None], other=0.0)
    v = tl.load(v_at, mask=present[:, None], other=0.0)

    low, high = query_span(first, start, end, prefix, offset, queries, BLOCK_M, BLOCK_N)
    tiles = tl.cdiv(high - low, BLOCK_M)
    q_ptr += batch * q_batch + key_head * group * q_head
    g_ptr += batch * g_batch + key_head * group * g_head
    sums = (batch * key_heads + key_head) * group * queries
    dk = tl.zeros([BLOCK_N, HEAD_DIM], tl.float32)
    dv = tl.zeros([BLOCK_N, HEAD_DIM], tl.float32)
    # Heads of the group and tiles of queries in one loop: nested ones need twice the registers.
    for step in tl.range(group * tiles):
        member = step // tiles
        rows = low + step % tiles * BLOCK_M + tl.arange(0, BLOCK_M)
        positions = rows + offset
        own = (rows < queries) & (positions >= start) & (positions < end)
        q_at = q_ptr + member * q_head + rows[:, None] * q_step + dims[None, :]
        g_at = g_ptr + member * g_head + rows[:, None] * g_step + dims[None, :]
        q = tl.load(q_at, mask=own[:, None], other=0.0)
        lse = tl.load(lse_ptr + sums + member * queries + rows, mask=own, other=float("inf"))
        # Transposed, (keys, queries): so neither dv nor dk has to turn a tile of weights.
        s = product(k, tl.trans(q), None, PRECISION)
        p = tl.exp2(s * scale_2 - lse[None, :])
        p = tl.where(seen_from[:, None] <= positions[None, :], p, 0.0)
        grad = tl.load(g_at, mask=own[:, None], other=0.0)
        delta = tl.load(delta_ptr + sums + member * queries + rows, mask=own, other=0.0)
        dv = product(p.to(grad.dtype), grad, dv, PRECISION)
        dp = product(v, tl.trans(grad), None, PRECISION)
        ds = p * (dp - delta[None, :])
        dk = product(ds.to(q.dtype), q, dk, PRECISION)
    # dk and dv lie as (B, keys, H, D).
    out = ((batch * keys + at) * key_heads + key_head) * HEAD_DIM + dims[None, :]
    inside = (places < keys)[:, None]
    tl.store(dk_ptr + out, (dk * scale).to(dk_ptr.dtype.element_ty), mask=inside)
    tl.store(dv_ptr + out, dv.to(dv_ptr.dtype.element_ty), mask=inside)


@triton.jit
def _over_keys(
    dq, q, grad, lse, delta, k_ptr, v_ptr, k_step, v_step, low, high, positions,
    start, end, prefix, scale,
    MASKED: tl.constexpr, BLOCK_N: tl.constexpr, HEAD_DIM: tl.constexpr, PRECISION: tl.constexpr,
):  # fmt: skip
    dims = tl.arange(0, HEAD_DIM)
    for tile in tl.range(low, high, BLOCK_N):
        keys = tile + tl.arange(0, BLOCK_N)
        k_at = k_ptr + keys[:, None] * k_step + dims[None, :]
        v_at = v_ptr + keys[:, None] * v_step + dims[None, :]
        if MASKED:
            present = (keys >= start) & (keys < end)
            k = tl.load(k_at, mask=present[:, None], other=0.0)
            v = tl.load(v_at, mask=present[:, None], other=0.0)
        else:
            k = tl.load(k_at)
            v = tl.load(v_at)
        s = product(q, tl.trans(k), None, PRECISION)
        p = tl.exp2(s * scale - lse[:, None])
        if MASKED:
            seen_from = first_viewer(keys, present, prefix)
            p = tl.where(seen_from[None, :] <= positions[:, None], p, 0.0)
        dp = product(grad, tl.trans(v), None, PRECISION)
        ds = p * (dp - delta[:, None])
        dq = product(ds.to(k.dtype), k, dq, PRECISION)
    return dq


@autotuned(QUERY_CONFIGS)
@triton.jit(do_not_specialize=UNSPECIALIZED)
def query_kernel(
    q_ptr, k_ptr, v_ptr, g_ptr, lse_ptr, delta_ptr, dq_ptr, bounds_ptr, scale, scale_2,
    heads, group, queries, keys, q_batch, q_head, q_step, k_batch, k_head, k_step,
    v_batch, v_head, v_step, g_batch, g_head, g_step, length_class,
    ROWS: tl.constexpr, HEAD_DIM: tl.constexpr, PRECISION: tl.constexpr,
    BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr,
):  # fmt: skip
    tile = tl.num_programs(0) - 1 - tl.program_id(0)
    batch = (tl.program_id(1) // heads).to(tl.int64)
    head = (tl.program_id(1) % heads).to(tl.int64)
    start, end, prefix, offset = row_bounds(bounds_ptr, batch, queries, keys, ROWS)
    k_ptr += batch * k_batch + head // group * k_head
    v_ptr += batch * v_batch + head // group * v_head
    rows, dims = tile * BLOCK_M + tl.arange(0, BLOCK_M), tl.arange(0, HEAD_DIM)
    positions = rows + offset
    own = (rows < queries) & (positions >= start) & (positions < end)
    at = rows[:, None].to(tl.int64)
    q_at = q_ptr + batch * q_batch + head * q_head + at * q_step + dims[None, :]
    g_at = g_ptr + batch * g_batch + head * g_head + at * g_step + dims[None, :]
    q = tl.load(q_at, mask=own[:, None], other=0.0)
    grad = tl.load(g_at, mask=own[:, None], other=0.0)
    row = tl.program_id(1).to(tl.int64) * queries + rows
    lse = tl.load(lse_ptr + row, mask=own, other=float("inf"))
    delta = tl.load(delta_ptr + row, mask=own, other=0.0)

    first = tile * BLOCK_M + offset
    last = tl.minimum(tile * BLOCK_M + BLOCK_M, queries) - 1 + offset
    a, a_end, b, c, d = key_spans(first, last, start, end, prefix, BLOCK_N)
    dq = tl.zeros([BLOCK_M, HEAD_DIM], tl.float32)
    if ROWS:
        dq = _over_keys(
            dq, q, grad, lse, delta, k_ptr, v_ptr, k_step, v_step, a, a_end, positions,
            start, end, prefix, scale_2, True, BLOCK_N, HEAD_DIM, PRECISION,
        )  # fmt: skip
    dq = _over_keys(
        dq, q, grad, lse, delta, k_ptr, v_ptr, k_step, v_step, b, c, positions,
        start, end, prefix, scale_2, False, BLOCK_N, HEAD_DIM, PRECISION,
    )  # fmt: skip
    dq = _over_keys(
        dq, q, grad, lse, delta, k_ptr, v_ptr, k_step, v_step, c, d, positions,
        start, end, prefix, scale_2, True, BLOCK_N, HEAD_DIM, PRECISION,
    )  # fmt: skip
    # dq lies as (B, queries, H, D).
    out = ((batch * queries + at) * heads + head) * HEAD_DIM + dims[None, :]
    dq = (dq * scale).to(dq_ptr.dtype.element_ty)
    tl.store(dq_ptr + out, dq, mask=(rows < queries)[:, None])


def attention_backward(
    grad: Tensor, q: Tensor, k: Tensor, v: Tensor, out: Tensor, lse: Tensor,
    bounds: Tensor | None, scale: float,
) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
    """Gradients of q, k and v from that of the output, each (B, H, length, D)."""
    batch, heads, queries, size = q.shape
    key_heads, keys = k.shape[1:3]
    group = heads // key_heads
    grad = grad if grad.stride(-1) == 1 else grad.contiguous()
    delta = torch.empty_like(lse)
    delta_kernel[triton.cdiv(queries, 64), batch * heads](
        out, grad, delta, heads, queries, *out.stride()[:3], *grad.stride()[:3],
        BLOCK_M=64, HEAD_DIM=size,
    )  # fmt: skip
    dq = torch.empty((batch, queries, heads, size), dtype=q.dtype, device=q.device)
    dk = torch.empty((batch, keys, key_heads, size), dtype=k.dtype, device=k.device)
    dv = torch.empty_like(dk)
    strides = (*q.stride()[:3], *k.stride()[:3], *v.stride()[:3], *grad.stride()[:3])
    shape = {
        "length_class": length_class(queries, keys), "ROWS": bounds is not None,
        "HEAD_DIM": size, "PRECISION": precision(q.dtype),
    }  # fmt: skip
    key_kernel[lambda meta: (triton.cdiv(keys, meta["BLOCK_N"]), batch * key_heads)](
        q, k, v, grad, lse, delta, dk, dv, bounds, scale, scale * LOG2E, key_heads, group,
        queries, keys,
        *strides, **shape,
    )  # fmt: skip
    query_kernel[lambda meta: (triton.cdiv(queries, meta["BLOCK_M"]), batch * heads)](
        q, k, v, grad, lse, delta, dq, bounds, scale, scale * LOG2E, heads, group, queries, keys,
        *strides, **shape,
    )  # fmt: skip
    return dq.transpose(1, 2), dk.transpose(1, 2), dv.transpose(1, 2)
