"""What a training run leaves behind: checkpoints, a log, curves to look at."""

from __future__ import annotations

import ctypes
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from .modeling import Vlsm

log = logging.getLogger(__name__)
SHOWN = ("loss", "validation", "pieces", "names", "facts", "whole")


def report(out: Path, step: int, recent: Sequence[Mapping[str, float]], seconds: float) -> None:
    """Append the means of the last steps to `log.jsonl`."""
    mean = {key: round(sum(item[key] for item in recent) / len(recent), 4) for key in recent[0]}
    note(out, mean | {"step": step, "seconds": round(seconds, 1)})


def note(out: Path, line: Mapping[str, float]) -> None:
    with (out / "log.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    log.info("%s", line)


def save(out: Path, model: Vlsm, optimizer: torch.optim.Optimizer, step: int, resumed: int) -> None:
    """Write the checkpoint whole or not at all; draw the curves anew."""
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "resumed": resumed,
    }
    torch.save(state, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")
    write_curves(out)
    _trim_memory()


def write_curves(out: Path) -> None:
    """`curves.html`: what the log says, over steps."""
    import plotly.graph_objects as go

    lines: list[dict[str, Any]] = [
        json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()
    ]
    figure = go.Figure()
    for name in SHOWN:
        points = [(line["step"], line[name]) for line in lines if name in line]
        if points:
            steps, values = zip(*points, strict=True)
            figure.add_scatter(x=steps, y=values, mode="lines", name=name)
    figure.update_layout(title="Training", xaxis_title="step", yaxis_type="log")
    figure.write_html(out / "curves.html", include_plotlyjs=True)


def _trim_memory() -> None:
    """Give freed memory back: with varying shapes glibc keeps gigabytes otherwise."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        log.debug("malloc_trim is not available")
