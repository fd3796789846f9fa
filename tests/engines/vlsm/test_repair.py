"""Loose ends are closed by the likeliest pair that makes sense, and told."""

from __future__ import annotations

from apps.engines.simulation.model import Model, ModelObject
from apps.engines.vlsm.repair import LEAST, close_loose_ends

CLASSES = ("Source", "Queue", "Processor", "Sink")


def line(*links: tuple[int, int]) -> tuple[Model, dict[int, ModelObject]]:
    model = Model()
    made = {i: model.add(ModelObject(f"O{i}", name)) for i, name in enumerate(CLASSES)}
    for a, b in links:
        model.connect(made[a], made[b])
    return model, made


def chances(**pairs: float) -> list[list[float]]:
    table = [[0.0] * len(CLASSES) for _ in CLASSES]
    for key, value in pairs.items():
        table[int(key[1])][int(key[2])] = value
    return table


def links_of(model: Model) -> set[tuple[str, str]]:
    return {(link.source.name, link.target.name) for link in model.connections}


def test_a_whole_line_is_left_alone() -> None:
    model, made = line((0, 1), (1, 2), (2, 3))

    assert list(close_loose_ends(model, made, chances(p02=0.9))) == []
    assert len(model.connections) == 3


def test_the_likeliest_pair_closes_input_and_output_at_once() -> None:
    model, made = line((0, 1), (2, 3))

    told = list(close_loose_ends(model, made, chances(p12=0.4, p02=0.3)))

    assert links_of(model) == {("O0", "O1"), ("O1", "O2"), ("O2", "O3")}
    assert [item.kind for item in told] == ["connection"]
    assert told[0].text == "“O1” had no output and “O2” no input; “O1” is taken to feed “O2”."


def test_nothing_feeds_a_source_nor_itself_nor_leaves_a_sink() -> None:
    model, made = line((0, 1), (2, 3))

    list(close_loose_ends(model, made, chances(p32=0.9, p22=0.8, p10=0.7)))

    assert links_of(model) == {("O0", "O1"), ("O1", "O2"), ("O2", "O3")}


def test_an_end_left_over_takes_its_likeliest_pair() -> None:
    model, made = line((0, 1), (1, 3), (2, 3))

    told = list(close_loose_ends(model, made, chances(p02=0.3, p12=0.4)))

    assert links_of(model) == {("O0", "O1"), ("O1", "O3"), ("O2", "O3"), ("O1", "O2")}
    assert told[0].text == "“O2” had no input; “O1” is taken to feed “O2”."


def test_an_unlikely_pair_is_not_invented() -> None:
    model, made = line((0, 1), (1, 3), (2, 3))

    assert list(close_loose_ends(model, made, chances(p12=LEAST / 2))) == []
    assert len(model.connections) == 3


def ring() -> tuple[Model, dict[int, ModelObject]]:
    """O0 feeds O1; O2 and O3 feed each other."""
    model = Model()
    names = ("Source", "Sink", "Queue", "Processor")
    made = {i: model.add(ModelObject(f"O{i}", name)) for i, name in enumerate(names)}
    for a, b in ((0, 1), (2, 3), (3, 2)):
        model.connect(made[a], made[b])
    return model, made


def test_a_ring_gets_a_way_in_and_a_way_out() -> None:
    model, made = ring()

    told = list(close_loose_ends(model, made, chances(p02=0.3, p03=0.2, p31=0.4)))

    assert links_of(model) >= {("O0", "O2"), ("O3", "O1")}
    assert [item.text for item in told] == [
        "Nothing came to “O2” from a source; “O0” is taken to feed “O2”.",
        "Nothing came from “O3” to a sink; “O3” is taken to feed “O1”.",
    ]


def test_an_island_that_nothing_points_to_stays_for_the_checker() -> None:
    assert list(close_loose_ends(*ring(), chances())) == []
