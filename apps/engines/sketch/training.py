"""Training of the sketch network on drawings made on the fly; resumable."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor

from apps.engines.ops.precision import bfloat16_pays

from .drawing import Drawing
from .network import SketchConfig, SketchNetwork, losses
from .photographs import photograph_stream
from .reader import load_network, save_network
from .samples import Sample, drawings, sample_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainingConfig:
    """A training run."""

    seed: int = 1
    steps: int = 3000
    batch: int = 8
    rate: float = 1.5e-3
    warmup: int = 100
    threads: int = 1
    report_every: int = 20
    save_every: int = 100
    start: str = ""
    """Weights to begin with: a checkpoint file or a folder of saved weights."""
    photographs: str = ""
    """A folder of labelled photographs to mix in (see photographs.py)."""
    photograph_share: float = 0.12


def batches(config: TrainingConfig, skip: int) -> Iterator[dict[str, Tensor]]:
    """Stacked samples; another stream after each resume."""
    stream = mixed(config, config.seed + 1000 * skip)
    while True:
        yield stacked([sample_of(next(stream)) for _ in range(config.batch)])


def mixed(config: TrainingConfig, seed: int) -> Iterator[Drawing]:
    """Synthetic drawings, with real photographs among them where there is a folder of them."""
    drawn = drawings(seed)
    if not config.photographs:
        yield from drawn
    taken = photograph_stream(Path(config.photographs), seed)
    rng = Random(seed)
    while True:
        yield next(taken if rng.random() < config.photograph_share else drawn)


def stacked(samples: list[Sample]) -> dict[str, Tensor]:
    names = ("heat", "size", "centres", "mask", "votes")
    batch = {n: torch.from_numpy(np.stack([getattr(s, n) for s in samples])) for n in names}
    batch["image"] = torch.from_numpy(np.stack([s.image for s in samples]))[:, None]
    return batch


def train(config: TrainingConfig, out: Path, resume: bool = False) -> SketchNetwork:
    """Train until `config.steps`; checkpoints and weights go to `out`."""
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    model, optimizer, step, resumed = _beginning(config, out, resume)
    (out / "training.json").write_text(json.dumps(asdict(config), indent=2))
    recent: list[dict[str, float]] = []
    began = time.perf_counter()
    for batch in batches(config, resumed):
        if step >= config.steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = config.rate * _schedule(step, config)
        recent.append(_step(model, optimizer, batch))
        step += 1
        if step % config.report_every == 0:
            _report(out, step, recent, time.perf_counter() - began)
            recent = []
        if step % config.save_every == 0 or step == config.steps:
            _save(model, optimizer, out, step, resumed)
    save_network(model, out / "weights")
    return model


def _beginning(
    config: TrainingConfig, out: Path, resume: bool
) -> tuple[SketchNetwork, torch.optim.Optimizer, int, int]:
    """Model, optimizer, steps done and number of resumptions so far."""
    model = SketchNetwork(SketchConfig())
    optimizer = torch.optim.AdamW(model.parameters(), lr=config.rate, weight_decay=0.01, fused=True)
    if resume and (out / "checkpoint.pt").exists():
        state = torch.load(out / "checkpoint.pt", weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        return model, optimizer, state["step"], state["resumed"] + 1
    if config.start:
        model.load_state_dict(_weights_at(Path(config.start)))
    return model, optimizer, 0, 0


def _weights_at(start: Path) -> dict[str, Tensor]:
    if start.is_dir():
        return dict(load_network(start).state_dict())
    state: dict[str, Tensor] = torch.load(start, weights_only=True)["model"]
    return state


def _schedule(step: int, config: TrainingConfig) -> float:
    if step < config.warmup:
        return (step + 1) / config.warmup
    done = min(1.0, (step - config.warmup) / max(1, config.steps - config.warmup))
    return 0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * done))


def _step(
    model: SketchNetwork, optimizer: torch.optim.Optimizer, batch: dict[str, Tensor]
) -> dict[str, float]:
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16_pays("cpu")):
        maps = model(batch["image"])
    found = losses(maps, batch)
    optimizer.zero_grad(set_to_none=True)
    found["loss"].backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
    return {key: float(value.detach()) for key, value in found.items()}


def _report(out: Path, step: int, recent: list[dict[str, float]], seconds: float) -> None:
    mean = {key: round(sum(r[key] for r in recent) / len(recent), 4) for key in recent[0]}
    line = {**mean, "step": step, "seconds": round(seconds, 1)}
    with (out / "log.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    log.info("%s", line)


def _save(
    model: SketchNetwork, optimizer: torch.optim.Optimizer, out: Path, step: int, resumed: int
) -> None:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({**state, "step": step, "resumed": resumed}, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")
