"""The decoder's grammar: what may follow, and that targets never leave it."""

from __future__ import annotations

import pytest

from apps.engines.vlsm.actions import TOKEN_ID, Grammar, Piece, check_sequence, token


def entity(index: int) -> Piece:
    return Piece("entity", index)


def test_a_script_starts_with_a_new_object() -> None:
    assert Grammar(3).allowed().tokens == {TOKEN_ID["NEW"]}


def test_a_refinement_starts_with_an_edit_or_a_new_object() -> None:
    allowed = Grammar(3, {0: "Source", 1: "Sink"}).allowed().tokens

    assert {TOKEN_ID[name] for name in ("NEW", "SET", "DELETE", "LINK")} <= allowed
    assert TOKEN_ID["<eos>"] not in allowed


def test_properties_belong_to_the_class_and_are_set_once() -> None:
    grammar = Grammar(2)
    for piece in (token("NEW"), entity(0), token("CLASS:Queue")):
        grammar.push(piece)

    assert TOKEN_ID["PROP:MaxContent"] in grammar.allowed().tokens
    assert TOKEN_ID["PROP:ProcessTime"] not in grammar.allowed().tokens
    grammar.push(token("PROP:MaxContent"))
    grammar.push(Piece("number", 0))
    assert TOKEN_ID["PROP:MaxContent"] not in grammar.allowed().tokens


def test_links_go_neither_to_sources_nor_to_themselves() -> None:
    grammar = Grammar(3)
    for index, name in enumerate(("Source", "Processor", "Sink")):
        for piece in (token("NEW"), entity(index), token(f"CLASS:{name}")):
            grammar.push(piece)
    grammar.push(token("LINK"))
    assert grammar.allowed().entities == {0}
    grammar.push(entity(0))

    assert grammar.allowed().entities == {1, 2}


def test_a_distribution_takes_its_number_of_arguments() -> None:
    grammar = Grammar(1)
    for piece in (token("NEW"), entity(0), token("CLASS:Processor"), token("PROP:ProcessTime")):
        grammar.push(piece)
    grammar.push(token("DIST:triangular"))
    grammar.push(token("UNIT:s"))

    for _ in range(3):
        assert grammar.allowed().numbers
        grammar.push(Piece("number", 0))
    assert not grammar.allowed().numbers


def test_what_leaves_the_grammar_is_reported() -> None:
    with pytest.raises(ValueError, match="not allowed"):
        check_sequence([token("LINK")], Grammar(2))
