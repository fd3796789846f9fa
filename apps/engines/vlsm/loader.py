"""Which model answers: loaded once per process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .api import Generator

if TYPE_CHECKING:
    from .generator import MiniGenerator


@cache
def load_generator() -> Generator:
    """The shipped `mini` model, cached. Raises FileNotFoundError without weights."""
    return mini_generator()


def mini_generator(weights: Path | None = None, **settings: bool) -> MiniGenerator:
    """A `mini` model from a folder of weights (default: the shipped ones), on one thread.

    A second thread waits more than it helps, and burns its core where other work runs.
    """
    import torch

    from .generator import MiniGenerator
    from .pretrained import load_tokenizer
    from .weights import FOLDER, load_weights

    torch.set_num_threads(1)
    return MiniGenerator(load_weights(weights or FOLDER), load_tokenizer(), **settings)
