"""The decoder's vocabulary: FlexScript by its meaning, with pointers for names and numbers.

A script is a sequence of *pieces*. A piece is a fixed token (a class, a property, a distribution,
a unit, an edit), a pointer to an entity (an object seen in prompt, sketch or earlier script) or a
pointer to a number of the prompt. `writer` spells pieces out as FlexScript, statement by statement.
`Grammar` says which pieces may follow, so that decoding cannot leave the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

CLASSES = ("Source", "Queue", "Processor", "Sink")
TIME_PROPERTIES = ("InterArrivalTime", "ProcessTime", "SetupTime")
NUMBER_PROPERTIES = ("MaxContent", "StackBaseZ")
OPTION_PROPERTIES = ("LIFO", "ItemPlacement")
PROPERTIES_OF = {
    "Source": ("InterArrivalTime",),
    "Queue": ("MaxContent", "LIFO", "ItemPlacement", "StackBaseZ"),
    "Processor": ("ProcessTime", "SetupTime", "MaxContent"),
    "Sink": (),
}
ARITY = {"constant": 1, "exponential": 1, "uniform": 2, "normal": 2, "triangular": 3}
UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0}
UNIT_NAMES = ("s", "min", "h", "/s", "/min", "/h")

SPECIAL = ("<pad>", "<bos>", "<eos>")
EDITS = ("SET", "CLONE", "DELETE", "RENAME", "LINK", "UNLINK")
VOCABULARY: tuple[str, ...] = (
    *SPECIAL,
    "NEW",
    *EDITS,
    *(f"CLASS:{name}" for name in CLASSES),
    *(f"PROP:{name}" for name in TIME_PROPERTIES + NUMBER_PROPERTIES + OPTION_PROPERTIES),
    *(f"DIST:{name}" for name in ARITY),
    *(f"UNIT:{name}" for name in UNIT_NAMES),
    *(f"VALUE:{number}" for number in range(5)),
)
TOKEN_ID = {token: index for index, token in enumerate(VOCABULARY)}
PAD, BOS, EOS = (TOKEN_ID[token] for token in SPECIAL)


@dataclass(frozen=True)
class Piece:
    """One decoding step: a fixed token, an entity or a number (by index)."""

    kind: Literal["token", "entity", "number"]
    index: int

    def __str__(self) -> str:
        return VOCABULARY[self.index] if self.kind == "token" else f"{self.kind}[{self.index}]"


def token(name: str) -> Piece:
    return Piece("token", TOKEN_ID[name])


@dataclass(frozen=True)
class Allowed:
    """Pieces that may come next: token ids, entity indices, any number or none."""

    tokens: frozenset[int]
    entities: frozenset[int] = frozenset()
    numbers: bool = False


def _ids(prefix: str) -> frozenset[int]:
    return frozenset(i for name, i in TOKEN_ID.items() if name.startswith(prefix))


_EDIT = frozenset(TOKEN_ID[name] for name in EDITS)


class Grammar:
    """Tracks a decoding and answers what may follow (a deterministic automaton).

    Args:
        entities: how many entities exist (pointers 0..entities-1).
        existing: classes of the entities that an earlier script already created; None for a new
            script.
    """

    def __init__(self, entities: int, existing: dict[int, str] | None = None) -> None:
        self.count = entities
        self.refining = existing is not None
        self.classes: dict[int, str] = dict(existing or {})
        self.links: set[tuple[int, int]] = set()
        self.deleted: set[int] = set()
        self.renamed: set[int] = set()
        self.queue: list[str] = []
        self.head = ""
        self.subject: int | None = None
        self.used_properties: set[str] = set()
        self.sources_done: set[int] = set()
        self.targets = 0

    def allowed(self) -> Allowed:
        """What may come now."""
        if not self.queue:
            return self._statement()
        need = self.queue[0]
        if need == "number":
            return Allowed(frozenset(), numbers=True)
        if need.startswith("tokens:"):
            return Allowed(_ids(need.removeprefix("tokens:")))
        if need.startswith("value:"):
            values = need.removeprefix("value:").split(",")
            return Allowed(frozenset(TOKEN_ID[f"VALUE:{value}"] for value in values))
        return Allowed(frozenset(), self._entities(need))

    def _statement(self) -> Allowed:
        tokens = set() if self.head == "LINK" and not self.refining else {TOKEN_ID["NEW"]}
        entities: frozenset[int] = frozenset()
        if self.head == "LINK" and self.subject is not None and self.targets:
            entities = self._entities("target")
        if self.refining:
            tokens |= _EDIT
        elif len(self.classes) > 1:
            tokens.add(TOKEN_ID["LINK"])
        if self.subject is not None and self.head in ("NEW", "SET", "CLONE"):
            owner = self.classes[self.subject]
            free = [p for p in PROPERTIES_OF.get(owner, ()) if p not in self.used_properties]
            tokens |= {TOKEN_ID[f"PROP:{name}"] for name in free}
        if self.head:
            tokens.add(EOS)
        tokens = {item for item in tokens if self._possible(VOCABULARY[item])}
        return Allowed(frozenset(tokens), entities)

    def _possible(self, name: str) -> bool:
        """Statements whose entities do not exist are not offered."""
        if name in ("NEW", "CLONE"):
            return bool(self._entities("new"))
        if name == "LINK":
            return bool(self._entities("source"))
        if name in EDITS:
            return bool(self._entities("old"))
        return True

    def _entities(self, need: str) -> frozenset[int]:
        alive = {i for i in self.classes if i not in self.deleted}
        if need == "new":
            return frozenset(i for i in range(self.count) if i not in self.classes)
        if need == "source":
            open_ends = [i for i in self.classes if i in alive and self.classes[i] != "Sink"]
            if self.refining:
                return frozenset(open_ends)
            # A new script connects its objects in the order it created them.
            return frozenset([i for i in open_ends if i not in self.sources_done][:1])
        if need == "target":
            return frozenset(
                i
                for i in alive
                if i != self.subject
                and (self.subject, i) not in self.links
                and self.classes[i] != "Source"
            )
        if need == "other":
            return frozenset(alive - {self.subject})
        return frozenset(alive)

    def push(self, piece: Piece) -> None:
        """Take one piece; it must be allowed."""
        if piece.kind == "entity":
            self._push_entity(piece.index)
        elif piece.kind == "number":
            self.queue.pop(0)
        elif self.queue:
            self._push_detail(VOCABULARY[piece.index])
        else:
            self._push_statement(VOCABULARY[piece.index])

    def _push_statement(self, name: str) -> None:
        if name.startswith("PROP:"):
            self.used_properties.add(name.removeprefix("PROP:"))
            self.queue = _needs_of(name.removeprefix("PROP:"))
            return
        self.head, self.subject, self.targets = name, None, 0
        self.used_properties = set()
        self.queue = {
            "NEW": ["new", "tokens:CLASS:"],
            "SET": ["subject"],
            "CLONE": ["origin", "new"],
            "DELETE": ["gone"],
            "RENAME": ["subject", "new"],
            "LINK": ["source", "target"],
            "UNLINK": ["subject", "other"],
        }[name]

    def _push_detail(self, name: str) -> None:
        self.queue.pop(0)
        if name.startswith("CLASS:") and self.subject is not None:
            self.classes[self.subject] = name.removeprefix("CLASS:")
        if name.startswith("DIST:"):
            self.queue += ["number"] * ARITY[name.removeprefix("DIST:")]

    def _push_entity(self, index: int) -> None:
        need = self.queue.pop(0) if self.queue else "target"
        if need == "new":
            self._created(index)
        elif need == "target":
            self.links.add((self.subject if self.subject is not None else -1, index))
            self.targets += 1
        elif need == "gone":
            self.deleted.add(index)
        else:
            self.subject = index
            if need == "source":
                self.sources_done.add(index)

    def _created(self, index: int) -> None:
        if self.head == "RENAME":
            if self.subject is not None:
                self.classes[index] = self.classes[self.subject]
                self.deleted.add(self.subject)
        elif self.head == "CLONE" and self.subject is not None:
            self.classes[index] = self.classes[self.subject]
        else:
            self.classes[index] = ""
        self.subject = index


def _needs_of(prop: str) -> list[str]:
    if prop in TIME_PROPERTIES:
        return ["tokens:DIST:", "tokens:UNIT:"]
    if prop in NUMBER_PROPERTIES:
        return ["number"]
    return ["value:0,1"] if prop == "LIFO" else ["value:1,2,3,4"]


def check_sequence(pieces: Sequence[Piece], grammar: Grammar) -> None:
    """Raise ValueError where a sequence leaves the grammar (used on training targets)."""
    for step, piece in enumerate(pieces):
        allowed = grammar.allowed()
        fits = {
            "token": piece.index in allowed.tokens,
            "entity": piece.index in allowed.entities,
            "number": allowed.numbers,
        }[piece.kind]
        if not fits:
            raise ValueError(f"piece {step} ({piece}) is not allowed after {pieces[:step][-6:]}")
        if piece != Piece("token", EOS):
            grammar.push(piece)
