"""What the tests of `apart` have called in the other process."""

import os
import signal
import sys
import time
from pathlib import Path


def pid(*_told):
    return os.getpid()


def echo(value):
    time.sleep(0.02)  # so that several callers meet
    return value


def hang(mark=None):
    if mark is not None:
        Path(mark).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(600)


def spin():
    while True:
        pass


def eat():
    return len([bytes(2**20) for _number in range(10**6)])


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def leave():
    os._exit(7)


def talk():
    return "x" * 10**6


def fail():
    raise KeyError("no such wheel")


def surroundings():
    """What a stranger's script would find there."""
    return {
        "secrets": sorted(name for name in os.environ if name.startswith("GENDT_")),
        "django": "django" in sys.modules,
    }
