"""Greedy decoding under the grammar: names are found first, then pieces are pointed at.

Every step's distribution is masked to what `actions.Grammar` allows; how often that changed the
model's first choice is counted, and the probability of each choice is kept, so that the page can
say what was uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from .actions import BOS, EOS, Allowed, Grammar, Piece
from .encoding import BEGIN, INSIDE, V, collate, encode_inputs, encode_text, subjects_of
from .examples import Inputs
from .modeling import Memory, Vlsm

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

MAX_PIECES = 500


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
    ids, types, offsets, _ = encode_text(tokenizer, prompt, known)
    batch = {
        "input_ids": torch.tensor([ids]),
        "token_types": torch.tensor([types]),
        "text_mask": torch.ones(1, len(ids), dtype=torch.bool),
    }
    tags = model.tag(batch)[0].argmax(-1).tolist()
    spans: list[tuple[int, int]] = []
    for place, (tag, kind) in enumerate(zip(tags, types, strict=True)):
        start, end = offsets[place]
        if kind or start == end:
            continue
        if tag == BEGIN or (tag == INSIDE and not _continues(spans, prompt, start)):
            spans.append((start, end))
        elif tag == INSIDE:
            spans[-1] = (spans[-1][0], end)
    return list(dict.fromkeys(_whole_name(prompt, span) for span in spans))


def _continues(spans: list[tuple[int, int]], prompt: str, start: int) -> bool:
    """Whether a piece at `start` can belong to the last name (at most a space or joint between)."""
    return bool(spans) and len(prompt[spans[-1][1] : start].strip()) == 0


_QUOTED = re.compile(r"“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|«([^«»\n]{1,60})»|`([^`\n]{1,60})`")


def _whole_name(prompt: str, span: tuple[int, int]) -> tuple[int, int]:
    """A name found inside quotation marks is all that stands between them."""
    for match in _QUOTED.finditer(prompt):
        start, end = match.span(match.lastindex or 0)
        if start <= span[0] and span[1] <= end:
            return start, end
    return _whole_word(prompt, span)


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
) -> Decoded:
    """Decode one script. `on_choice` sees every choice and may return True to stop."""
    encoded = encode_inputs(tokenizer, inputs)
    memory = model.encode(collate([encoded], tokenizer.pad_token_id))
    grammar = Grammar(len(inputs.entities), inputs.base_classes)
    decoded = Decoded(links=memory.links[0].float().sigmoid().tolist())
    entities = memory.entities.shape[1]
    past: list[tuple[Tensor, Tensor]] | None = None
    flat = BOS
    while len(decoded.choices) < MAX_PIECES:
        pieces = decoded.pieces
        subject = subjects_of([*pieces, Piece("token", EOS)])[-1]
        logits, past = model.decode(memory, torch.tensor([[flat]]), torch.tensor([[subject]]), past)
        choice, flat = _choose(logits[0, -1], grammar.allowed(), entities, memory, constrained)
        decoded.choices.append(choice)
        if choice.piece == Piece("token", EOS):
            decoded.complete = True
            break
        if on_choice and on_choice(choice):
            break
        grammar.push(choice.piece)
    return decoded


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
