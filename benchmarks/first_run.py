"""What a first run costs: whole processes, without and with kernels that were compiled before.

    python benchmarks/first_run.py

Each case runs in three processes of its own, interpreter and imports included: with nothing
compiled before, as after an installation, by the kernel that `simulate` chooses; the same, but
compiling at once; and with the compiled kernel there, as it is once a worker has made it.
"""

# ruff: noqa: T201

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from apps.engines.simulation.compiled import cache


def main() -> None:
    from benchmarks.simulation import CASES

    print(f"{'case':52}{'first, s':>10}{'compiled, s':>13}{'then, s':>10}")
    for number, case in enumerate(CASES):
        with TemporaryDirectory() as folder:
            first = seconds(number, folder, "auto")
        with TemporaryDirectory() as folder:
            compiled, then = (seconds(number, folder, kernel) for kernel in ("compiled", "auto"))
        print(f"{case.name:52}{first:10.2f}{compiled:13.2f}{then:10.2f}", flush=True)


def seconds(number: int, folder: str, kernel: str) -> float:
    """Of a new process that runs the case, with kernels kept in the folder."""
    began = perf_counter()
    command = [sys.executable, __file__, str(number), folder, kernel]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 – itself
    return perf_counter() - began


def run(number: int, folder: str, kernel: str) -> None:
    cache.FOLDER = Path(folder)
    from benchmarks.simulation import CASES, ours

    ours(CASES[number], kernel)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(int(sys.argv[1]), *sys.argv[2:])
    else:
        main()
