"""Names in a prompt: what the tagger marks, made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from .encoding import BEGIN, INSIDE, encode_text
from .modeling import Vlsm

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast


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
    batch = {key: value.to(model.device) for key, value in batch.items()}
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
    whole = dict.fromkeys(_whole_name(prompt, span) for span in spans)
    return [span for span in whole if _can_name(prompt, span)]


def _can_name(prompt: str, span: tuple[int, int]) -> bool:
    """One sign names something if it is a capital letter or stands in quotation marks."""
    start, end = span
    around = prompt[start - 1 : start] + prompt[end : end + 1]
    return end - start > 1 or prompt[start:end].isupper() or around in _MARKS


_MARKS = ('""', "''", "``", "“”", "«»")


def _continues(spans: list[tuple[int, int]], prompt: str, start: int) -> bool:
    """Whether a piece at `start` can belong to the last name: blanks between, but no new line."""
    between = prompt[spans[-1][1] : start] if spans else "\n"
    return not between.strip() and "\n" not in between


_QUOTED = re.compile(r"“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|«([^«»\n]{1,60})»|`([^`\n]{1,60})`")


def _whole_name(prompt: str, span: tuple[int, int]) -> tuple[int, int]:
    """A name found inside quotation marks is all that stands between them, or one of a list."""
    for match in _QUOTED.finditer(prompt):
        start, end = match.span(match.lastindex or 0)
        for part in re.finditer(r"[^,;、]+", prompt[start:end]):
            first = start + part.start() + len(part[0]) - len(part[0].lstrip())
            last = start + part.start() + len(part[0].rstrip())
            if first <= span[0] and span[1] <= last:
                return first, last
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
