"""Training of `mini`: endless fresh examples, mixed precision, checkpoints, resume.

`python -m apps.engines.vlsm train --out DIR` runs it without Django. Learning rate: linear warm-up,
then cosine to a tenth. One line of JSON per report goes to `DIR/log.jsonl`.
"""

from __future__ import annotations

import ctypes
import json
import logging
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch

from ..factories.factory import factories
from .encoding import MAX_TOKENS, Batch, Encoded, collate, encode_example
from .examples import sample_example
from .modeling import Vlsm, VlsmConfig
from .pretrained import load_encoder, load_tokenizer
from .weights import save_weights, saved_state

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainingConfig:
    """What a training run is made of; `tokens` bounds the word pieces of a batch."""

    seed: int = 1
    steps: int = 3400
    tokens: int = 3000
    max_batch: int = 24
    text_rate: float = 2e-4
    rate: float = 6e-4
    warmup: int = 200
    weight_decay: float = 0.01
    clip: float = 1.0
    threads: int = 1
    report_every: int = 25
    save_every: int = 200
    start: str = ""
    """A checkpoint or a folder of saved weights whose fitting tensors the run begins with."""
    pool: int = 256
    """Examples sorted by length together, so that batches need little padding."""


def encoded_examples(seed: int, split: str = "train") -> Iterator[Encoded]:
    """An endless stream of encoded examples."""
    tokenizer = load_tokenizer()
    rng = Random(seed + 17)
    for factory in factories(seed, split):
        encoded = encode_example(tokenizer, sample_example(factory, rng))
        if len(encoded.input_ids) < MAX_TOKENS:
            yield encoded


def batches(config: TrainingConfig, skip: int = 0) -> Iterator[Batch]:
    """Batches of examples of like length; another stream after each resume."""
    stream = encoded_examples(config.seed + 1000 * skip)
    rng = Random(config.seed + skip)
    while True:
        pool = sorted((next(stream) for _ in range(config.pool)), key=lambda x: len(x.input_ids))
        groups: list[list[Encoded]] = [[]]
        for item in pool:
            group = groups[-1]
            full = (len(group) + 1) * len(item.input_ids) > config.tokens
            if group and (full or len(group) == config.max_batch):
                groups.append([])
            groups[-1].append(item)
        rng.shuffle(groups)
        yield from (_shifted(collate(group), rng) for group in groups)


def _shifted(batch: Batch, rng: Random) -> Batch:
    """Now and then start the text at a later position, so that long prompts are not news."""
    length = batch["input_ids"].shape[1]
    start = rng.randint(0, MAX_TOKENS - length) if rng.random() < 0.25 else 0
    batch["positions"] = torch.arange(start, start + length)[None]
    return batch


def new_model(config: VlsmConfig | None = None) -> Vlsm:
    """`mini` with MiniLM's weights in the text encoder; word embeddings stay frozen."""
    encoder = load_encoder()
    text = encoder.config.to_dict()
    text.pop("_name_or_path", None)  # The folder it was read from on this machine.
    text |= {"max_position_embeddings": MAX_TOKENS}
    text |= {"attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0}
    config = config or VlsmConfig(text=text)
    model = Vlsm(config)
    state = encoder.state_dict()
    places = state["embeddings.position_embeddings.weight"]
    extra = places[len(places) - (MAX_TOKENS - len(places)) :]
    state["embeddings.position_embeddings.weight"] = torch.cat([places, extra])
    model.text.load_state_dict(
        {k: v for k, v in state.items() if not k.endswith(("position_ids", "token_type_ids"))},
        strict=False,
    )
    model.text.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


def optimizer_for(model: Vlsm, config: TrainingConfig) -> torch.optim.AdamW:
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            key = (name.startswith("text."), parameter.ndim > 1)
            groups.setdefault(key, []).append(parameter)
    settings = [
        {
            "params": parameters,
            "lr": config.text_rate if text else config.rate,
            "weight_decay": config.weight_decay if matrix else 0.0,
        }
        for (text, matrix), parameters in groups.items()
    ]
    return torch.optim.AdamW(settings, betas=(0.9, 0.98))


def schedule(step: int, config: TrainingConfig) -> float:
    """Factor on the learning rate at `step`."""
    if step < config.warmup:
        return (step + 1) / config.warmup
    done = min(1.0, (step - config.warmup) / max(1, config.steps - config.warmup))
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done))


def train(config: TrainingConfig, out: Path, resume: bool = False, device: str = "cpu") -> Vlsm:
    """Train until `config.steps`; the newest checkpoint is `out/checkpoint.pt`."""
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    model = new_model()
    model.to(torch.device(device))  # type: ignore[arg-type]
    if config.start:
        _begin_with(model, Path(config.start))
    optimizer = optimizer_for(model, config)
    step, resumed = 0, 0
    if resume and (out / "checkpoint.pt").exists():
        state = torch.load(out / "checkpoint.pt", map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, resumed = state["step"], state["resumed"] + 1
    lambdas = [lambda at: schedule(at, config)] * len(optimizer.param_groups)
    for group in optimizer.param_groups:
        group.setdefault("initial_lr", group["lr"])
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambdas, last_epoch=step - 1)
    (out / "training.json").write_text(json.dumps(asdict(config), indent=2))
    stream = batches(config, resumed)
    recent: list[dict[str, float]] = []
    began = time.perf_counter()
    model.train()
    while step < config.steps:
        batch = {key: value.to(device) for key, value in next(stream).items()}
        recent.append(_step(model, optimizer, batch, config, device))
        scheduler.step()
        step += 1
        if step % config.report_every == 0:
            _report(out, step, recent, time.perf_counter() - began)
            recent = []
        if step % config.save_every == 0 or step == config.steps:
            _save(out, model, optimizer, step, resumed)
            _trim_memory()
    save_weights(model, out / "weights")
    return model


def _begin_with(model: Vlsm, start: Path) -> None:
    """Copy every weight whose name and shape fit."""
    if start.is_dir():
        given = saved_state(start)
    else:
        given = torch.load(start, map_location="cpu", weights_only=True)["model"]
    own = model.state_dict()
    fitting = {k: v for k, v in given.items() if k in own and own[k].shape == v.shape}
    model.load_state_dict(fitting, strict=False)
    log.info("began with %d of %d tensors", len(fitting), len(own))


def _step(
    model: Vlsm, optimizer: torch.optim.Optimizer, batch: Batch, config: TrainingConfig, device: str
) -> dict[str, float]:
    with torch.autocast(device, torch.bfloat16):
        losses = model(batch)
    optimizer.zero_grad(set_to_none=True)
    losses["loss"].backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip)
    optimizer.step()
    return {key: float(value.detach()) for key, value in losses.items()} | {
        "examples": float(batch["input_ids"].shape[0])
    }


def _report(out: Path, step: int, recent: list[dict[str, float]], seconds: float) -> None:
    mean: dict[str, Any] = {
        key: round(sum(item[key] for item in recent) / len(recent), 4) for key in recent[0]
    }
    mean |= {"step": step, "seconds": round(seconds, 1)}
    with (out / "log.jsonl").open("a") as file:
        file.write(json.dumps(mean) + "\n")
    log.info("%s", mean)


def _save(
    out: Path, model: Vlsm, optimizer: torch.optim.Optimizer, step: int, resumed: int
) -> None:
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "resumed": resumed,
    }
    torch.save(state, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")


def _trim_memory() -> None:
    """Give freed memory back: with varying shapes glibc keeps gigabytes otherwise."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        log.debug("malloc_trim is not available")
