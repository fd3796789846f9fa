"""The decoder's vocabulary: FlexScript by its meaning, with pointers for names and numbers.

A script is a sequence of *pieces*. A piece is a fixed token (a class, a property, a distribution,
a unit, an edit), a pointer to an entity (an object seen in prompt, sketch or earlier script) or a
pointer to a number of the prompt. `writer` spells pieces out as FlexScript, statement by statement.
`Grammar` says which pieces may follow, so that decoding cannot leave the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..factories.roles import CLASSES, is_resource, link_kind, may_link
from .rewiring import REWIRING, apart, bypassed, rewired

TIME_PROPERTIES = (
    "InterArrivalTime",
    "ProcessTime",
    "SetupTime",
    "MinimumDwellTime",
    "LoadTime",
    "UnloadTime",
    "MoveTime",
)
NUMBER_PROPERTIES = (
    "MaxContent",
    "StackBaseZ",
    "ComponentsList",
    "SeparateQty",
    "NumProcessOperators",
    "Speed",
    "MaxSpeed",
    "Capacity",
)
OPTION_VALUES = {
    "LIFO": (0, 1),
    "ItemPlacement": (1, 2, 3, 4),
    "CombineMode": (1, 2, 3),
    "SeparateMode": (0, 1),
    "UseProcessOperators": (0, 1),
    "UseTransport": (0, 1),
}
OPTION_PROPERTIES = tuple(OPTION_VALUES)
_MACHINE = ("ProcessTime", "SetupTime", "UseProcessOperators", "NumProcessOperators")
_EXECUTER = ("Capacity", "MaxSpeed", "LoadTime", "UnloadTime")
PROPERTIES_OF = {
    "Source": ("InterArrivalTime", "UseTransport"),
    "Queue": ("MaxContent", "LIFO", "ItemPlacement", "StackBaseZ", "UseTransport"),
    "Processor": (*_MACHINE, "MaxContent", "UseTransport"),
    "Sink": (),
    "Combiner": (*_MACHINE, "CombineMode", "ComponentsList", "UseTransport"),
    "Separator": (*_MACHINE, "SeparateMode", "SeparateQty", "UseTransport"),
    "Rack": ("MinimumDwellTime", "UseTransport"),
    "StraightConveyor": ("Speed",),
    "Dispatcher": (),
    "TaskExecuter": _EXECUTER,
    "Operator": _EXECUTER,
    "Transporter": _EXECUTER,
    "Robot": ("MoveTime", *_EXECUTER),
}
ARITY = {
    "constant": 1,
    "exponential": 1,
    "uniform": 2,
    "normal": 2,
    "triangular": 3,
    "lognormal2": 2,
    "weibull": 2,
    "gamma": 2,
    "beta": 4,
}
UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0}
UNIT_NAMES = ("s", "min", "h", "/s", "/min", "/h")

SPECIAL = ("<pad>", "<bos>", "<eos>")
CHANGES = ("SET", "CLONE", "DELETE", "RENAME", "LINK", "UNLINK")
WAYS = (*REWIRING, "LINE")
"""Changes of the way of items; LINE copies stations in a row as a line of their own."""
EDITS = (*CHANGES, *WAYS)
"""What a refinement may say."""
VOCABULARY: tuple[str, ...] = (
    *SPECIAL,
    "NEW",
    *CHANGES,
    *(f"CLASS:{name}" for name in CLASSES),
    *(f"PROP:{name}" for name in TIME_PROPERTIES + NUMBER_PROPERTIES + OPTION_PROPERTIES),
    *(f"DIST:{name}" for name in ARITY),
    *(f"UNIT:{name}" for name in UNIT_NAMES),
    *(f"VALUE:{number}" for number in range(5)),
    *WAYS,
)
"""Weights keep their rows in this order; what is new goes to the end."""
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

    def __contains__(self, piece: Piece) -> bool:
        if piece.kind == "number":
            return self.numbers
        return piece.index in (self.tokens if piece.kind == "token" else self.entities)


def _ids(prefix: str) -> frozenset[int]:
    return frozenset(i for name, i in TOKEN_ID.items() if name.startswith(prefix))


_NOT = {"sender": ("Sink",), "receiver": ("Source",), "passage": ("Source", "Sink")}
"""What an end of a changed way cannot be."""
_NEEDS: dict[str, tuple[str, ...]] = {
    "NEW": ("new", "tokens:CLASS:"),
    "SET": ("subject",),
    "CLONE": ("origin", "new"),
    "LINE": ("origin", "new", "origin", "new"),
    "DELETE": ("gone",),
    "RENAME": ("subject", "new"),
    "LINK": ("source", "target"),
    "UNLINK": ("linked", "other"),
} | {head: ends for head, (ends, _) in REWIRING.items()}
"""What a statement must say, in order. LINK may go on with targets, LINE with pairs."""
_EDIT = frozenset(TOKEN_ID[name] for name in EDITS)


class Grammar:
    """Tracks a decoding and answers what may follow (a deterministic automaton).

    Args:
        entities: how many entities exist (pointers 0..entities-1).
        existing: classes of the entities that an earlier script already created; None for a new
            script.
        links: how the earlier script connects them; only what is connected can be disconnected.
    """

    def __init__(
        self,
        entities: int,
        existing: dict[int, str] | None = None,
        links: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.count = entities
        self.refining = existing is not None
        self.classes: dict[int, str] = dict(existing or {})
        self.links: set[tuple[int, int]] = set(links)
        self.deleted: set[int] = set()
        self.ends: list[int] = []
        self.twins: list[tuple[int, int]] = []
        self.queue: list[str] = []
        self.head = ""
        self.subject: int | None = None
        self.used_properties: set[str] = set()
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
        tokens = {TOKEN_ID["NEW"]}
        entities: frozenset[int] = frozenset()
        if self.head == "LINK" and self.subject is not None and self.targets:
            entities = self._entities("target")
        if self.head == "LINE" and self._entities("new"):
            entities = self._entities("origin")
        if self.refining:
            tokens |= _EDIT
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
        if name == "LINE":
            return len(self._entities("new")) > 1
        if name in ("NEW", "CLONE"):
            return bool(self._entities("new"))
        if name == "LINK":
            return bool(self._entities("source"))
        if name == "UNLINK":
            return bool(self._entities("linked"))
        if name in REWIRING:
            return bool(self._entities(REWIRING[name][0][0]))
        if name in EDITS:
            return bool(self._entities("old"))
        return True

    def _entities(self, need: str) -> frozenset[int]:
        alive = {i for i in self.classes if i not in self.deleted}
        if need == "new":
            return frozenset(i for i in range(self.count) if i not in self.classes)
        if need == "source":
            return frozenset(i for i in alive if any(self._may_link(i, j) for j in alive))
        if need == "target":
            subject = -1 if self.subject is None else self.subject
            return frozenset(i for i in alive if self._may_link(subject, i))
        if need == "linked":
            return frozenset(a for a, b in self.links if a in alive and b in alive)
        if need == "other":
            return frozenset(b for a, b in self.links if a == self.subject and b in alive)
        if need == "feeding":
            return frozenset(a for a, b in self._flow())
        if need == "fed":
            return frozenset(b for a, b in self._flow() if a == self.subject)
        if need in _NOT:
            free = (i for i in self._stations() if i not in self.ends)
            return frozenset(i for i in free if self.classes[i] not in _NOT[need])
        return frozenset(alive)

    def _stations(self) -> Iterator[int]:
        """What items pass."""
        return (
            i for i, name in self.classes.items() if i not in self.deleted and not is_resource(name)
        )

    def _flow(self) -> list[tuple[int, int]]:
        """Connections of stations that are there."""
        known = set(self._stations())
        return [link for link in self.links if known.issuperset(link)]

    def _may_link(self, source: int, target: int) -> bool:
        if source == target or (source, target) in self.links:
            return False
        return may_link(self.classes.get(source, ""), self.classes[target])

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
        self.ends, self.twins = [], []
        self.queue = list(_NEEDS[name])

    def _push_detail(self, name: str) -> None:
        self.queue.pop(0)
        if name.startswith("CLASS:") and self.subject is not None:
            self.classes[self.subject] = name.removeprefix("CLASS:")
        if name.startswith("DIST:"):
            self.queue += ["number"] * ARITY[name.removeprefix("DIST:")]

    def _push_entity(self, index: int) -> None:
        if not self.queue:
            self.queue = ["origin", "new"] if self.head == "LINE" else ["target"]
        need = self.queue.pop(0)
        if need == "new":
            self._created(index)
        elif need == "target":
            self.links.add((self.subject if self.subject is not None else -1, index))
            self.targets += 1
        elif need == "other":
            self.links.discard((self.subject if self.subject is not None else -1, index))
        elif need == "gone":
            self._delete(index)
        elif self.head in REWIRING:
            self._take_end(index)
        else:
            self.subject = index

    def _take_end(self, index: int) -> None:
        self.subject = index if self.subject is None else self.subject
        self.ends.append(index)
        if not self.queue:
            self._rewire(rewired(self.head, self.ends, self._flow()))
            if self.head == "REPLACE":
                self.deleted.add(self.ends[0])

    def _rewire(self, flow: Iterable[tuple[int, int]]) -> None:
        self.links = (self.links - set(self._flow())) | set(flow)

    def _created(self, index: int) -> None:
        if self.head in ("RENAME", "CLONE", "LINE") and self.subject is not None:
            origin = self.subject
            self.classes[index] = self.classes[origin]
            twins = {_other_end(link, origin, index) for link in self.links if origin in link}
            if self.head == "RENAME":
                self.deleted.add(origin)
                self.links = {link for link in self.links if origin not in link}
            else:
                self.twins.append((origin, index))
            self.links |= twins
            self._rewire(apart(self.twins, self._flow()))
        else:
            self.classes[index] = ""
        self.subject = index

    def _delete(self, index: int) -> None:
        """What fed a deleted object feeds what it fed (`editing`)."""
        flow = [(a, b) for a, b in self.links if link_kind(self.classes[a], self.classes[b]) == "A"]
        self.deleted.add(index)
        self.links = {link for link in self.links if index not in link} | set(bypassed(flow, index))


def _other_end(link: tuple[int, int], old: int, new: int) -> tuple[int, int]:
    """The link with one end exchanged."""
    a, b = link
    return (new if a == old else a), (new if b == old else b)


def _needs_of(prop: str) -> list[str]:
    if prop in TIME_PROPERTIES:
        return ["tokens:DIST:", "tokens:UNIT:"]
    if prop in NUMBER_PROPERTIES:
        return ["number"]
    return [f"value:{','.join(map(str, OPTION_VALUES[prop]))}"]


def check_sequence(pieces: Sequence[Piece], grammar: Grammar) -> None:
    """Raise ValueError where a sequence leaves the grammar (used on training targets)."""
    for step, piece in enumerate(pieces):
        if piece not in grammar.allowed():
            raise ValueError(f"piece {step} ({piece}) is not allowed after {pieces[:step][-6:]}")
        if piece != Piece("token", EOS):
            grammar.push(piece)
