"""Constrained decoding with a model that never learned: what holds, holds for any weights."""

from __future__ import annotations

import copy

import pytest
import torch

from apps.engines.factories.roles import CLASSES
from apps.engines.vlsm.actions import EOS, Grammar, Piece, check_sequence
from apps.engines.vlsm.batching import Batcher
from apps.engines.vlsm.decoding import Decoded, _connections
from apps.engines.vlsm.encoding import MAX_TOKENS
from apps.engines.vlsm.examples import Entity, Inputs, usable_numerals
from apps.engines.vlsm.facts import ATTRIBUTES
from apps.engines.vlsm.layers import Pairs
from apps.engines.vlsm.modeling import Vlsm, VlsmConfig
from apps.engines.vlsm.name_edges import _without_glue
from apps.engines.vlsm.pretrained import load_encoder, load_tokenizer

PROMPT = "A1 feeds B1, B1 feeds C1 and C1 feeds D1. B1 holds 5, C1 takes 30 s."


@pytest.fixture(scope="module")
def model() -> Vlsm:
    torch.manual_seed(3)
    text = load_encoder().config.to_dict() | {"max_position_embeddings": MAX_TOKENS}
    return Vlsm(VlsmConfig(text=text | {"num_hidden_layers": 2}, tag_layers=1)).eval()


def inputs() -> Inputs:
    entities = []
    for name in ("A1", "B1", "C1", "D1"):
        spans = [(i, i + 2) for i in range(len(PROMPT)) if PROMPT.startswith(name, i)]
        entities.append(Entity(name, spans))
    spans = [span for entity in entities for span in entity.spans]
    return Inputs(PROMPT, entities, usable_numerals(PROMPT, spans))


def decoded(model: Vlsm) -> Decoded:
    return Batcher(model, load_tokenizer()).decode(inputs())


def test_what_any_weights_write_is_within_the_grammar(model: Vlsm) -> None:
    found = decoded(model)

    assert found.complete
    heads = [str(piece) for piece in found.pieces]
    until = heads.index("LINK") if "LINK" in heads else len(heads) - 1
    check_sequence(found.pieces[:until], Grammar(4))


def test_an_object_that_the_encoder_is_sure_of_is_not_forgotten(model: Vlsm) -> None:
    model = copy.deepcopy(model)
    with torch.no_grad():
        model.token_head.bias.fill_(-50.0)
        model.token_head.bias[EOS] = 50.0
        model.attribute_head.bias[: len(CLASSES)] = 20.0

    found = decoded(model)

    created = {p.index for p in found.pieces if p.kind == "entity"}
    assert created == {0, 1, 2, 3}
    assert any(choice.overruled for choice in found.choices)


def test_without_the_constraint_a_script_ends_where_it_leaves_the_grammar(model: Vlsm) -> None:
    found = Batcher(model, load_tokenizer()).decode(inputs(), constrained=False)

    assert not found.complete
    with pytest.raises(ValueError, match="not allowed"):
        check_sequence([*found.pieces, Piece("token", EOS)], Grammar(4))


def test_stopping_keeps_what_there_is(model: Vlsm) -> None:
    seen: list[Piece] = []

    found = Batcher(model, load_tokenizer()).decode(
        inputs(), lambda c: bool(seen.append(c.piece)) or len(seen) == 2
    )

    assert not found.complete
    assert found.pieces == seen


UNORDERED = [[0] * 4] * 4


def connections(
    classes: dict[int, str], links: list[list[float]], containers: set[int]
) -> list[tuple[str, float]]:
    return [
        (str(x.piece), x.probability) for x in _connections(classes, links, UNORDERED, containers)
    ]


def test_outputs_are_connected_in_the_order_in_which_they_are_told() -> None:
    classes = {0: "Source", 1: "Queue", 2: "Queue"}
    links = [[0.0, 0.9, 0.9], [0.0] * 3, [0.0] * 3]
    told_at = [[0, 4, 2], [0] * 3, [0] * 3]

    made = [str(choice.piece) for choice in _connections(classes, links, told_at, set())]

    assert made == ["LINK", "entity[0]", "entity[2]", "entity[1]"]


def test_the_place_where_a_link_is_told_is_the_mention_that_tells_most() -> None:
    whose = torch.tensor([[[1.0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]])
    scores = torch.zeros(1, 4, 4)
    scores[0, 1, 2] = 3.0

    assert Pairs.told_at(scores, whose)[0].tolist()[1] == [2, 1, 3, 4]


def test_connections_follow_the_scores_of_pairs_and_the_classes() -> None:
    classes = {0: "Source", 1: "Processor", 2: "Sink", 3: "Operator"}
    links = [[0.9, 0.8, 0.4, 0.1], [0.9, 0.9, 0.85, 0.95], [0.9] * 4, [0.9] * 4]

    assert connections(classes, links, set()) == [
        ("LINK", 1.0),
        ("entity[0]", 1.0),
        ("entity[1]", 0.8),
        ("LINK", 1.0),
        ("entity[1]", 1.0),
        ("entity[2]", 0.85),
        ("entity[3]", 0.95),
    ]


def test_what_feeds_containers_is_connected_first() -> None:
    classes = {0: "Source", 1: "Source", 2: "Combiner"}
    links = [[0.0, 0.0, 0.9], [0.0, 0.0, 0.8], [0.0] * 3]

    made = connections(classes, links, {1})

    assert [name for name, _ in made if name != "LINK"][::2] == ["entity[1]", "entity[0]"]


def test_attributes_begin_with_the_classes() -> None:
    assert ATTRIBUTES[: len(CLASSES)] == tuple(f"CLASS:{name}" for name in CLASSES)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mill into", "Mill"),
        ("the Mill", "Mill"),
        ("Pick and Place", "Pick and Place"),
        ("Goods Out", "Goods Out"),
        ("Mill A", "Mill A"),
        ("mill a", "mill a"),
        ("to", "to"),
    ],
)
def test_names_neither_begin_nor_end_with_words_that_join(said: str, name: str) -> None:
    start, end = _without_glue(said, (0, len(said)))

    assert said[start:end] == name
