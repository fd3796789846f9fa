"""Which model answers: loaded once per process."""

from __future__ import annotations

from functools import cache

from .api import Generator


@cache
def load_generator() -> Generator:
    """The shipped `mini` model, cached. Raises FileNotFoundError without weights."""
    import torch

    from .generator import MiniGenerator
    from .pretrained import load_tokenizer
    from .weights import load_weights

    torch.set_num_threads(1)  # a second thread waits more than it helps on a shared machine
    return MiniGenerator(load_weights(), load_tokenizer())
