"""A process that tries many inputs, and another that watches it.

The worker writes down which input it is at. Where it dies or stays at one input for too long, that
is a finding; it is started again behind that input.
"""

# ruff: noqa: T201

from __future__ import annotations

import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

MOST_REPORTS = 20
MEMORY = 3 << 30  # bytes of address space that the inputs may add to the worker's
_REACHING_OUT = (
    "open", "import", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "urllib.", "http.",
    "ftplib.", "smtplib.", "sqlite3.", "tempfile.", "mmap.", "pty.", "webbrowser.", "winreg.",
    "code.__new__", "sys.addaudithook", "sys.setprofile", "sys.settrace",
)  # fmt: skip
Attempt = Callable[[int, int, Counter[str]], str | None]


class Guard:
    """Hears of every file, import, socket and process that the interpreter is asked for."""

    def __init__(self) -> None:
        self.on = False
        self.heard: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if self.on and event.startswith(_REACHING_OUT):
            self.heard.append(event)

    def __enter__(self) -> None:
        self.on = True

    def __exit__(self, *_error: object) -> None:
        self.on = False


class Watch:
    """Tries inputs start … stop-1 of a seed; tells of the first problems as they are found."""

    def __init__(self, attempt: Attempt, seed: int, hang: float) -> None:
        self.attempt, self.seed, self.hang = attempt, seed, hang
        self.tally: Counter[str] = Counter()
        self.slowest = (0.0, -1)
        self.problems: list[tuple[int, str]] = []
        self._context = get_context("fork")

    def run(self, start: int, stop: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while start < stop and time.monotonic() < deadline:
            start = self._worker(start, stop, deadline)

    def _worker(self, start: int, stop: int, deadline: float) -> int:
        """One process; gives the number to go on with."""
        at: Synchronized[int] = self._context.Value("q", start)
        told, tell = self._context.Pipe(duplex=False)
        given = (self.attempt, self.seed, start, stop, deadline, at, tell)
        process = self._context.Process(target=_work, args=given, daemon=True)
        process.start()
        tell.close()  # the worker's end alone stays open: its death is the end of the pipe
        number, since = start, time.monotonic()
        while True:
            if not told.poll(0.5):
                if at.value != number:
                    number, since = at.value, time.monotonic()
                if time.monotonic() - since < self.hang:
                    continue
                return self._lost(process, at.value)
            try:
                kind, value = told.recv()
            except EOFError:
                process.join()
                return self._lost(process, at.value)
            if kind == "problem":
                self._found(*value)
            elif kind == "done":
                tally, slowest, reached = value
                self.tally += tally
                self.slowest = max(self.slowest, slowest)
                if reached is not None:
                    process.join()
                    return int(reached)

    def _lost(self, process: Any, number: int) -> int:
        hung = process.is_alive()
        process.kill()
        process.join()
        what = f"took longer than {self.hang:g} s" if hung else f"ended with {process.exitcode}"
        self.tally["hangs" if hung else "deaths"] += 1
        self._found(number, what)
        return number + 1

    def _found(self, number: int, what: str) -> None:
        """Tell at once: a run may last for hours."""
        self.problems.append((number, what))
        if len(self.problems) <= MOST_REPORTS:
            print(f"input {number}: {what}\n", file=sys.stderr, flush=True)


def _address_space() -> int:
    """Bytes of this process; whoever starts the watch may have loaded far more than it needs."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _work(
    attempt: Attempt, seed: int, start: int, stop: int, deadline: float, at: Any, tell: Connection
) -> None:
    """The worker: tells what it counted now and then, so that little is lost if it dies."""
    limit = _address_space() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    gc.freeze()  # what was loaded before need not be looked through again and again
    tally: Counter[str] = Counter()
    slowest = (0.0, -1)
    number = start
    while number < stop and time.monotonic() < deadline:
        at.value = number
        before = time.process_time()
        problem = attempt(seed, number, tally)
        slowest = max(slowest, (time.process_time() - before, number))
        if problem:
            tell.send(("problem", (number, problem)))
        number += 1
        if number % 2000 == 0:
            tell.send(("done", (tally, slowest, None)))
            tally = Counter()
    tell.send(("done", (tally, slowest, number)))
