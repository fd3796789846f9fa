"""Where a name in a prompt begins and ends, once a stretch of it is taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAKS = re.compile(r"[，。；：、！？（）;!?\n\t]+")
"""Signs that no name holds."""


def parts_of(prompt: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """A span parted at breaks, without blanks and dashes at its ends."""
    start = span[0]
    for piece in _BREAKS.split(prompt[slice(*span)]):
        begin = prompt.index(piece, start)
        start = begin + len(piece)
        lean = piece.strip(' -–—:,"“”«»`')
        if lean:
            begin += piece.index(lean)
            yield begin, begin + len(lean)


def stands_out(prompt: str, span: tuple[int, int]) -> bool:
    """Whether a capital begins the span within a sentence, and not after another capital word."""
    before = prompt[: span[0]].rstrip(" \"'“«`").rsplit(None, 1)[-1:]
    return prompt[span[0]].isupper() and bool(before) and _goes_on(before[0])


def opens_a_sentence(prompt: str, span: tuple[int, int]) -> bool:
    """Whether the span is all that stands between the beginning of a sentence and a comma."""
    before = prompt[: span[0]].rstrip(" ")
    return prompt[span[1] : span[1] + 1] == "," and (not before or before[-1] in ".!?\n")


def _goes_on(word: str) -> bool:
    return word.endswith((",", "&", "+")) or (word[0].islower() and word[-1].isalpha())


def can_name(prompt: str, span: tuple[int, int]) -> bool:
    """One sign names something if it is a capital letter or stands in quotation marks."""
    start, end = span
    around = prompt[start - 1 : start] + prompt[end : end + 1]
    return end - start > 1 or prompt[start:end].isupper() or around in _MARKS


_MARKS = ('""', "''", "``", "“”", "«»")


_QUOTED = re.compile(r"“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|«([^«»\n]{1,60})»|`([^`\n]{1,60})`")


def whole_name(prompt: str, span: tuple[int, int]) -> tuple[int, int]:
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
    "a after an and are at before behind between by for from into is of on or over past that the "
    "then through to under via which with".split()
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
    while end < len(prompt) and is_joined(prompt[end]) and is_joined(prompt[end - 1]):
        end += 1
    while start > 0 and is_joined(prompt[start - 1]) and is_joined(prompt[start]):
        start -= 1
    return start, end


def is_joined(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


def written(prompt: str, pattern: str) -> Iterator[tuple[int, int]]:
    """Where a pattern stands in a prompt as words of their own, in capitals or not."""
    for match in re.finditer(pattern, prompt, re.IGNORECASE):
        start, end = match.span()
        before = start > 0 and is_joined(prompt[start - 1]) and is_joined(prompt[start])
        after = end < len(prompt) and is_joined(prompt[end]) and is_joined(prompt[end - 1])
        if not before and not after:
            yield start, end
