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


def test_links_join_what_can_be_joined() -> None:
    names = ("Source", "Processor", "Sink", "Operator", "Dispatcher")
    grammar = Grammar(5, dict(enumerate(names)))
    grammar.push(token("LINK"))
    assert grammar.allowed().entities == {0, 1, 4}
    grammar.push(entity(0))
    assert grammar.allowed().entities == {1, 2, 3, 4}

    grammar.push(entity(1))
    grammar.push(token("LINK"))
    grammar.push(entity(4))
    assert grammar.allowed().entities == {3}


def refinement() -> Grammar:
    """In → Mill → Out, with room for a fourth object."""
    return Grammar(4, {0: "Source", 1: "Processor", 2: "Sink"}, [(0, 1), (1, 2)])


def test_only_what_is_connected_can_be_disconnected() -> None:
    grammar = refinement()
    grammar.push(token("UNLINK"))
    assert grammar.allowed().entities == {0, 1}
    grammar.push(entity(0))
    assert grammar.allowed().entities == {1}
    grammar.push(entity(1))

    grammar.push(token("UNLINK"))
    assert grammar.allowed().entities == {1}


def test_links_follow_twins_new_names_and_gaps() -> None:
    twin, renamed, gap = refinement(), refinement(), refinement()
    for piece in (token("CLONE"), entity(1), entity(3)):
        twin.push(piece)
    for piece in (token("RENAME"), entity(1), entity(3)):
        renamed.push(piece)
    for piece in (token("DELETE"), entity(1)):
        gap.push(piece)

    assert twin.links == {(0, 1), (1, 2), (0, 3), (3, 2)}
    assert renamed.links == {(0, 3), (3, 2)}
    assert gap.links == {(0, 2)}


def test_a_new_script_has_no_links_among_its_pieces() -> None:
    """They are read off the scores of all pairs."""
    grammar = Grammar(2)
    for piece in (token("NEW"), entity(0), token("CLASS:Source")):
        grammar.push(piece)

    assert TOKEN_ID["LINK"] not in grammar.allowed().tokens


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
