"""Numbers at the end of labels: "Mill 1", "Queue_2". Pens and readers confuse them with letters, and
the drawing's other labels tell them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from .text import Text, read_line

NUMBERED = 2
"""From so many labels that end in a number on, a drawing is one that numbers its objects."""
MOST = 6
"""At most this many labels are read again."""
SURE = 0.85
ALIKE = {"1": "Iil|!tr", "2": "zZ", "3": "s", "4": "yh", "5": "Ss", "6": "b", "9": "gq"}
"""Letters that a last digit is read as."""
ALONE = "Iil|!zsS"
"""Those of them that are hardly ever a name's last word."""
STROKES = "Iil|!"
"""Those that a 1 is read as at the end of a word."""
USUAL, MOSTLY = 3, 0.75
"""So many labels, and this share of the others, are needed to say how one is written."""
_NUMBER = re.compile(r"(.*?[^\W\d])([\s_\-#.]*)(\d+)")


def read_again(image: Image.Image, labels: Sequence[Text | None]) -> list[Text | None]:
    """Labels without a number among numbered ones get a second look, closer and a little further to
    the right; what is read there counts if it is the same word with a number."""
    out = list(labels)
    if sum(_ends_in_number(label) for label in labels) < NUMBERED:
        return out
    doubtful = [i for i, label in enumerate(labels) if label and not _ends_in_number(label)]
    for index in doubtful[:MOST]:
        first = out[index]
        assert first is not None
        second = read_line(image, _widened(first.box), height=48)
        if second is not None and second.confidence >= SURE and _same_word(first, second):
            out[index] = replace(first, text=second.text.rstrip("{}[]()| "))
    return out


def _ends_in_number(label: Text | None) -> bool:
    return label is not None and _NUMBER.fullmatch(label.text) is not None


def _widened(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    tall = bottom - top
    return (left - 0.3 * tall, top - 0.15 * tall, right + 0.8 * tall, bottom + 0.15 * tall)


def _same_word(first: Text, second: Text) -> bool:
    found = _NUMBER.fullmatch(second.text.rstrip("{}[]()| "))
    if not found:
        return False
    read, word = _letters(first.text), _letters(found[1])
    return read == word or read[:-1] == word


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def consistent(labels: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """ "Mill l" beside "Mill 2" is "Mill 1", "Mill z" beside "Mill 1" is "Mill 2", "Mill2" beside
    "Rack 1", "Saw 1" and "Press 2" is "Mill 2", and so on."""
    used: dict[str, set[int]] = {}
    joints: Counter[str] = Counter()
    for text, _ in labels:
        if found := _NUMBER.fullmatch(text):
            used.setdefault(_letters(found[1]), set()).add(int(found[3]))
            joints[found[2]] += 1
    count = joints.total()
    loose = ALONE if count >= NUMBERED else ""
    glued = STROKES if count >= max(USUAL, MOSTLY * (len(labels) - 1)) else ""
    out = []
    for text, confidence in labels:
        digit = _digit_for(text, used, loose, glued)
        out.append((_joined(text[:-1] + digit if digit else text, joints), confidence))
    return out


def _joined(text: str, joints: Counter[str]) -> str:
    """With what usually stands before the number, where that was read as nothing."""
    found = _NUMBER.fullmatch(text)
    if not found or found[2] or not joints:
        return text
    joint, count = joints.most_common(1)[0]
    alike = count >= USUAL and count >= MOSTLY * (joints.total() - 1)
    return f"{found[1]}{joint}{found[3]}" if alike else text


def _digit_for(text: str, used: dict[str, set[int]], loose: str, glued: str) -> str | None:
    """The digit that a label's last letter stands for, if its word is numbered elsewhere, or if the
    letter is one of `loose` and stands alone, or one of `glued`. The number is then taken."""
    word = _letters(text[:-1])
    fitting = [digit for digit, letters in ALIKE.items() if text[-1:] and text[-1] in letters]
    alone = text[-1:] in loose and text[-2:-1] in {*" _-#"}
    known = word in used or alone or text[-1:] in glued
    if not word or not fitting or not known:
        return None
    taken = used.setdefault(word, set())
    free = [digit for digit in fitting if int(digit) not in taken]
    if not free:
        return None
    best = min(free, key=lambda digit: min((abs(int(digit) - n) for n in taken), default=0))
    taken.add(int(best))
    return best
