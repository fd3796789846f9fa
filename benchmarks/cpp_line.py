"""The lines as a loop in C++ (`line.cpp`), where a compiler is there."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path
from shutil import which

from .lines import ARRIVALS, Line

COMPILER = which("g++")
_SOURCE = Path(__file__).with_name("line.cpp")


@cache
def program() -> Path:
    """The compiled loop; made once a process."""
    path = Path(tempfile.mkdtemp()) / "line"
    flags = ("-O3", "-march=native", "-std=c++17")
    subprocess.run([str(COMPILER), *flags, "-o", path, _SOURCE], check=True)  # noqa: S603 - ours
    return path


def cpp_line(case: Line) -> tuple[float, float, float]:
    """Items out, mean time in system, CPU seconds of the loop."""
    given = (case.stations, case.until, ARRIVALS, case.mean, case.buffer, 1)
    command = [str(program()), *map(str, given)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    items, stay, seconds, _ = map(float, done.stdout.split())
    return items, stay, seconds
