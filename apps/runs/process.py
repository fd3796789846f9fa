"""A simulation in a process of its own, which can be stopped at any instant."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError
from apps.common.process import crashed, kill, start

JSON = dict[str, Any]
SANDBOX = "apps.runs.sandbox"
POLL_SECONDS = 0.25
GRACE_SECONDS = 15.0


@dataclass(frozen=True)
class Bounds:
    """Wall-clock seconds and bytes of address space that one run may take."""

    seconds: float = 600.0
    memory: int = 3 * 1024**3


class Stopped(Exception):
    """The caller asked to stop; the process is gone."""


def simulate_apart(
    order: JSON,
    folder: Path,
    tick: Callable[[float], None],
    bounds: Bounds | None = None,
    module: str = SANDBOX,
) -> None:
    """Simulate `order` (see sandbox.py, or that of another `module`) into `folder`.

    `tick` gets the share done a few times a second; whatever it raises ends the process.
    Raises ApplicationError where the run failed or went over its bounds.
    """
    bounds = bounds or Bounds()
    request = {**order, "max_seconds": bounds.seconds, "max_bytes": bounds.memory}
    process = launch(folder, module)
    try:
        answer = converse(process, request, tick, bounds.seconds + GRACE_SECONDS)
    finally:
        kill(process)
    if "error" in answer:
        error = answer["error"]
        raise ApplicationError(_(error["message"]), error["code"], error["hint"])


def launch(folder: Path, module: str = SANDBOX) -> "subprocess.Popen[str]":
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        return start(module, str(folder), log)


def converse(
    process: "subprocess.Popen[str]", request: JSON, tick: Callable[[float], None], seconds: float
) -> JSON:
    """Send the order and listen until the last word."""
    assert process.stdin is not None
    lines = listen(process)
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        return died(process)
    deadline, share = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        try:
            line = lines.get(timeout=POLL_SECONDS)
        except queue.Empty:
            tick(share)
            continue
        if line is None:
            return died(process)
        answer: JSON = json.loads(line)
        if "progress" not in answer:
            return answer
        share = float(answer["progress"])
        tick(share)
    return {
        "error": {
            "code": "too_slow",
            "message": _("The run took longer than %(n)d s and was stopped.") % {"n": seconds},
            "hint": _("Shorten the horizon or ask for fewer replications."),
        }
    }


def listen(process: "subprocess.Popen[str]") -> "queue.Queue[str | None]":
    """Lines of the process's output; None after the last one."""
    lines: queue.Queue[str | None] = queue.Queue()
    output = process.stdout
    assert output is not None

    def read() -> None:
        for line in output:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, name="run output", daemon=True).start()
    return lines


def died(process: "subprocess.Popen[str]") -> JSON:
    """The process ended without a last word: killed for memory, or broken."""
    if crashed(process):
        message = _("The run needs more memory than it may use.")
        hint = _("Shorten the horizon, ask for fewer replications, or bound the queues.")
        return {"error": {"code": "memory", "message": message, "hint": hint}}
    raise RuntimeError(f"The simulation's process ended with {process.returncode}.")
