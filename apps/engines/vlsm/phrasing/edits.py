"""Refinement turns: what people ask of a model that exists, and what it means."""

from __future__ import annotations

from collections.abc import Callable

from ...factories.factory import Factory
from .markup import Markup
from .restructure import append, insert, line, open_end, parallel, remove, replace
from .revalue import set_alike, set_list, set_order, set_value
from .turn import Turn
from .turn_links import connect, disconnect, move, rename, reroute, swap
from .turn_service import leave_alone, serve
from .turn_speech import compose

CHINESE_SHARE = 0.1
REQUESTS: dict[Callable[[Turn], str | None], int] = {
    set_value: 22,
    set_alike: 8,
    set_list: 6,
    set_order: 1,
    parallel: 8,
    line: 4,
    insert: 18,
    append: 5,
    open_end: 6,
    replace: 3,
    remove: 9,
    rename: 8,
    connect: 6,
    disconnect: 5,
    reroute: 7,
    swap: 4,
    move: 4,
    serve: 4,
    leave_alone: 2,
}
"""What may be asked, and how often."""


def write_turn(factory: Factory, mark: Markup, held_out: bool = False) -> tuple[str, Turn]:
    """One to four requests about `factory` (changed in place) as a template, and their pieces.

    `held_out` asks for the phrasings that training never sees. Where nothing could be asked, the
    template and the pieces are empty.
    """
    rng = mark.rng
    turn = Turn(factory, mark, held_out=held_out)
    names = factory.stations
    foreign = sum(not station.name.isascii() for station in names)
    share = 0.8 if foreign == len(names) else 0.4 if foreign else CHINESE_SHARE
    turn.chinese = rng.random() < share
    turn.partial_rate, mark.partial_rate, mark.article_rate = mark.partial_rate, 0.0, 0.0
    if turn.chinese:
        mark.quotes = ("“", "”")
        mark.quote_rate = rng.choice([0.0, 0.0, 1.0, 1.0, 0.5])
        mark.lower_rate = 0.0
    said: list[str] = []
    writers, weights = list(REQUESTS), list(REQUESTS.values())
    for _ in range(rng.choices([1, 2, 3, 4], [60, 27, 10, 3])[0]):
        for _attempt in range(8):
            text = rng.choices(writers, weights)[0](turn)
            if text:
                said.append(text)
                break
    return compose(said, turn) if said else "", turn
