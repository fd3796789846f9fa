"""Endless batches for training: fresh examples, sorted by length, made by worker processes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from ..factories.factory import factories
from .encoding import MAX_TOKENS, Batch, Encoded, collate, encode_example, length_of
from .examples import sample_example
from .pretrained import load_tokenizer

if TYPE_CHECKING:
    from .training import TrainingConfig

SHARD_STEP = 7919
VALIDATION_SEED = 90_001
CHINESE = 0.2
"""Share of factories named in Chinese throughout: the encoder, pretrained on English, needs more of
these to learn from than occur."""


def encoded_examples(seed: int, split: str = "train") -> Iterator[Encoded]:
    """An endless stream of encoded examples."""
    tokenizer = load_tokenizer()
    rng = Random(seed + 17)
    for factory in factories(seed, split, chinese=CHINESE):
        encoded = encode_example(tokenizer, sample_example(factory, rng))
        if len(encoded.input_ids) < MAX_TOKENS:
            yield encoded


def batches(config: TrainingConfig, skip: int = 0, shard: int = 0) -> Iterator[Batch]:
    """Batches of examples of like length, shuffled; another stream for each resume and shard."""
    rng = Random(config.seed + skip + SHARD_STEP * shard)
    groups = _full_groups(encoded_examples(config.seed + 1000 * skip + SHARD_STEP * shard), config)
    while True:
        ready = list(islice(groups, config.pool))
        rng.shuffle(ready)
        yield from (_shifted(collate(group, coarse=True), rng) for group in ready)


def _full_groups(stream: Iterator[Encoded], config: TrainingConfig) -> Iterator[list[Encoded]]:
    """Examples of one padded length together, as many as `tokens` and `max_batch` allow.

    Groups are always full: few shapes of batches mean that products compiled for a shape (oneDNN)
    serve again; with a shape of its own for every batch a step took 1.5 times as long.
    """
    waiting: dict[int, list[Encoded]] = {}
    for item in stream:
        length = length_of(len(item.input_ids))
        group = waiting.setdefault(length, [])
        group.append(item)
        if len(group) >= min(config.max_batch, max(1, config.tokens // length)):
            yield waiting.pop(length)


def _shifted(batch: Batch, rng: Random) -> Batch:
    """Now and then start the text at a later position, so that long prompts are not news."""
    length = batch["input_ids"].shape[1]
    start = rng.randint(0, MAX_TOKENS - length) if rng.random() < 0.25 else 0
    batch["positions"] = torch.arange(start, start + length)[None]
    return batch


class _Stream(IterableDataset[Batch]):
    """`batches`, each worker of each process with a shard of its own."""

    def __init__(self, config: TrainingConfig, skip: int, rank: int) -> None:
        super().__init__()
        self.config, self.skip, self.rank = config, skip, rank

    def __iter__(self) -> Iterator[Batch]:
        info = get_worker_info()
        worker, workers = (info.id, info.num_workers) if info else (0, 1)
        torch.set_num_threads(1)
        return batches(self.config, self.skip, self.rank * workers + worker)


def batch_stream(config: TrainingConfig, skip: int, rank: int) -> Iterator[Batch]:
    """Batches made in this process, or by `config.workers` others."""
    if not config.workers:
        return batches(config, skip, rank)
    stream = _Stream(config, skip, rank)
    return iter(DataLoader(stream, batch_size=None, num_workers=config.workers, prefetch_factor=8))


def validation_batches(config: TrainingConfig) -> list[Batch]:
    """The same examples each time, of layouts that training never sees."""
    items = islice(encoded_examples(VALIDATION_SEED, "test"), config.validation)
    ordered = sorted(items, key=lambda item: len(item.input_ids))
    groups = (ordered[i : i + config.max_batch] for i in range(0, len(ordered), config.max_batch))
    return [collate(group, coarse=True) for group in groups]
