"""Evaluation by several processes, each with a model of its own; outcomes come in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import torch

from .api import Generator
from .evaluation import Case, Outcome, run_case
from .loader import mini_generator

AHEAD = 3
"""Cases per process that wait to be run: a case holds a picture."""


def by_crew(weights: Path, workers: int) -> Callable[[Iterable[Case]], Iterator[Outcome]]:
    """What runs cases in `workers` processes, with the model in the folder `weights`."""

    def run(cases: Iterable[Case]) -> Iterator[Outcome]:
        waiting: deque[Future[Outcome]] = deque()
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            for case in cases:
                waiting.append(pool.submit(_run, weights, case))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    return run


def _run(weights: Path, case: Case) -> Outcome:
    return run_case(_own_generator(weights), case)


@cache
def _own_generator(weights: Path) -> Generator:
    torch.set_num_threads(1)
    return mini_generator(weights)
