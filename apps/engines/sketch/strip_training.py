"""Training of the network that looks along ways (`strip_network`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .paper import Array
from .strip_network import StripNetwork
from .strips import turned

BATCH, RATE, WARMUP, DECAY = 128, 2e-3, 100, 0.05
PLAIN, SELDOM = 0.03, 0.35
"""Ways less likely at a glance are looked at more seldom, by this factor, and count for more."""
WHOLE = 255.0
"""Strips are kept as bytes."""
FAINTER, NOISE = (0.85, 1.15), 0.02
"""By what ink is multiplied, and the deviation of what is added to it."""


@dataclass(frozen=True)
class Lesson:
    """Ways worth a look: strips (n, CHANNELS, LENGTH, 13) as bytes; per way (n) whether it is a
    link, whether it leads ahead, and how likely a link it is at a glance."""

    strips: Array
    linked: Array
    ahead: Array
    sure: Array


def as_bytes(strips: Array) -> Array:
    """Values of 0..1 in the least space."""
    out: Array = (np.clip(strips, 0, 1) * WHOLE).astype(np.uint8)
    return out


def learned(
    lessons: Sequence[Lesson],
    steps: int,
    seed: int,
    progress: Callable[[int], None],
    batch: int = BATCH,
) -> StripNetwork:
    """A network trained on the ways of many drawings, each seen from either end."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    strips, linked, ahead, sure = (
        np.concatenate([getattr(lesson, name) for lesson in lessons])
        for name in ("strips", "linked", "ahead", "sure")
    )
    shares = np.where(sure < PLAIN, SELDOM, 1.0)
    network = StripNetwork()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * _schedule(step, steps)
        rows = rng.choice(len(strips), batch, p=shares / shares.sum())
        turn = rng.random(batch) < 0.5
        shown = strips[rows].astype(np.float32) / WHOLE
        shown = np.where(turn[:, None, None, None], turned(shown), shown)
        truth = np.stack([linked[rows], ahead[rows] != turn], 1).astype(np.float32)
        weight = torch.from_numpy(1 / shares[rows]).float()
        _step(network, optimizer, varied(shown, rng), torch.from_numpy(truth), weight)
        progress(step + 1)
    return network.eval()


def _schedule(step: int, steps: int) -> float:
    falling = 0.5 * (1 + math.cos(math.pi * step / steps))
    return min(1.0, (step + 1) / WARMUP) * (0.02 + 0.98 * falling)


def _step(
    network: StripNetwork,
    optimizer: torch.optim.Optimizer,
    strips: Array,
    truth: Tensor,
    weight: Tensor,
) -> None:
    network.train()
    logits = network(torch.from_numpy(strips))
    entropy = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    loss = (entropy[:, 0] * weight).sum() / weight.sum()
    # Only a link leads anywhere.
    loss = loss + 0.5 * (entropy[:, 1] * truth[:, 0]).sum() / truth[:, 0].sum().clamp(min=1)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()


def varied(strips: Array, rng: np.random.Generator) -> Array:
    """The same ways (n, CHANNELS, LENGTH, 13) as they might have been seen: mirrored, a little to
    the side or further on, in other ink, on noisier paper."""
    out = np.array(strips[..., ::-1] if rng.random() < 0.5 else strips, np.float32)
    along, beside = rng.integers(-1, 2, (2, len(out)))
    for k, strip in enumerate(out):
        out[k] = np.roll(strip, (2 * along[k], beside[k]), (1, 2))
    gain = rng.uniform(*FAINTER, (len(out), 1, 1))
    out[:, 0] = out[:, 0] * gain + rng.normal(0, NOISE, out[:, 0].shape)
    return out
