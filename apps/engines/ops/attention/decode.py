"""Decoding with a key-value cache: few queries, many keys, so the keys are split among programs.

A program takes the queries of one group of heads together, as rows of one tile, and a stretch of
the keys (Flash-Decoding, Dao et al. 2023); a second kernel joins the partial sums. No gradient.
"""

from __future__ import annotations

import torch
import triton
import triton.language as tl
from torch import Tensor

from .tiles import LOG2E, first_viewer, precision, product, row_bounds

MOST_ROWS = 64
"""Queries times heads of a group that one tile takes."""
BLOCK_N = 64
CPU_PROCESSORS = 4


@triton.jit(do_not_specialize=["queries", "keys", "stretch"])
def part_kernel(
    q_ptr, k_ptr, v_ptr, part_ptr, peak_ptr, total_ptr, bounds_ptr, scale, key_heads, group,
    queries, keys, stretch, q_batch, q_head, q_step, k_batch, k_head, k_step,
    v_batch, v_head, v_step,
    ROWS: tl.constexpr, HEAD_DIM: tl.constexpr, PRECISION: tl.constexpr,
    BLOCK_R: tl.constexpr, BLOCK_N: tl.constexpr,
):  # fmt: skip
    split = tl.program_id(0)
    batch = (tl.program_id(1) // key_heads).to(tl.int64)
    key_head = (tl.program_id(1) % key_heads).to(tl.int64)
    start, end, prefix, offset = row_bounds(bounds_ptr, batch, queries, keys, ROWS)
    places, dims = tl.arange(0, BLOCK_R), tl.arange(0, HEAD_DIM)
    head, query = key_head * group + places // queries, places % queries
    positions = query + offset
    own = (places < group * queries) & (positions >= start) & (positions < end)
    q_at = q_ptr + batch * q_batch + head * q_head + query * q_step
    q = tl.load(q_at[:, None] + dims[None, :], mask=own[:, None], other=0.0)
    k_ptr += batch * k_batch + key_head * k_head
    v_ptr += batch * v_batch + key_head * v_head

    seen_end = tl.minimum(end, tl.maximum(prefix, queries + offset))
    low = tl.maximum(split * stretch, start // BLOCK_N * BLOCK_N)
    high = tl.minimum(split * stretch + stretch, seen_end)
    acc = tl.zeros([BLOCK_R, HEAD_DIM], tl.float32)
    total = tl.zeros([BLOCK_R], tl.float32)
    peak = tl.full([BLOCK_R], -1e30, tl.float32)
    for tile in tl.range(low, high, BLOCK_N):
        columns = tile + tl.arange(0, BLOCK_N)
        present = (columns >= start) & (columns < seen_end)
        at = columns[:, None].to(tl.int64)
        k = tl.load(k_ptr + at * k_step + dims[None, :], mask=present[:, None], other=0.0)
        s = product(q, tl.trans(k), None, PRECISION) * scale
        seen = first_viewer(columns, present, prefix)[None, :] <= positions[:, None]
        s = tl.where(seen & own[:, None], s, -float("inf"))
        v = tl.load(v_ptr + at * v_step + dims[None, :], mask=present[:, None], other=0.0)
        higher = tl.maximum(peak, tl.max(s, 1))
        p = tl.exp2(s - higher[:, None])
        shrink = tl.exp2(peak - higher)
        total = total * shrink + tl.sum(p, 1)
        acc = product(p.to(v.dtype), v, acc * shrink[:, None], PRECISION)
        peak = higher
    row = (tl.program_id(1).to(tl.int64) * tl.num_programs(0) + split) * BLOCK_R + places
    tl.store(part_ptr + row[:, None] * HEAD_DIM + dims[None, :], acc)
    tl.store(peak_ptr + row, peak)
    tl.store(total_ptr + row, total)


@triton.jit(do_not_specialize=["queries", "splits"])
def join_kernel(
    part_ptr, peak_ptr, total_ptr, out_ptr, key_heads, group, queries, splits,
    HEAD_DIM: tl.constexpr, BLOCK_R: tl.constexpr,
):  # fmt: skip
    place = tl.program_id(0)
    batch = (tl.program_id(1) // key_heads).to(tl.int64)
    head = tl.program_id(1) % key_heads * group + place // queries
    dims = tl.arange(0, HEAD_DIM)
    acc = tl.zeros([HEAD_DIM], tl.float32)
    total = 0.0
    peak = -1e30
    for split in range(splits):
        row = (tl.program_id(1).to(tl.int64) * splits + split) * BLOCK_R + place
        part_peak = tl.load(peak_ptr + row)
        higher = tl.maximum(peak, part_peak)
        shrink, weight = tl.exp2(peak - higher), tl.exp2(part_peak - higher)
        part = tl.load(part_ptr + row * HEAD_DIM + dims)
        acc = acc * shrink + part * weight
        total = total * shrink + tl.load(total_ptr + row) * weight
        peak = higher
    # A query that is padding has seen nothing.
    out = tl.where(total > 0, acc / tl.maximum(total, 1e-30), 0.0)
    at = ((batch * queries + place % queries) * key_heads * group + head) * HEAD_DIM
    tl.store(out_ptr + at + dims, out.to(out_ptr.dtype.element_ty))


def attention_decode(
    q: Tensor, k: Tensor, v: Tensor, bounds: Tensor | None, scale: float
) -> Tensor:
    """Output (B, H, M, D), laid out as (B, M, H, D), for G · M of at most MOST_ROWS."""
    batch, heads, queries, size = q.shape
    key_heads, keys = k.shape[1:3]
    group = heads // key_heads
    block_r = max(16, triton.next_power_of_2(group * queries))
    stretch = _stretch(batch * key_heads, keys, _processors(q.device))
    splits = triton.cdiv(keys, stretch)
    part = torch.empty((batch * key_heads, splits, block_r, size), device=q.device)
    peak = torch.empty(part.shape[:3], device=q.device)
    total = torch.empty_like(peak)
    part_kernel[splits, batch * key_heads](
        q, k, v, part, peak, total, bounds, scale * LOG2E, key_heads, group, queries, keys, stretch,
        *q.stride()[:3], *k.stride()[:3], *v.stride()[:3],
        ROWS=bounds is not None, HEAD_DIM=size, PRECISION=precision(q.dtype),
        BLOCK_R=block_r, BLOCK_N=BLOCK_N if q.element_size() == 2 else 16,
        num_warps=4, num_stages=3,
    )  # fmt: skip
    out = torch.empty((batch, queries, heads, size), dtype=q.dtype, device=q.device)
    join_kernel[group * queries, batch * key_heads](
        part, peak, total, out, key_heads, group, queries, splits,
        HEAD_DIM=size, BLOCK_R=block_r, num_warps=1,
    )  # fmt: skip
    return out.transpose(1, 2)


def _processors(device: torch.device) -> int:
    if device.type == "cuda":
        return torch.cuda.get_device_properties(device).multi_processor_count
    return CPU_PROCESSORS


def _stretch(programs: int, keys: int, processors: int) -> int:
    """Keys a program, in whole tiles: about two programs a processor, none under four tiles."""
    wanted = max(1, 2 * processors // programs)
    tiles = triton.cdiv(triton.cdiv(keys, wanted), BLOCK_N)
    return max(tiles, 4) * BLOCK_N
