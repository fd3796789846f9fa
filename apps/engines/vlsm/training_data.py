"""Endless batches for training: fresh examples, sorted by length, made by worker processes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from ..factories.factory import factories
from .encoding import MAX_TOKENS, Batch, Encoded, collate, encode_example
from .examples import sample_example
from .pretrained import load_tokenizer

if TYPE_CHECKING:
    from .training import TrainingConfig

SHARD_STEP = 7919
VALIDATION_SEED = 90_001


def encoded_examples(seed: int, split: str = "train") -> Iterator[Encoded]:
    """An endless stream of encoded examples."""
    tokenizer = load_tokenizer()
    rng = Random(seed + 17)
    for factory in factories(seed, split):
        encoded = encode_example(tokenizer, sample_example(factory, rng))
        if len(encoded.input_ids) < MAX_TOKENS:
            yield encoded


def batches(config: TrainingConfig, skip: int = 0, shard: int = 0) -> Iterator[Batch]:
    """Batches of examples of like length; another stream for each resume and each shard."""
    stream = encoded_examples(config.seed + 1000 * skip + SHARD_STEP * shard)
    rng = Random(config.seed + skip + SHARD_STEP * shard)
    while True:
        groups = _grouped([next(stream) for _ in range(config.pool)], config)
        rng.shuffle(groups)
        yield from (_shifted(collate(group), rng) for group in groups)


def _grouped(items: list[Encoded], config: TrainingConfig) -> list[list[Encoded]]:
    """Examples of like length together, as many as `tokens` and `max_batch` allow."""
    groups: list[list[Encoded]] = [[]]
    for item in sorted(items, key=lambda x: len(x.input_ids)):
        group = groups[-1]
        full = (len(group) + 1) * len(item.input_ids) > config.tokens
        if group and (full or len(group) == config.max_batch):
            groups.append([])
        groups[-1].append(item)
    return groups


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
    items = list(islice(encoded_examples(VALIDATION_SEED, "test"), config.validation))
    return [collate(group) for group in _grouped(items, config)] if items else []
