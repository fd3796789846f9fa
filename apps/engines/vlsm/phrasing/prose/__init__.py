"""Prompts as people write them: free prose, notes and formal notation, in many thousand wordings.

`compose_prose` keeps the contract of `prompts.compose`: a template with marks that tells every
setting, and links and classes where asked. A tenth of the phrasings is held out from training.
"""

from __future__ import annotations

from collections.abc import Callable

from ....factories.factory import Factory
from ..markup import Markup
from ..turn_forms import is_held_out
from . import notation, styles
from .chinese import compose_chinese
from .facts import Teller
from .forms import Forms
from .rough import OPENINGS, SKETCHES, aside, with_slips

__all__ = ["STYLES", "compose_chinese", "compose_prose", "is_held_out"]

STYLES: dict[str, tuple[Callable[[Teller], str], float]] = {
    "journey": (styles.journey, 20),
    "report": (styles.report, 9),
    "letter": (styles.letter, 6),
    "question": (styles.question, 6),
    "talk": (styles.talk, 6),
    "notes": (styles.notes, 5),
    "steps": (styles.steps, 4),
    "careless": (styles.careless_note, 6),
    "requirements": (styles.requirements, 3),
    "backwards": (styles.backwards, 4),
    "station by station": (styles.station_by_station, 6),
    "answers": (styles.answers, 3),
    "run-on": (styles.run_on, 5),
    "arrows": (notation.arrows, 6),
    "key values": (notation.key_values, 4),
    "yaml": (notation.yaml, 4),
    "json": (notation.json, 2),
    "table": (notation.table, 4),
    "nodes and edges": (notation.nodes_and_edges, 3),
    "by class": (notation.by_class, 6),
}
"""Whole-prompt styles with their weights."""
_FORMAL = frozenset(("arrows", "key values", "yaml", "json", "table", "nodes and edges"))


def compose_prose(
    factory: Factory,
    mark: Markup,
    *,
    links: bool,
    classes: bool,
    held_out: bool = False,
    style: str = "",
) -> str:
    """A template that tells `factory`: all settings, links and classes where asked.

    `held_out` draws the phrasings that training never sees; `style` is a key of STYLES, drawn by
    weight where empty.
    """
    rng = mark.rng
    teller = Teller(factory, mark, Forms(rng, held_out), links, classes)
    names = [name for name in STYLES if links or name not in ("arrows", "backwards", "journey")]
    style = style or rng.choices(names, [STYLES[name][1] for name in names])[0]
    formal = style in _FORMAL
    if formal:
        mark.word_rate = mark.article_rate = mark.quote_rate = 0.0
    text = STYLES[style][0](teller)
    if teller.grouped and any(mark.name(i) not in text for i in range(len(factory.stations))):
        # "The mills" tells nothing where no mill has been named.
        mark.forget()
        teller = Teller(factory, mark, teller.forms, links, classes, grouping=False)
        text = STYLES[style][0](teller)
    if rng.random() < (0.2 if formal else 0.3) and style not in ("letter", "question"):
        opening = teller.forms.pick(OPENINGS).replace("{cat}", factory.category)
        text = opening + ("\n" if "\n" in text else rng.choice([" ", "\n"])) + text
    if not links and rng.random() < 0.75:
        text += rng.choice([" ", "\n"] if text.endswith((".", "!", "?")) else ["\n"])
        text += teller.forms.pick(SKETCHES)
    beside = 0 if formal or style == "letter" else rng.choices([0, 1, 2], [70, 22, 8])[0]
    for _ in range(beside):
        text = _beside(text, aside(teller), teller)
    return with_slips(text, teller) if not formal and rng.random() < 0.12 else text


def _beside(text: str, said: str, teller: Teller) -> str:
    return f"{text}\n{said}" if teller.rng.random() < 0.6 or "\n" in text else f"{said} {text}"
