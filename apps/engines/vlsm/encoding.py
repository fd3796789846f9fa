"""Inputs to tensors: word pieces, name tags, entities, numbers, relations and targets.

The text is `[CLS] prompt [SEP] name ; name ; … [SEP]`, where the names are those of objects that
are known beforehand (earlier script or sketch). B = batch, T = word pieces, E = entities,
N = numerals, S = decoding steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from ..factories.roles import CLASSES
from .actions import BOS, PAD, VOCABULARY, Piece
from .examples import Entity, Example, Inputs
from .facts import ATTRIBUTES, Facts, facts_of

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

MAX_TOKENS = 768
OUTSIDE, BEGIN, INSIDE, IGNORED = 0, 1, 2, -100
ENTITY_FEATURES = 4 + len(CLASSES) * 2 + 2
V = len(VOCABULARY)
GLYPHS = 2048
FIRST_IDEOGRAPH = 0x2E80
MAX_ENTITIES = 64
NUMERAL_SLOT = MAX_ENTITIES
"""Slot ids: 0 plain text, 1 + entity index for mentions, NUMERAL_SLOT for numbers."""


@dataclass
class Encoded:
    """One example as lists; see `collate` for the shapes."""

    input_ids: list[int]
    token_types: list[int]
    glyphs: list[int]
    offsets: list[tuple[int, int]]
    mentions: list[list[int]]
    spans: list[tuple[int, list[int]]]
    """Single mentions in the prompt, in its order: entity and word pieces."""
    features: list[list[float]]
    numerals: list[list[int]]
    relations: list[tuple[int, int, int, float]]
    tags: list[int] = field(default_factory=list)
    steps: list[Piece] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    alternatives: list[list[int]] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)


@dataclass
class EncodedText:
    """Word pieces of `[CLS] prompt [SEP] name [SEP] …`, T of each."""

    ids: list[int]
    types: list[int]
    glyphs: list[int]
    offsets: list[tuple[int, int]]
    """Characters of the prompt; (0, 0) elsewhere."""
    places: list[list[int]]
    """The pieces of each known name."""


def encode_text(
    tokenizer: PreTrainedTokenizerFast, prompt: str, names: Sequence[str]
) -> EncodedText:
    """Word pieces of a prompt and the names known beside it."""
    tails = [_pieces_of(tokenizer, name) for name in names]
    room = MAX_TOKENS - 2 - sum(len(tail[0]) + 1 for tail in tails)
    head, glyphs, offsets = (part[: max(room, 64)] for part in _pieces_of(tokenizer, prompt))
    start, end = tokenizer.cls_token_id, tokenizer.sep_token_id
    out = EncodedText([start, *head, end], [], [0, *glyphs, 0], [(0, 0), *offsets, (0, 0)], [])
    segment = len(out.ids)
    for ids, signs, _ in tails:
        out.places.append(list(range(len(out.ids), min(len(out.ids) + len(ids), MAX_TOKENS))))
        out.ids += [*ids, end]
        out.glyphs += [*signs, 0]
    out.ids, out.glyphs = out.ids[:MAX_TOKENS], out.glyphs[:MAX_TOKENS]
    out.types = [int(place >= segment) for place in range(len(out.ids))]
    out.offsets += [(0, 0)] * (len(out.ids) - len(out.offsets))
    return out


def _pieces_of(
    tokenizer: PreTrainedTokenizerFast, text: str
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Ids, glyphs and character offsets of a text."""
    found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    offsets = [tuple(pair) for pair in found["offset_mapping"]]
    return found["input_ids"], [_glyph(text[a:b]) for a, b in offsets], offsets


def _glyph(piece: str) -> int:
    """A sign of a script that the English word pieces do not know has an embedding of its own,
    found by its code point; 0 for all other pieces."""
    if len(piece) != 1 or ord(piece) < FIRST_IDEOGRAPH:
        return 0
    return 1 + ord(piece) % (GLYPHS - 1)


def known_names(entities: Sequence[Entity]) -> list[int]:
    """Entities whose names stand beside the prompt."""
    return [i for i, item in enumerate(entities) if (item.in_base or item.in_scene) and item.name]


def encode_inputs(tokenizer: PreTrainedTokenizerFast, inputs: Inputs) -> Encoded:
    known = known_names(inputs.entities)
    text = encode_text(tokenizer, inputs.prompt, [inputs.entities[i].name for i in known])
    offsets = text.offsets
    beside = dict(zip(known, text.places, strict=True))
    mentions = [
        [*beside.get(index, []), *(t for span in item.spans for t in tokens_of(offsets, span))]
        for index, item in enumerate(inputs.entities)
    ]
    spans = [
        (index, tokens_of(offsets, span))
        for index, item in enumerate(inputs.entities)
        for span in item.spans
    ]
    spans = sorted((pair for pair in spans if pair[1]), key=lambda pair: pair[1])
    numerals = [tokens_of(offsets, (item.start, item.end)) for item in inputs.numerals]
    relations = [(0, a, b, weight) for a, b, weight in inputs.scene_links]
    relations += [(1, a, b, 1.0) for a, b in inputs.base_links]
    features = [_features(item) for item in inputs.entities]
    return Encoded(
        input_ids=text.ids,
        token_types=text.types,
        glyphs=text.glyphs,
        offsets=offsets,
        mentions=mentions,
        spans=spans,
        features=features,
        numerals=numerals,
        relations=relations,
    )


def tokens_of(offsets: Sequence[tuple[int, int]], span: tuple[int, int]) -> list[int]:
    """Word pieces that overlap the characters of `span`."""
    return [i for i, (a, b) in enumerate(offsets) if a < b and a < span[1] and span[0] < b]


def _features(item: Entity) -> list[float]:
    flags = [float(bool(item.spans)), float(item.in_scene), float(item.in_base), float(item.fresh)]
    empty = [0.0] * len(CLASSES)
    scores = list(item.class_scores)
    drawn, known = (scores, empty) if item.in_scene else (empty, scores)
    return [*flags, *drawn, *known, *item.position]


def encode_example(tokenizer: PreTrainedTokenizerFast, example: Example) -> Encoded:
    """Inputs, name tags and target steps with their subjects."""
    encoded = encode_inputs(tokenizer, example.inputs)
    encoded.tags = _tags(encoded, example.name_spans)
    encoded.steps = example.pieces
    encoded.subjects = subjects_of(example.pieces)
    encoded.facts = facts_of(encoded.steps, encoded.subjects)
    encoded.facts.links += example.links
    encoded.facts.attributes += [(i, ATTRIBUTES.index("Container")) for i in example.containers]
    values = [item.value for item in example.inputs.numerals]
    encoded.alternatives = [
        [i for i, value in enumerate(values) if value == values[piece.index]]
        if piece.kind == "number"
        else []
        for piece in example.pieces
    ]
    return encoded


def subjects_of(pieces: Sequence[Piece]) -> list[int]:
    """The entity that the statement is about, before each step (-1: none yet)."""
    subjects: list[int] = []
    subject = -1
    for piece in pieces:
        subjects.append(subject)
        subject = subject_after(subject, piece)
    return subjects


def subject_after(subject: int, piece: Piece) -> int:
    """Whom the statement is about after one more piece: its first entity."""
    if piece.kind == "entity" and subject < 0:
        return piece.index
    if piece.kind == "token" and not VOCABULARY[piece.index].startswith(_DETAILS):
        return -1
    return subject


_DETAILS = ("CLASS", "PROP", "DIST", "UNIT", "VALUE")
"""Tokens inside a statement; all others begin one."""


def _tags(encoded: Encoded, spans: Sequence[tuple[int, int]]) -> list[int]:
    tags = [
        OUTSIDE if kind == 0 and a < b else IGNORED
        for kind, (a, b) in zip(encoded.token_types, encoded.offsets, strict=True)
    ]
    for span in spans:
        for rank, place in enumerate(tokens_of(encoded.offsets, span)):
            tags[place] = BEGIN if rank == 0 else INSIDE
    return tags


Batch = dict[str, Tensor]


def length_of(count: int) -> int:
    """The length that a text of `count` word pieces is padded to in training."""
    return min(MAX_TOKENS, _up(count, 16 if count <= 160 else 32))


def _up(count: int, step: int) -> int:
    return -(-count // step) * step


def collate(items: Sequence[Encoded], pad_id: int = 0, coarse: bool = False) -> Batch:
    """Pad to a batch; `coarse` rounds lengths up, so that few shapes of batches occur.

    Returns input_ids, token_types, glyphs, text_mask, tags, slots (B, T); mentions (B, E, T) and
    numerals (B, N, T) as averaging weights; spans (B, M, T) likewise for single mentions in text
    order, with span_owners (B, E, M) and, for every number, the mentions before it in number_ranks
    (B, N); features (B, E, F); relations (B, 4, E, E) for drawn and earlier links, each forward and
    backward; inputs, targets, subjects (B, S) with steps as V + entity or V + E + number; accept
    (B, S, V + E + N), the steps that count as right; links (B, E, E), owners (B, E, N), labels
    (B, N, 3) and attributes (B, E, A), see `facts`.
    """
    b = len(items)
    t = max(len(item.input_ids) for item in items)
    e = max(len(item.features) for item in items)
    n = max(1, *(len(item.numerals) for item in items))
    m = max(1, *(len(item.spans) for item in items))
    s = max(len(item.steps) for item in items)
    if coarse:
        t, e, n, m, s = length_of(t), _up(e, 4), _up(n, 8), _up(m, 8), _up(s, 16)
    out = {
        "input_ids": torch.full((b, t), pad_id),
        "token_types": torch.zeros(b, t, dtype=torch.long),
        "glyphs": torch.zeros(b, t, dtype=torch.long),
        "text_mask": torch.zeros(b, t, dtype=torch.bool),
        "tags": torch.full((b, t), IGNORED),
        "mentions": torch.zeros(b, e, t),
        "spans": torch.zeros(b, m, t),
        "span_owners": torch.zeros(b, e, m),
        "slots": torch.zeros(b, t, dtype=torch.long),
        "features": torch.zeros(b, e, ENTITY_FEATURES),
        "entity_mask": torch.zeros(b, e, dtype=torch.bool),
        "numerals": torch.zeros(b, n, t),
        "number_ranks": torch.zeros(b, n, dtype=torch.long),
        "number_mask": torch.zeros(b, n, dtype=torch.bool),
        "relations": torch.zeros(b, 4, e, e),
        "inputs": torch.full((b, s), PAD),
        "subjects": torch.full((b, s), -1),
        "targets": torch.full((b, s), IGNORED),
        "links": torch.zeros(b, e, e),
        "owners": torch.zeros(b, e, n),
        "labels": torch.full((b, n, 3), IGNORED),
        "attributes": torch.zeros(b, e, len(ATTRIBUTES)),
        "accept": torch.zeros(b, s, V + e + n, dtype=torch.bool),
    }
    for row, item in enumerate(items):
        _fill_inputs(out, row, item)
        _fill_targets(out, row, item, e)
    return out


def _fill_inputs(out: dict[str, Any], row: int, item: Encoded) -> None:
    length = len(item.input_ids)
    out["input_ids"][row, :length] = torch.tensor(item.input_ids)
    out["token_types"][row, :length] = torch.tensor(item.token_types)
    out["glyphs"][row, :length] = torch.tensor(item.glyphs)
    out["text_mask"][row, :length] = True
    out["entity_mask"][row, : len(item.features)] = True
    if item.features:
        out["features"][row, : len(item.features)] = torch.tensor(item.features)
    for key, groups in (("mentions", item.mentions), ("numerals", item.numerals)):
        for index, places in enumerate(groups):
            if places:
                out[key][row, index, places] = 1.0 / len(places)
    for rank, (entity, places) in enumerate(item.spans):
        out["spans"][row, rank, places] = 1.0 / len(places)
        out["span_owners"][row, entity, rank] = 1.0
    for index, places in enumerate(item.numerals):
        before = sum(1 for _, span in item.spans if places and span[0] < places[0])
        out["number_ranks"][row, index] = before
    for index, places in enumerate(item.mentions):
        out["slots"][row, places] = index + 1
    for places in item.numerals:
        out["slots"][row, places] = NUMERAL_SLOT
    out["number_mask"][row, : len(item.numerals)] = True
    for kind, a, b, weight in item.relations:
        out["relations"][row, kind * 2, a, b] = weight
        out["relations"][row, kind * 2 + 1, b, a] = weight


def _fill_targets(out: dict[str, Any], row: int, item: Encoded, entities: int) -> None:
    if not item.steps:
        return
    if item.tags:
        out["tags"][row, : len(item.tags)] = torch.tensor(item.tags)
    flat = [flat_index(piece, entities) for piece in item.steps]
    out["targets"][row, : len(flat)] = torch.tensor(flat)
    out["inputs"][row, : len(flat)] = torch.tensor([BOS, *flat[:-1]])
    out["subjects"][row, : len(flat)] = torch.tensor(item.subjects)
    for a, b in item.facts.links:
        out["links"][row, a, b] = 1.0
    for owner, number in item.facts.owners:
        out["owners"][row, owner, number] = 1.0
    for entity, attribute in item.facts.attributes:
        out["attributes"][row, entity, attribute] = 1.0
    out["labels"][row, : len(item.numerals)] = 0
    for number, labels in item.facts.labels.items():
        out["labels"][row, number] = torch.tensor(labels)
    for step, index in enumerate(flat):
        out["accept"][row, step, index] = True
        for other in item.alternatives[step]:
            out["accept"][row, step, V + entities + other] = True


def flat_index(piece: Piece, entities: int) -> int:
    """Position of a piece in the joint distribution over tokens, entities and numbers."""
    return piece.index + {"token": 0, "entity": V, "number": V + entities}[piece.kind]
