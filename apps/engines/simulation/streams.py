"""Seeded random number streams, one for each object.

A stream is a counter-based Philox generator whose key holds the seed, the replication
and the stream's number, so streams never overlap and the same seed gives the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np

BLOCK = 512
FIRST_NUMBER = 101  # getstream(current) counts from here


class Stream:
    """Uniform variates in [0, 1) by `random()`; `generator` serves the other laws.

    The generator is made at the first draw: many streams are never used.
    """

    def __init__(self, seed: int, replication: int, number: int) -> None:
        self.number = number
        self._key = (seed & 0xFFFFFFFFFFFFFFFF, (replication << 32) | number)
        self.random: Callable[[], float] = self._uniforms().__next__

    @cached_property
    def generator(self) -> np.random.Generator:
        key = np.array(self._key, dtype=np.uint64)
        return np.random.Generator(np.random.Philox(key=key))

    def _uniforms(self) -> Iterator[float]:
        draw = self.generator.random
        while True:
            yield from draw(BLOCK).tolist()


class Streams:
    """The streams of one replication, made on first use."""

    def __init__(self, seed: int, replication: int) -> None:
        self._seed, self._replication = seed, replication
        self._streams: dict[int, Stream] = {}

    def get(self, number: int) -> Stream:
        stream = self._streams.get(number)
        if stream is None:
            stream = self._streams[number] = Stream(self._seed, self._replication, number)
        return stream
