"""What the model read and wrote of several scripts, padded to one batch."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import pad

from .modeling import NEVER, Cache, Memory


def kept(cache: Cache, rows: list[int], new: int) -> Cache:
    """The cache of some rows, with empty ones behind them."""
    lengths = cache.lengths[rows]
    columns = int(lengths.max())
    layers = [
        (_rows(key, rows, new, columns), _rows(value, rows, new, columns))
        for key, value in cache.layers
    ]
    return Cache(layers, pad(lengths, (0, new)))


def _rows(x: Tensor, rows: list[int], new: int, columns: int) -> Tensor:
    return pad(x[rows][:, :, x.shape[2] - columns :], (0, 0, 0, 0, 0, 0, 0, new))


_FILLED_WITH_NEVER = ("links", "owners")
_ALONG = {
    "entities": "E",
    "pointed": "E",
    "subjects": "E",
    "numbers": "N",
    "counted": "N",
    "relations": "-EE",
    "mentions": "ET",
    "links": "EE",
    "owners": "EN",
    "entity_mask": "E",
    "number_mask": "N",
}
"""What the decoder needs of a memory, and which of its axes count what: (T)ext pieces, (E)ntities,
(N)umbers; the axis of the batch goes before, an axis of features may follow."""


def stacked(memories: Sequence[Memory]) -> Memory:
    """Memories of one row each as one, padded so that nothing added counts."""
    if len(memories) == 1:
        return memories[0]
    sizes = [
        {"T": m.mentions.shape[2], "E": m.entities.shape[1], "N": m.numbers.shape[1], "-": 0}
        for m in memories
    ]
    most = {axis: max(size[axis] for size in sizes) for axis in "TEN"}

    def grown(x: Tensor, axes: str, size: dict[str, int], value: float = 0.0) -> Tensor:
        """`x` (1, axes…, maybe features) padded along its axes."""
        widths: list[int] = [0, 0] * (x.ndim - 1 - len(axes))
        for axis in reversed(axes):
            widths += [0, most.get(axis, 0) - size[axis]]
        return pad(x, widths, value=value)

    def segments(x: Tensor, size: dict[str, int], place: int) -> Tensor:
        """Text, entities and numbers that follow one another along an axis, each padded."""
        parts = x.split([size["T"], size["E"], size["N"]], place)
        after = [0, 0] * (x.ndim - 1 - place)
        return torch.cat(
            [
                pad(part, [*after, 0, most[a] - size[a]])
                for part, a in zip(parts, "TEN", strict=True)
            ],
            place,
        )

    pairs = list(zip(memories, sizes, strict=True))
    tensors = {
        name: torch.cat(
            [
                grown(getattr(m, name), axes, size, NEVER if name in _FILLED_WITH_NEVER else 0.0)
                for m, size in pairs
            ]
        )
        for name, axes in _ALONG.items()
    }
    layers = [
        (
            torch.cat([segments(m.layers[k][0], size, 2) for m, size in pairs]),
            torch.cat([segments(m.layers[k][1], size, 2) for m, size in pairs]),
        )
        for k in range(len(memories[0].layers))
    ]
    mask = torch.cat([segments(m.mask, size, 1) for m, size in pairs])
    return Memory(**tensors, mask=mask, layers=layers)
