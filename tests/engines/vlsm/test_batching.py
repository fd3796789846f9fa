"""Scripts decoded together come out as alone, whoever comes, goes, stops or breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from random import Random

import pytest
import torch

from apps.engines.factories.factory import factories
from apps.engines.vlsm.batching import Batch, Batcher
from apps.engines.vlsm.decoding import Decoded, Decoding
from apps.engines.vlsm.examples import Inputs, sample_example
from apps.engines.vlsm.loader import mini_generator


@pytest.fixture(scope="module")
def batcher() -> Batcher:
    return mini_generator().batcher


@pytest.fixture(scope="module")
def several() -> list[Inputs]:
    """New models and turns, short and long."""
    rng = Random(8)
    return [sample_example(factory, rng).inputs for factory in islice(factories(8, "test"), 9)]


@pytest.fixture(scope="module")
def alone(batcher: Batcher, several: list[Inputs]) -> list[Decoded]:
    return [batcher.decode(inputs) for inputs in several]


def test_together_as_alone(batcher: Batcher, several: list[Inputs], alone: list[Decoded]) -> None:
    """All meet in one batch; those that end early leave it."""
    batch: Batch[Decoding] = Batch(batcher.model)
    members = [Decoding(inputs, batcher.read(inputs)) for inputs in several]
    found: dict[int, list[str]] = {id(member): [] for member in members}
    late = list(members[4:])
    batch.join(members[:4])
    while batch.members:
        for member, choices in zip(batch.members, batch.step(), strict=True):
            found[id(member)] += [str(choice.piece) for choice in choices]
        batch.keep(lambda member: not member.done)
        if late and len(found[id(members[0])]) % 5 == 0:
            batch.join([late.pop()])

    assert not late
    for member, decoded in zip(members, alone, strict=True):
        assert found[id(member)] == [str(piece) for piece in decoded.pieces]


def test_threads_share_a_batch(
    batcher: Batcher, several: list[Inputs], alone: list[Decoded], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    decode = batcher.model.decode

    def watched(memory, inputs, *rest):  # type: ignore[no-untyped-def]
        sizes.append(len(inputs))
        return decode(memory, inputs, *rest)

    monkeypatch.setattr(batcher.model, "decode", watched)
    with ThreadPoolExecutor(len(several)) as pool:
        found = list(pool.map(batcher.decode, several))

    assert [item.pieces for item in found] == [item.pieces for item in alone]
    assert max(sizes) > 1


def test_who_stops_leaves_the_others_alone(
    batcher: Batcher, several: list[Inputs], alone: list[Decoded]
) -> None:
    with ThreadPoolExecutor(2) as pool:
        stopped = pool.submit(batcher.decode, several[0], lambda _choice: True)
        whole = pool.submit(batcher.decode, several[1])

        assert not stopped.result().complete
        assert len(stopped.result().choices) == 1
        assert whole.result().pieces == alone[1].pieces


def test_an_error_reaches_everybody_and_the_next_script_is_written(
    batcher: Batcher, several: list[Inputs], alone: list[Decoded], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(batcher.model, "decode", lambda *_: 1 // 0)
        with ThreadPoolExecutor(3) as pool:
            calls = [pool.submit(batcher.decode, inputs) for inputs in several[:3]]
            for call in calls:
                with pytest.raises(ZeroDivisionError):
                    call.result()

    assert batcher.decode(several[0]).pieces == alone[0].pieces


@pytest.fixture
def small(batcher: Batcher, monkeypatch: pytest.MonkeyPatch) -> Iterator[Batcher]:
    """A device on which two scripts fit, but no third."""
    decode = batcher.model.decode

    def scarce(memory, inputs, *rest):  # type: ignore[no-untyped-def]
        if len(inputs) > 2:
            raise torch.OutOfMemoryError
        return decode(memory, inputs, *rest)

    monkeypatch.setattr(batcher.model, "decode", scarce)
    return Batcher(batcher.model, batcher.tokenizer)


def test_a_batch_that_does_not_fit_is_halved(
    small: Batcher, several: list[Inputs], alone: list[Decoded]
) -> None:
    together = threading.Barrier(6)

    def ask(inputs: Inputs) -> Decoded:
        return small.decode(inputs, on_read=lambda _memory: bool(together.wait()))

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(ask, several[:6]))

    assert [item.pieces for item in found] == [item.pieces for item in alone[:6]]
    assert small.most < 6


def test_a_script_that_does_not_fit_at_all_is_refused(
    batcher: Batcher, several: list[Inputs], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr(batcher.model, "decode", full)
    with pytest.raises(torch.OutOfMemoryError):
        batcher.decode(several[0])
