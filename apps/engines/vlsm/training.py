"""Training of `mini`: endless fresh examples, mixed precision, checkpoints, resume.

`python -m apps.engines.vlsm train --out DIR` runs it without Django; `torchrun --nproc-per-node N
-m apps.engines.vlsm train …` on several GPUs. Learning rate: linear warm-up, then cosine to a
twentieth. One line of JSON per report goes to `DIR/log.jsonl`, and `DIR/curves.html` shows them.
"""

from __future__ import annotations

import json
import logging
import math
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from apps.engines.ops.precision import attention_for_training, bfloat16_pays, keep_products

from .encoding import MAX_TOKENS, Batch
from .modeling import Vlsm, VlsmConfig
from .pretrained import load_encoder
from .training_data import batch_stream, validation_batches
from .training_files import note, report, save
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
    pool: int = 16
    """Batches that are shuffled together."""
    accumulate: int = 1
    """Batches to a step of the optimizer."""
    workers: int = 0
    """Processes that make examples; 0: the training process itself."""
    validation: int = 0
    """Held-out examples whose loss is measured at each checkpoint."""
    patience: int = 0
    """Checkpoints without a lower validation loss after which training stops; 0: never."""


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
    return torch.optim.AdamW(settings, betas=(0.9, 0.98), fused=True)


def schedule(step: int, config: TrainingConfig) -> float:
    """Factor on the learning rate at `step`."""
    if step < config.warmup:
        return (step + 1) / config.warmup
    done = min(1.0, (step - config.warmup) / max(1, config.steps - config.warmup))
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done))


@dataclass(frozen=True)
class Place:
    """Where this process stands among those that train together (torchrun sets it)."""

    rank: int
    count: int
    device: str

    @property
    def kind(self) -> str:
        return self.device.partition(":")[0]

    def autocast(self) -> torch.autocast:
        """Products in bfloat16 where the device has units for them."""
        return torch.autocast(self.kind, torch.bfloat16, enabled=bfloat16_pays(self.kind))


def join_others(device: str) -> Place:
    """Join the processes that torchrun started; alone otherwise."""
    if "LOCAL_RANK" not in os.environ:
        return Place(0, 1, device)
    on_gpu = device.startswith("cuda")
    torch.distributed.init_process_group("nccl" if on_gpu else "gloo")
    own = f"cuda:{os.environ['LOCAL_RANK']}" if on_gpu else device
    return Place(torch.distributed.get_rank(), torch.distributed.get_world_size(), own)


def train(config: TrainingConfig, out: Path, resume: bool = False, device: str = "cpu") -> Vlsm:
    """Train until `config.steps`, or until the validation loss has not fallen for `patience`
    checkpoints; the newest checkpoint is `out/checkpoint.pt`, the weights `out/weights`."""
    place = join_others(device)
    keep_products()
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    run = _Run(config, out, place, resume)
    try:
        run.go()
    finally:
        if place.count > 1:
            torch.distributed.destroy_process_group()
    if place.rank == 0:
        save_weights(run.model, out / "weights")
    return run.model


class _Run:
    """Model, optimizer and schedule of one training run."""

    def __init__(self, config: TrainingConfig, out: Path, place: Place, resume: bool) -> None:
        self.config, self.out, self.place = config, out, place
        self.model = new_model()
        self.model.to(torch.device(place.device))  # type: ignore[arg-type]
        if config.start:
            _begin_with(self.model, Path(config.start))
        self.optimizer = optimizer_for(self.model, config)
        self.step, self.resumed = 0, 0
        if resume and (out / "checkpoint.pt").exists():
            self._load(out / "checkpoint.pt")
        self.best, self.worse = math.inf, 0
        for group in self.optimizer.param_groups:
            group.setdefault("initial_lr", group["lr"])
        rates = [lambda at: schedule(at, config)] * len(self.optimizer.param_groups)
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, rates, last_epoch=self.step - 1
        )
        together = torch.nn.parallel.DistributedDataParallel
        self.trained: torch.nn.Module = self.model
        if place.count > 1:
            self.trained = together(self.model, find_unused_parameters=True)

    def _load(self, path: Path) -> None:
        state = torch.load(path, map_location=self.place.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.resumed = state["step"], state["resumed"] + 1

    def go(self) -> None:
        config, first = self.config, self.place.rank == 0
        if first:
            (self.out / "training.json").write_text(json.dumps(asdict(config), indent=2))
        stream = batch_stream(config, self.resumed, self.place.rank)
        held_out = validation_batches(config) if first else []
        recent: list[dict[str, float]] = []
        began = time.perf_counter()
        self.model.train()
        while self.step < config.steps:
            recent.append(self._advance(stream))
            if first and self.step % config.report_every == 0:
                report(self.out, self.step, recent, time.perf_counter() - began)
                recent = []
            if self.step % config.save_every == 0 or self.step == config.steps:
                if first:
                    self._keep(held_out)
                if self._all_agree_to_stop():
                    break

    def _advance(self, stream: Iterator[Batch]) -> dict[str, float]:
        """One step of the optimizer over `accumulate` batches."""
        self.optimizer.zero_grad(set_to_none=True)
        for _ in range(self.config.accumulate):
            batch = self._moved(next(stream))
            with self.place.autocast(), attention_for_training(self.place.kind):
                losses = self.trained(batch)
            (losses["loss"] / self.config.accumulate).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimizer.step()
        self.scheduler.step()
        self.step += 1
        values = {key: float(value.detach()) for key, value in losses.items()}
        return values | {"examples": float(batch["input_ids"].shape[0])}

    def _moved(self, batch: Batch) -> Batch:
        return {key: value.to(self.place.device) for key, value in batch.items()}

    def _keep(self, held_out: list[Batch]) -> None:
        if held_out:
            loss = self._validate(held_out)
            note(self.out, {"step": self.step, "validation": round(loss, 4)})
            self.worse = 0 if loss < self.best else self.worse + 1
            self.best = min(self.best, loss)
        save(self.out, self.model, self.optimizer, self.step, self.resumed)

    @torch.inference_mode()
    def _validate(self, held_out: list[Batch]) -> float:
        self.model.eval()
        with self.place.autocast():
            losses = [float(self.model(self._moved(batch))["loss"]) for batch in held_out]
        self.model.train()
        return sum(losses) / len(losses)

    def _all_agree_to_stop(self) -> bool:
        """The first process, which alone validates, decides for all."""
        stop = bool(self.config.patience) and self.worse >= self.config.patience
        if self.place.count == 1:
            return stop
        flag = torch.tensor([int(stop)], device=self.place.device)
        torch.distributed.broadcast(flag, 0)
        return bool(flag.item())


def _begin_with(model: Vlsm, start: Path) -> None:
    """Copy every weight whose name and shape fit; a longer table keeps its new rows."""
    if start.is_dir():
        given = saved_state(start)
    else:
        given = torch.load(start, map_location="cpu", weights_only=True)["model"]
    own = model.state_dict()
    fitting = [k for k, v in given.items() if k in own and _fits(v, own[k])]
    with torch.no_grad():
        for name in fitting:
            own[name][tuple(map(slice, given[name].shape))].copy_(given[name])
    log.info("began with %d of %d tensors", len(fitting), len(own))


def _fits(given: torch.Tensor, own: torch.Tensor) -> bool:
    """Whether `given` is `own`'s shape, or the first rows of it."""
    return given.shape[1:] == own.shape[1:] and given.shape[:1] <= own.shape[:1]
