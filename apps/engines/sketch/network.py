"""The sketch network: a small U-Net with global attention at its coarsest scale.

From 1 x 448 x 640 ink to maps at a quarter of that: centre heat per class (CenterNet, Zhou et al. 2019),
box size, link mask, and votes of link pixels for their two ends (after part affinity fields, Cao et
al. 2017, but with end points, so that bent and crossing lines need no direction).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PretrainedConfig, PreTrainedModel

from .samples import CLASSES

VOTE_SCALE = 40.0
"""Votes are learned in units of this many grid cells."""
NEVER = -6.0
"""Heat logit with which a class begins that has not been learned."""


class SketchConfig(PretrainedConfig):
    """Channels per scale, and the classes of the heat maps in their order."""

    model_type = "gendt-sketch"

    def __init__(
        self,
        channels: tuple[int, ...] = (24, 32, 64, 96, 128),
        classes: tuple[str, ...] = CLASSES,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.channels, self.classes = tuple(channels), tuple(classes)


def _conv(inside: int, outside: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
        nn.GroupNorm(8, outside),
        nn.SiLU(),
    )


class Residual(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(_conv(channels, channels), _conv(channels, channels))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class GlobalAttention(nn.Module):
    """Every coarse cell looks at every other, with learned places. (B, C, 14, 20)"""

    def __init__(self, channels: int, cells: int = 14 * 20) -> None:
        super().__init__()
        self.place = nn.Parameter(torch.zeros(1, cells, channels))
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                channels, 4, channels * 2, dropout=0.0, batch_first=True, norm_first=True
            )
            for _ in range(2)
        )

    def forward(self, x: Tensor) -> Tensor:
        tokens = x.flatten(2).transpose(1, 2) + self.place
        for layer in self.layers:
            tokens = layer(tokens)
        return tokens.transpose(1, 2).unflatten(2, x.shape[2:])


class SketchNetwork(PreTrainedModel):
    """Maps (B, classes + 2 + 1 + 4, 112, 160): heat logits, size, mask logit, votes."""

    config_class = SketchConfig

    def __init__(self, config: SketchConfig) -> None:
        super().__init__(config)
        a, b, c, d, e = config.channels
        self.stem = nn.Sequential(_conv(1, a, 2), _conv(a, b, 2), Residual(b))
        self.down1 = nn.Sequential(_conv(b, c, 2), Residual(c), Residual(c))
        self.down2 = nn.Sequential(_conv(c, d, 2), Residual(d), Residual(d))
        self.down3 = nn.Sequential(_conv(d, e, 2), Residual(e))
        self.attention = GlobalAttention(e)
        self.up2 = nn.Sequential(_conv(e + d, d), Residual(d))
        self.up1 = nn.Sequential(_conv(d + c, c), Residual(c))
        self.up0 = nn.Sequential(_conv(c + b, 48), Residual(48))
        self.head = nn.Conv2d(48, len(CLASSES) + 7, 1)
        self.post_init()
        bias = self.head.bias
        assert bias is not None
        with torch.no_grad():
            bias[: len(CLASSES)] = NEVER

    def forward(self, image: Tensor) -> Tensor:
        quarter = self.stem(image)
        eighth = self.down1(quarter)
        sixteenth = self.down2(eighth)
        coarse = self.attention(self.down3(sixteenth))
        x = self.up2(torch.cat([_twice(coarse), sixteenth], 1))
        x = self.up1(torch.cat([_twice(x), eighth], 1))
        x = self.up0(torch.cat([_twice(x), quarter], 1))
        maps: Tensor = self.head(x)
        return maps


def for_classes(state: dict[str, Tensor], learned: Sequence[str]) -> dict[str, Tensor]:
    """Weights whose heat maps were for the `learned` classes, for CLASSES: rows of the head go by
    name, and what was not learned is never seen."""
    if tuple(learned) == CLASSES:
        return state
    weight, bias = state["head.weight"], state["head.bias"]
    count = len(learned)
    heat = weight.new_zeros((len(CLASSES), *weight.shape[1:]))
    heat_bias = bias.new_full((len(CLASSES),), NEVER)
    for row, name in enumerate(CLASSES):
        if name in learned:
            heat[row], heat_bias[row] = weight[learned.index(name)], bias[learned.index(name)]
    head = {"weight": [heat, weight[count:]], "bias": [heat_bias, bias[count:]]}
    return {**state, **{f"head.{key}": torch.cat(parts) for key, parts in head.items()}}


def _twice(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def losses(maps: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Focal loss on heat, L1 on sizes and votes, cross-entropy and Dice on the link mask."""
    maps = maps.float()
    k = len(CLASSES)
    heat = _focal(maps[:, :k], batch["heat"])
    at = batch["centres"][:, None]
    size = (functional.l1_loss(maps[:, k : k + 2] * 8, batch["size"], reduction="none") * at).sum()
    size = size / at.sum().clamp(min=1) / 8
    mask = _mask_loss(maps[:, k + 2], batch["mask"])
    on = batch["mask"][:, None]
    votes = functional.smooth_l1_loss(
        maps[:, k + 3 :], batch["votes"] / VOTE_SCALE, reduction="none", beta=0.05
    )
    votes = (votes * on).sum() / on.sum().clamp(min=1)
    return {
        "loss": heat + 0.3 * size + mask + 2.0 * votes,
        "heat": heat,
        "size": size,
        "mask": mask,
        "votes": votes,
    }


def _focal(logits: Tensor, target: Tensor) -> Tensor:
    p = logits.sigmoid().clamp(1e-4, 1 - 1e-4)
    peak = target >= 0.999
    positive = -((1 - p) ** 2) * p.log() * peak
    negative = -((1 - target) ** 4) * p**2 * (1 - p).log() * ~peak
    return (positive + negative).sum() / peak.sum().clamp(min=1)


def _mask_loss(logits: Tensor, target: Tensor) -> Tensor:
    entropy = functional.binary_cross_entropy_with_logits(
        logits, target, pos_weight=torch.tensor(4.0)
    )
    p = logits.sigmoid()
    overlap = (2 * (p * target).sum((1, 2)) + 1) / (p.sum((1, 2)) + target.sum((1, 2)) + 1)
    return entropy + (1 - overlap).mean()
