"""Greedy decoding under the grammar: names are found first, then pieces are pointed at.

The connections of a new script are read off the encoder's scores of all pairs at once; the causal
decoder, which takes them one after the other, finds fewer of them whole.
Every step's distribution is masked to what `actions.Grammar` allows; how often that changed the
model's first choice is counted, and the probability of each choice is kept, so that the page can
say what was uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from ..factories.roles import CLASSES, RESOURCES, may_link
from .actions import BOS, EOS, TOKEN_ID, Allowed, Grammar, Piece, token
from .encoding import BEGIN, INSIDE, V, collate, encode_inputs, encode_text, subjects_of
from .examples import Inputs
from .facts import ATTRIBUTES
from .modeling import Memory, Vlsm

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

MAX_PIECES = 500
LINKED = 0.5
"""Probability from which a pair of objects is connected."""
PLACE = 2.5
"""What an object's place in the network adds to the logit of its class."""
SURE_OBJECT = 0.6
"""Probability of a class from which an entity must become an object."""


@dataclass(frozen=True)
class Choice:
    """A decoded piece with its probability and whether the grammar overruled the first choice."""

    piece: Piece
    probability: float
    overruled: bool


@dataclass
class Decoded:
    """All choices of one decoding; `complete` is False where the length limit cut it off."""

    choices: list[Choice] = field(default_factory=list)
    complete: bool = False
    links: list[list[float]] = field(default_factory=list)
    """How likely each entity feeds each other, by the encoder alone."""

    @property
    def pieces(self) -> list[Piece]:
        return [choice.piece for choice in self.choices]

    @property
    def interventions(self) -> int:
        """How many steps the grammar changed."""
        return sum(choice.overruled for choice in self.choices)


@torch.inference_mode()
def find_names(
    model: Vlsm, tokenizer: PreTrainedTokenizerFast, prompt: str, known: Sequence[str] = ()
) -> list[tuple[int, int]]:
    """Character spans of the prompt that name objects."""
    text = encode_text(tokenizer, prompt, known)
    batch = {
        "input_ids": torch.tensor([text.ids]),
        "token_types": torch.tensor([text.types]),
        "glyphs": torch.tensor([text.glyphs]),
        "text_mask": torch.ones(1, len(text.ids), dtype=torch.bool),
    }
    tags = model.tag(batch)[0].argmax(-1).tolist()
    spans: list[tuple[int, int]] = []
    for place, (tag, kind) in enumerate(zip(tags, text.types, strict=True)):
        start, end = text.offsets[place]
        if kind or start == end:
            continue
        if tag == BEGIN or (tag == INSIDE and not _continues(spans, prompt, start)):
            spans.append((start, end))
        elif tag == INSIDE:
            spans[-1] = (spans[-1][0], end)
    return list(dict.fromkeys(_whole_name(prompt, span) for span in spans))


def _continues(spans: list[tuple[int, int]], prompt: str, start: int) -> bool:
    """Whether a piece at `start` can belong to the last name: blanks between, but no new line."""
    between = prompt[spans[-1][1] : start] if spans else "\n"
    return not between.strip() and "\n" not in between


_QUOTED = re.compile(r"“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|«([^«»\n]{1,60})»|`([^`\n]{1,60})`")


def _whole_name(prompt: str, span: tuple[int, int]) -> tuple[int, int]:
    """A name found inside quotation marks is all that stands between them."""
    for match in _QUOTED.finditer(prompt):
        start, end = match.span(match.lastindex or 0)
        if start <= span[0] and span[1] <= end:
            return start, end
    return _without_glue(prompt, _whole_word(prompt, span))


_GLUE = frozenset(
    "a after an and are at before behind between by for from into is of or that the then to which "
    "with".split()
)
"""Words that no name begins or ends with."""


def _without_glue(prompt: str, span: tuple[int, int]) -> tuple[int, int]:
    """ "Mill into" in "Crusher into Mill and Mill into Paint" is "Mill"."""
    start, end = span
    words = list(re.finditer(r"\S+", prompt[start:end]))
    while len(words) > 1 and words[-1][0] in _GLUE - {"a"}:  # "mill a" is a name.
        words.pop()
    while len(words) > 1 and words[0][0].lower() in _GLUE:
        words.pop(0)
    return (start + words[0].start(), start + words[-1].end()) if words else span


def _whole_word(prompt: str, span: tuple[int, int]) -> tuple[int, int]:
    """Word pieces can end inside a word; a name never does."""
    start, end = span
    while end < len(prompt) and _joined(prompt[end]) and _joined(prompt[end - 1]):
        end += 1
    while start > 0 and _joined(prompt[start - 1]) and _joined(prompt[start]):
        start -= 1
    return start, end


def _joined(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


@torch.inference_mode()
def decode(
    model: Vlsm,
    tokenizer: PreTrainedTokenizerFast,
    inputs: Inputs,
    on_choice: Callable[[Choice], bool] | None = None,
    constrained: bool = True,
    on_read: Callable[[Memory], None] | None = None,
) -> Decoded:
    """Decode one script. `on_choice` sees every choice and may return True to stop; `on_read` sees
    what the encoder read before anything is written."""
    decoding = _Decoding(model, tokenizer, inputs, constrained)
    if on_read:
        on_read(decoding.memory)
    decoded = Decoded(links=decoding.links.tolist())
    for choice in decoding.choices():
        decoded.choices.append(choice)
        if choice.piece == Piece("token", EOS):
            decoded.complete = True
        elif on_choice and on_choice(choice):
            break
    return decoded


class _Decoding:
    """The state of one decoding: what was read, the grammar, the decoder's cache."""

    def __init__(
        self,
        model: Vlsm,
        tokenizer: PreTrainedTokenizerFast,
        inputs: Inputs,
        constrained: bool,
    ) -> None:
        batch = collate([encode_inputs(tokenizer, inputs)], tokenizer.pad_token_id)
        self.model, self.memory = model, model.encode(batch)
        self.links = self.memory.links[0].float().sigmoid()
        self.grammar = Grammar(len(inputs.entities), inputs.base_classes, inputs.base_links)
        self.constrained = constrained
        self.past: list[tuple[Tensor, Tensor]] | None = None
        self.pieces: list[Piece] = []
        classes = self.memory.attributes[0, :, : len(CLASSES)].float().sigmoid().amax(-1)
        self.sure = {i for i, value in enumerate(classes.tolist()) if value >= SURE_OBJECT}
        said = self.memory.attributes[0].float().sigmoid()
        self.resource = said[:, _RESOURCES].amax(-1)
        self.containers = {i for i, value in enumerate(said[:, _CONTAINER].tolist()) if value > 0.5}

    def choices(self) -> Iterator[Choice]:
        """Choices up to the end of the script or the length limit."""
        flat, only = BOS, frozenset[int]()
        while len(self.pieces) < MAX_PIECES:
            choice, flat = self._next(flat, only)
            only = frozenset()
            if choice.piece == Piece("token", EOS) and not self.grammar.refining:
                only = frozenset(self.sure - self.grammar.classes.keys())
                if not only:
                    links = self.links.tolist()
                    yield from _connections(self.grammar.classes, links, self.containers)
                    yield Choice(Piece("token", EOS), 1.0, overruled=False)
                    return
                # An object that the encoder is sure of was forgotten.
                choice, flat = Choice(token("NEW"), choice.probability, True), TOKEN_ID["NEW"]
            yield choice
            if choice.piece == Piece("token", EOS):
                return
            self.grammar.push(choice.piece)
            self.pieces.append(choice.piece)

    def _next(self, flat: int, only: frozenset[int]) -> tuple[Choice, int]:
        """The next choice after `flat`; among entities `only` where some are named."""
        subject = subjects_of([*self.pieces, Piece("token", EOS)])[-1]
        inputs, subjects = torch.tensor([[flat]]), torch.tensor([[subject]])
        logits, self.past = self.model.decode(self.memory, inputs, subjects, self.past)
        allowed = self.grammar.allowed()
        if only:
            allowed = Allowed(frozenset(), allowed.entities & only)
        if _SOURCE in allowed.tokens and subject >= 0:
            logits = self._by_place(logits, subject)
        entities = self.memory.entities.shape[1]
        return _choose(logits[0, -1], allowed, entities, self.memory, self.constrained)

    def _by_place(self, logits: Tensor, entity: int) -> Tensor:
        """Class logits of an entity: what nothing feeds is rather a Source, what feeds nothing a
        Sink."""
        logits = logits.clone()
        most = PLACE * (1 - self.resource[entity])
        logits[..., _SOURCE] += most * (1 - self.links[:, entity].sum().clamp(max=1.0))
        logits[..., _SINK] += most * (1 - self.links[entity].sum().clamp(max=1.0))
        return logits


_SOURCE, _SINK = TOKEN_ID["CLASS:Source"], TOKEN_ID["CLASS:Sink"]
_RESOURCES = [ATTRIBUTES.index(f"CLASS:{name}") for name in RESOURCES]
_CONTAINER = ATTRIBUTES.index("Container")


def _connections(
    classes: dict[int, str], links: list[list[float]], containers: set[int]
) -> Iterator[Choice]:
    """LINK statements of a new script's objects (index to class) for all likely pairs that mean
    something. What feeds a Combiner's containers goes first: they come in by its first port."""
    for source in sorted(classes, key=lambda i: (i not in containers, i)):
        targets = [
            target
            for target in classes
            if target != source
            and links[source][target] >= LINKED
            and may_link(classes[source], classes[target])
        ]
        if targets:
            yield Choice(token("LINK"), 1.0, overruled=False)
            yield Choice(Piece("entity", source), 1.0, overruled=False)
        for target in targets:
            yield Choice(Piece("entity", target), links[source][target], overruled=False)


def _choose(
    logits: Tensor, allowed: Allowed, entities: int, memory: Memory, constrained: bool
) -> tuple[Choice, int]:
    first = int(logits.argmax())
    if constrained:
        mask = torch.zeros_like(logits, dtype=torch.bool)
        mask[list(allowed.tokens)] = True
        mask[[V + index for index in allowed.entities]] = True
        if allowed.numbers and bool(memory.number_mask.any()):
            mask[V + entities :] = memory.number_mask[0]
        if not bool(mask.any()):
            mask[EOS] = True
        logits = logits.masked_fill(~mask, float("-inf"))
    flat = int(logits.argmax())
    probability = float(logits.softmax(-1)[flat])
    return Choice(_piece(flat, entities), probability, flat != first), flat


def _piece(flat: int, entities: int) -> Piece:
    if flat < V:
        return Piece("token", flat)
    if flat < V + entities:
        return Piece("entity", flat - V)
    return Piece("number", flat - V - entities)
