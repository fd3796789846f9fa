"""The training data: every target, spelled out, must be the factory it was made from."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from apps.engines.factories.factory import factories, sample_factory, split_of, structure_key
from apps.engines.factories.roles import is_resource
from apps.engines.vlsm.editing import apply_edits
from apps.engines.vlsm.examples import new_model_example, sample_example
from apps.engines.vlsm.metrics import compare
from apps.engines.vlsm.short_names import short_of
from apps.engines.vlsm.truth import truth_model
from apps.engines.vlsm.writer import build_model, connect


@pytest.mark.parametrize("seed", range(60))
def test_target_pieces_rebuild_the_factory(seed: int) -> None:
    factory = next(factories(seed, "train"))

    drafts = (
        new_model_example(
            factory,
            Random(seed + 100 * n),
            scene=seed % 2 == 0,
            icons=True,
            links=True,
            classes=True,
        )
        for n in range(5)
    )
    example = next(draft for draft in drafts if draft)

    model, made = build_model(example.inputs, example.pieces)
    for source, target in example.links:
        connect(model, made[source], made[target])
    assert compare(truth_model(factory), model).exact


def test_name_spans_hold_the_names() -> None:
    rng = Random(3)
    for factory in islice(factories(3, "train"), 50):
        example = sample_example(factory, rng)
        names = [station.name for station in example.factory.stations]
        said = {name.lower() for name in names} | {short_of(name, names).lower() for name in names}
        for start, end in example.name_spans:
            assert example.inputs.prompt[start:end].lower() in said


def test_refinements_change_the_model() -> None:
    rng = Random(5)
    turns = 0
    for factory in islice(factories(5, "train"), 200):
        example = sample_example(factory, rng)
        if example.base is None:
            continue
        turns += 1
        before, after = truth_model(example.base), truth_model(example.base)
        changes = list(apply_edits(after, example.inputs, example.pieces))
        assert changes
        assert not compare(before, after).exact or not compare(after, before).exact
    assert turns > 20


def test_same_seed_gives_the_same_example() -> None:
    first, second = (sample_example(sample_factory(Random(9)), Random(1)) for _ in range(2))

    assert first.inputs.prompt == second.inputs.prompt
    assert first.pieces == second.pieces


def test_structures_of_the_test_split_are_not_in_training() -> None:
    train = {structure_key(f) for f in islice(factories(1, "train"), 300)}
    test = {structure_key(f) for f in islice(factories(1, "test"), 100)}

    assert not train & test
    assert all(split_of(f) == "test" for f in islice(factories(2, "test"), 20))


def test_every_item_can_reach_a_sink() -> None:
    for factory in islice(factories(11, "train"), 200):
        names = [station.class_name for station in factory.stations]
        reached = {i for i, name in enumerate(names) if name == "Sink"}
        for _ in factory.stations:
            reached |= {a for a, b in factory.flow() if b in reached}
        assert reached == {i for i, name in enumerate(names) if not is_resource(name)}


def test_every_resource_serves_and_is_reached() -> None:
    """Executers serve a station themselves or through a Dispatcher."""
    for factory in islice(factories(12, "train"), 200):
        for index, station in enumerate(factory.stations):
            users = [a for a, b in factory.service() if b == index]
            assert bool(users) == is_resource(station.class_name)
