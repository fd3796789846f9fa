"""Processes of ours that do what strangers ask for: without our secrets, killed as a whole."""

import contextlib
import os
import signal
import subprocess
import sys
from typing import IO

from django.conf import settings

DEATH_SECONDS = 15.0
CRASHES = {-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT}


def start(module: str, argument: str, errors: IO[str] | None = None) -> "subprocess.Popen[str]":
    """`python -m module argument`, with pipes to its input and output; `errors` is its log."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GENDT_")
    }
    environment |= {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.Popen(  # noqa: S603 – our own interpreter and module
        [sys.executable, "-m", module, argument],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def crashed(process: "subprocess.Popen[str]") -> bool:
    """Whether a process that says nothing more was killed, as for too much memory."""
    return process.wait(timeout=DEATH_SECONDS) in CRASHES


def kill(process: "subprocess.Popen[str]") -> None:
    """End the process and whatever it started; close our ends of its pipes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError, ValueError):
                pipe.close()
