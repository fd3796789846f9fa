"""Which model answers: loaded once per process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .api import Generator

if TYPE_CHECKING:
    from .generator import MiniGenerator


@cache
def load_generator(device: str = "cpu") -> Generator:
    """The shipped `mini` model, cached. Raises FileNotFoundError without weights."""
    return mini_generator(device=device)


def mini_generator(
    weights: Path | None = None, device: str = "cpu", **settings: bool
) -> MiniGenerator:
    """A `mini` model from a folder of weights (default: the shipped ones), on one thread.

    `device` is what torch calls it ("cpu", "cuda:1"); RuntimeError where it is not there. A second
    thread waits more than it helps, and burns its core where other work runs.
    """
    import torch

    from .generator import MiniGenerator
    from .pretrained import load_tokenizer
    from .weights import FOLDER, load_weights

    torch.set_num_threads(1)
    model = load_weights(weights or FOLDER).to(torch.device(device))  # type: ignore[arg-type]
    return MiniGenerator(model, load_tokenizer(), **settings)
