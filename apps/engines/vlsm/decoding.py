"""Greedy decoding under the grammar: pieces are pointed at one after the other.

The connections of a new script are read off the encoder's scores of all pairs at once; the causal
decoder, which takes them one after the other, finds fewer of them whole.
Every step's distribution is masked to what `actions.Grammar` allows; how often that changed the
model's first choice is counted, and the probability of each choice is kept, so that the page can
say what was uncertain.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from ..factories.roles import CLASSES, RESOURCES, may_link
from .actions import BOS, EOS, TOKEN_ID, Allowed, Grammar, Piece, token
from .encoding import V, flat_index, subject_after
from .examples import Inputs
from .facts import ATTRIBUTES
from .layers import Pairs
from .modeling import Memory

MAX_PIECES = 500
LINKED = 0.8
"""Score from which a pair of objects is connected: training weighs pairs that are four times, so
that a score of 0.8 is an even chance."""
PLACE = 2.5
"""What an object's place in the network adds to the logit of its class."""
RIVAL = 0.08
"""Probability from which the second choice of a step is worth a look."""
SURE_OBJECT = 0.6
"""Probability of a class from which an entity must become an object."""


@dataclass(frozen=True)
class Choice:
    """A decoded piece with its probability and whether the grammar overruled the first choice.

    `likelihood` is its probability before the grammar's mask, `rival` what else might have come,
    if that was not unlikely.
    """

    piece: Piece
    probability: float
    overruled: bool
    likelihood: float = 1.0
    rival: Piece | None = None


@dataclass
class Decoded:
    """All choices of one decoding; `complete` is False where the length limit cut it off."""

    choices: list[Choice] = field(default_factory=list)
    complete: bool = False
    links: list[list[float]] = field(default_factory=list)
    """How likely each entity feeds each other, by the encoder alone."""
    memory: Memory | None = None
    """What the encoder read, for another decoding of the same."""

    @property
    def pieces(self) -> list[Piece]:
        return [choice.piece for choice in self.choices]

    @property
    def likelihood(self) -> float:
        """Logarithm of how likely the model finds the whole, whatever the grammar says."""
        return sum(math.log(max(choice.likelihood, 1e-6)) for choice in self.choices)

    @property
    def interventions(self) -> int:
        """How many steps the grammar changed."""
        return sum(choice.overruled for choice in self.choices)


class Decoding:
    """One script on its way: the model is asked for `step`, and `take` draws the consequences.

    `memory` is what the encoder read (batch of one). `step` is the last piece as an index into
    tokens, entities and numbers, and the entity that the statement is about (-1: none yet). The
    script goes on from the pieces that are `begun`.
    """

    def __init__(
        self,
        inputs: Inputs,
        memory: Memory,
        constrained: bool = True,
        begun: Sequence[Piece] = (),
    ) -> None:
        self.begun = list(begun)
        self.memory, self.constrained = memory, constrained
        self.entities, self.numbers = len(inputs.entities), memory.number_mask[0].cpu()
        self.links: list[list[float]] = memory.links[0].float().sigmoid().tolist()
        self.grammar = Grammar(len(inputs.entities), inputs.base_classes, inputs.base_links)
        self.step = (BOS, -1)
        self.count = 0
        self.done = False
        self.only: frozenset[int] = frozenset()
        said = memory.attributes[0].float().sigmoid()
        classes = said[:, : len(CLASSES)].amax(-1).tolist()
        self.sure = {i for i, value in enumerate(classes) if value >= SURE_OBJECT}
        self.resource: list[float] = said[:, _RESOURCES].amax(-1).tolist()
        self.containers = {i for i, value in enumerate(said[:, _CONTAINER].tolist()) if value > 0.5}

    def take(self, logits: Tensor) -> list[Choice]:
        """The choices that follow from the logits (tokens, entities, numbers) of `step`.

        Without the constraint, a script ends where it leaves the grammar.
        """
        allowed = self.grammar.allowed()
        choice, flat = self._choose(logits, allowed)
        if not self.constrained and choice.piece not in allowed:
            self.done = True
            return []
        self.only = frozenset()
        if choice.piece == _END and not self.grammar.refining:
            self.only = frozenset(self.sure - self.grammar.classes.keys())
            if not self.only:
                self.done = True
                end = Choice(_END, 1.0, overruled=False)
                told_at = Pairs.told_at(self.memory.pairs, self.memory.whose)[0].tolist()
                made = _connections(self.grammar.classes, self.links, told_at, self.containers)
                return [*made, end]
            # An object that the encoder is sure of was forgotten.
            choice, flat = Choice(token("NEW"), choice.probability, True), TOKEN_ID["NEW"]
        self.count += 1
        self.done = choice.piece == _END or self.count == MAX_PIECES
        if choice.piece != _END:
            self.grammar.push(choice.piece)
            self.step = (flat, subject_after(self.step[1], choice.piece))
        return [choice]

    def _choose(self, logits: Tensor, allowed: Allowed) -> tuple[Choice, int]:
        """The next choice and its flat index."""
        subject = self.step[1]
        if self.only:
            allowed = Allowed(frozenset(), allowed.entities & self.only)
        if _SOURCE in allowed.tokens and subject >= 0:
            logits = self._by_place(logits, subject)
        first, free = int(logits.argmax()), logits.softmax(-1)
        if self.constrained:
            logits = logits.masked_fill(~self._mask(allowed), float("-inf"))
        shares = logits.softmax(-1)
        flat, second = shares.topk(2).indices.tolist()
        given = self.count < len(self.begun)
        if given:
            flat = flat_index(self.begun[self.count], self.entities)
        near = not given and float(shares[second]) >= RIVAL
        rival = _piece(second, self.entities) if near else None
        piece = _piece(flat, self.entities)
        return Choice(piece, float(shares[flat]), flat != first, float(free[flat]), rival), flat

    def _mask(self, allowed: Allowed) -> Tensor:
        """True for what may come; the end, where nothing may."""
        mask = torch.zeros(V + self.entities + len(self.numbers), dtype=torch.bool)
        mask[list(allowed.tokens)] = True
        mask[[V + index for index in allowed.entities]] = True
        if allowed.numbers:
            mask[V + self.entities :] = self.numbers
        if not bool(mask.any()):
            mask[EOS] = True
        return mask

    def _by_place(self, logits: Tensor, entity: int) -> Tensor:
        """Class logits of an entity: what nothing feeds is rather a Source, what feeds nothing a
        Sink."""
        logits = logits.clone()
        most = PLACE * (1 - self.resource[entity])
        logits[_SOURCE] += most * (1 - min(1.0, sum(row[entity] for row in self.links)))
        logits[_SINK] += most * (1 - min(1.0, sum(self.links[entity])))
        return logits


_END = Piece("token", EOS)
_SOURCE, _SINK = TOKEN_ID["CLASS:Source"], TOKEN_ID["CLASS:Sink"]
_RESOURCES = [ATTRIBUTES.index(f"CLASS:{name}") for name in RESOURCES]
_CONTAINER = ATTRIBUTES.index("Container")


def _connections(
    classes: dict[int, str],
    links: list[list[float]],
    told_at: list[list[int]],
    containers: set[int],
) -> Iterator[Choice]:
    """LINK statements of a new script's objects (index to class) for all likely pairs that mean
    something, the outputs of each in the order of where they are told. What feeds a Combiner's
    containers goes first: they come in by its first port."""
    for source in sorted(classes, key=lambda i: (i not in containers, i)):
        targets = [
            target
            for target in classes
            if target != source
            and links[source][target] >= LINKED
            and may_link(classes[source], classes[target])
        ]
        targets.sort(key=told_at[source].__getitem__)
        if targets:
            yield Choice(token("LINK"), 1.0, overruled=False)
            yield Choice(Piece("entity", source), 1.0, overruled=False)
        for target in targets:
            yield Choice(Piece("entity", target), links[source][target], overruled=False)


def _piece(flat: int, entities: int) -> Piece:
    if flat < V:
        return Piece("token", flat)
    if flat < V + entities:
        return Piece("entity", flat - V)
    return Piece("number", flat - V - entities)
