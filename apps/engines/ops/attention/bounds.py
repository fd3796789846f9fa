"""What a query may see, as four integers a row instead of a mask of queries by keys.

Positions count along the keys. Row b of `bounds`, (B, 4) int32, holds

    start   first key that is no padding
    end     one past the last key that is no padding
    prefix  keys before it are visible to every query: image and prompt see each other
    offset  position of the first query; queries stand at the end of longer keys when decoding

A query at position p sees key j if start <= j < end and (j <= p or j < prefix). A query outside of
start … end is padding itself: its output is zero and no gradient flows through it.
"""

from __future__ import annotations

import torch
from torch import Tensor

FIELDS = 4


def make_bounds(  # one integer for all rows or one a row
    batch: int,
    queries: int,
    keys: int,
    *,
    start: Tensor | int = 0,
    end: Tensor | int | None = None,
    prefix: Tensor | int = 0,
    offset: Tensor | int | None = None,
    device: torch.device | str = "cpu",
) -> Tensor:
    """Bounds (batch, 4); without `offset` the last query stands at the last key."""
    fields = (start, keys if end is None else end, prefix, offset)
    fields = (*fields[:3], keys - queries if offset is None else offset)
    columns = [torch.as_tensor(field, device=device).expand(batch) for field in fields]
    return torch.stack(columns, -1).to(torch.int32)


def bounds_of_padding(
    padding: Tensor,
    queries: int,
    prefix: Tensor | int = 0,
    offset: Tensor | int | None = None,
) -> Tensor | None:
    """Bounds of a padding mask (B, keys), true where a token is; None if a row has a hole."""
    padding = padding.bool()
    keys = padding.shape[1]
    start = padding.int().argmax(1)
    count = padding.sum(1)
    places = torch.arange(keys, device=padding.device)
    solid = (places >= start[:, None]) & (places < (start + count)[:, None])
    if not torch.equal(solid, padding):
        return None
    return make_bounds(
        len(padding), queries, keys, start=start, end=start + count, prefix=prefix,
        offset=offset, device=padding.device,
    )  # fmt: skip


def visible(bounds: Tensor, queries: int, keys: int) -> Tensor:
    """The mask (B, 1, queries, keys) that the bounds stand for, true where a key is seen."""
    start, end, prefix, offset = (field[:, None, None, None] for field in bounds.long().unbind(-1))
    key = torch.arange(keys, device=bounds.device)[None, None, None]
    position = torch.arange(queries, device=bounds.device)[None, None, :, None] + offset
    present = (key >= start) & (key < end) & (position >= start) & (position < end)
    return present & ((key <= position) | (key < prefix))
