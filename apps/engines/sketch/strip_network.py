"""A small network that looks along a straightened way (`strips`): is it a link, and does it lead ahead?

Trees (`boosting`) weigh what it says with all else that speaks for a way.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from .paper import Array
from .strips import CHANNELS, LENGTH, turned

WIDTHS = (16, 32, 64)
SAID = 64
"""Values that a way comes to before the two answers."""
TIPS = 6
"""Places at either end, of LENGTH / 2, that are looked at by themselves."""
BATCH = 256


class StripNetwork(nn.Module):
    """Strips (n, CHANNELS, LENGTH, 13) to logits (n, 2): a link, and one that leads ahead."""

    def __init__(self) -> None:
        super().__init__()
        a, b, c = WIDTHS
        self.front = nn.Sequential(
            _conv(CHANNELS, a, 1), _conv(a, b, 2), _conv(b, b, (1, 2)), nn.Conv2d(b, c, (1, 4))
        )
        self.norm = nn.BatchNorm1d(c)
        self.lines = nn.ModuleList([_line(c, 5, 1), _line(c, 3, 2), _line(c, 3, 4)])
        self.body = nn.Sequential(nn.Linear(c * 6, SAID), nn.SiLU(), nn.Dropout(0.1))
        self.out = nn.Linear(SAID, 2)

    def forward(self, strips: Tensor) -> Tensor:
        x = self.norm(self.front(strips)[..., 0])
        for line in self.lines:
            x = x + line(x)
        thirds = [part.mean(-1) for part in x.split(LENGTH // 6, -1)]
        pooled = [x[..., :TIPS].mean(-1), x[..., -TIPS:].mean(-1), x.amax(-1), *thirds]
        logits: Tensor = self.out(self.body(torch.cat(pooled, -1)))
        return logits


def _conv(inside: int, outside: int, stride: int | tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside), nn.SiLU()
    )


def _line(channels: int, kernel: int, apart: int) -> nn.Sequential:
    """Along the way only."""
    beyond = kernel // 2 * apart
    conv = nn.Conv1d(channels, channels, kernel, 1, beyond, apart, bias=False)
    return nn.Sequential(nn.SiLU(), conv, nn.BatchNorm1d(channels))


@torch.inference_mode()
def looked(network: StripNetwork, strips: Array) -> Array:
    """(n, 2) logits of strips (n, CHANNELS, LENGTH, 13): that a way is a link, and that it leads
    from its first end to its second; the same whichever end is called the first."""
    network.eval()
    said = []
    for k in range(0, len(strips), BATCH):
        part = strips[k : k + BATCH]
        ahead, back = (
            network(torch.from_numpy(np.ascontiguousarray(x, np.float32))).numpy()
            for x in (part, turned(part))
        )
        said.append(np.stack([ahead[:, 0] + back[:, 0], ahead[:, 1] - back[:, 1]], 1) / 2)
    out: Array = np.concatenate(said)
    return out


def arrays_of(network: StripNetwork, name: str) -> dict[str, Array]:
    """By name, to be stored in half precision."""
    state = network.state_dict()
    kept = {key: value for key, value in state.items() if not key.endswith("tracked")}
    return {f"{name}.{key}": value.numpy().astype(np.float16) for key, value in kept.items()}


def strip_network_from(arrays: Mapping[str, Array], name: str) -> StripNetwork:
    """The inverse of `arrays_of`. Raises KeyError where one is missing."""
    network = StripNetwork()
    state = {
        key: value
        if key.endswith("tracked")
        else torch.from_numpy(arrays[f"{name}.{key}"].astype(np.float32))
        for key, value in network.state_dict().items()
    }
    network.load_state_dict(state)
    return network.eval()
