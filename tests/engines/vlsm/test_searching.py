"""A second look at what a refinement might have meant."""

from __future__ import annotations

from collections.abc import Sequence

from apps.engines.vlsm.actions import Piece, token
from apps.engines.vlsm.decoding import Choice, Decoded
from apps.engines.vlsm.modeling import Memory
from apps.engines.vlsm.searching import MOST, likeliest

FIRST, RIVAL, END = token("REROUTE"), token("REFEED"), token("<eos>")


def decoded(piece: Piece, likelihood: float, complete: bool = True) -> Decoded:
    rival = RIVAL if piece == FIRST else None
    choices = [Choice(piece, 0.6, False, likelihood, rival), Choice(END, 1.0, False)]
    return Decoded(choices, complete, memory=Memory())


def chosen(first: float, other: Decoded) -> Piece:
    start, asked = decoded(FIRST, first), []

    def decode(begun: Sequence[Piece], memory: Memory | None) -> Decoded:
        asked.append((list(begun), memory))
        return other if begun else start

    found = likeliest(decode).pieces[0]
    assert asked == [([], None), ([RIVAL], start.memory)]
    return found


def test_the_likelier_whole_is_taken() -> None:
    assert chosen(0.2, decoded(RIVAL, 0.7)) == RIVAL
    assert chosen(0.7, decoded(RIVAL, 0.2)) == FIRST


def test_what_was_cut_off_is_not_taken() -> None:
    assert chosen(0.2, decoded(RIVAL, 0.7, complete=False)) == FIRST


def test_only_so_many_rivals_are_tried() -> None:
    many = Decoded([Choice(FIRST, 0.5, False, 0.5, RIVAL)] * (MOST + 3), complete=True)
    asked = []

    def decode(begun: Sequence[Piece], _memory: Memory | None) -> Decoded:
        asked.append(begun)
        return many

    likeliest(decode)
    assert len(asked) == MOST + 1
