"""Training of a member, on one process or under `torchrun`, by accelerate (requirements-gpu.txt).

    torchrun --nproc-per-node 8 -m apps.engines.vlsm.family train MEMBER --triplets DIR --out DIR

Mixed precision, accumulation, checkpoints and resume, early stop on held-out loss; one line of
JSON a report in `OUT/log.jsonl`.
"""

from __future__ import annotations

import json
import math
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import DataLoader, Dataset, Subset
from transformers import PreTrainedTokenizerFast, get_cosine_schedule_with_warmup

from .data import Collator, Example
from .language import extra
from .modeling import FamilyModel
from .weights import load_state, own_state, save_member


@dataclass(frozen=True)
class TrainingSettings:
    """`batch` rows a process and step, `accumulate` steps an update."""

    steps: int = 1000
    batch: int = 8
    accumulate: int = 1
    rate: float = 2e-4
    warmup: int = 50
    weight_decay: float = 0.01
    clip: float = 1.0
    precision: str = "no"
    """“no”, “bf16” or “fp16”: of the products, not of the stored weights."""
    report_every: int = 25
    save_every: int = 500
    held_out: int = 0
    """Examples kept for the held-out loss, measured at every checkpoint."""
    patience: int = 0
    """Checkpoints without a better held-out loss after which training stops; 0: never."""
    seed: int = 1


def train_member(
    model: FamilyModel,
    tokenizer: PreTrainedTokenizerFast,
    examples: Dataset[Example],
    settings: TrainingSettings,
    out: Path,
    resume: bool = False,
) -> list[dict[str, float]]:
    """Train, save to `out` and return the reports. ValueError where accelerate is missing."""
    run = _Run(model, tokenizer, examples, settings, out)
    if resume:
        run.resume()
    run.train()
    return run.reports


class _Run:
    """One training: keeps what a checkpoint holds together."""

    def __init__(
        self,
        model: FamilyModel,
        tokenizer: PreTrainedTokenizerFast,
        examples: Dataset[Example],
        settings: TrainingSettings,
        out: Path,
    ) -> None:
        self.settings, self.out, self.tokenizer, self.own = settings, out, tokenizer, model
        self.engine = extra("accelerate").Accelerator(
            mixed_precision=settings.precision,
            gradient_accumulation_steps=settings.accumulate,
        )
        torch.manual_seed(settings.seed)
        places = list(range(len(examples)))  # type: ignore[arg-type]
        random.Random(settings.seed).shuffle(places)
        collate = Collator(model.config, tokenizer, model.vision)
        kept, rest = places[: settings.held_out], places[settings.held_out :]
        self.held_out = [
            collate([examples[i] for i in kept[at : at + settings.batch]])
            for at in range(0, len(kept), settings.batch)
        ]
        loader = DataLoader(
            Subset(examples, rest), settings.batch, shuffle=True, collate_fn=collate,
            generator=torch.Generator().manual_seed(settings.seed),
        )  # fmt: skip
        optimizer = torch.optim.AdamW(
            [p for p in model.parameters() if p.requires_grad],
            lr=settings.rate, betas=(0.9, 0.98), weight_decay=settings.weight_decay,
        )  # fmt: skip
        processes = self.engine.num_processes  # accelerate steps the schedule once a process
        schedule = get_cosine_schedule_with_warmup(
            optimizer, settings.warmup * processes, settings.steps * processes
        )
        prepared = self.engine.prepare(model, optimizer, loader, schedule)
        self.model, self.optimizer, self.loader, self.schedule = prepared
        self.step, self.best, self.waited = 0, math.inf, 0
        self.reports: list[dict[str, float]] = []

    def train(self) -> None:
        settings, losses = self.settings, []
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / "training.json").write_text(json.dumps(asdict(settings), indent=2))
        while self.step < settings.steps and not self._tired():
            self.model.train()
            for batch in self.loader:
                losses.append(self._learn(batch))
                if not self.engine.sync_gradients:
                    continue
                self.step += 1
                if self.step % settings.report_every == 0:
                    self._report({"loss": sum(losses) / len(losses)})
                    losses = []
                if self.step % settings.save_every == 0:
                    self._checkpoint()
                if self.step >= settings.steps or self._tired():
                    break
        self._checkpoint()

    def resume(self) -> None:
        """Go on from the newest checkpoint, if there is one."""
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        load_state(self.own, state["model"], str(path))
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.step, self.best, self.waited = state["step"], state["best"], state["waited"]

    def _learn(self, batch: Any) -> float:
        with self.engine.accumulate(self.model):
            with self.engine.autocast():
                loss = self.model(batch)
            self.engine.backward(loss)
            if self.engine.sync_gradients:
                self.engine.clip_grad_norm_(self.model.parameters(), self.settings.clip)
            self.optimizer.step()
            self.schedule.step()
            self.optimizer.zero_grad()
        return float(loss.detach())

    @torch.no_grad()
    def _held_out_loss(self) -> float:
        self.model.eval()
        with self.engine.autocast():
            losses = [float(self.own(batch)) for batch in self.held_out]
        self.model.train()
        return sum(losses) / len(losses)

    def _tired(self) -> bool:
        return 0 < self.settings.patience <= self.waited

    def _report(self, found: dict[str, float]) -> None:
        self.reports.append({"step": self.step, **found})
        if self.engine.is_main_process:
            with (self.out / "log.jsonl").open("a") as file:
                file.write(json.dumps(self.reports[-1]) + "\n")

    def _checkpoint(self) -> None:
        """Save the run, and the member where it is the best so far on what was held out."""
        loss = self._held_out_loss() if self.held_out else -math.inf
        if self.held_out:
            self._report({"held_out_loss": loss})
        better = not self.held_out or loss < self.best
        self.waited = 0 if better else self.waited + 1
        self.best = min(self.best, loss)
        if not self.engine.is_main_process:
            return
        if better:
            save_member(self.own, self.tokenizer, self.out / "member")
        state = {
            "model": own_state(self.own), "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(), "step": self.step,
            "best": self.best, "waited": self.waited,
        }  # fmt: skip
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")
