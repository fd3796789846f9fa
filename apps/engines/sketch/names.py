"""From what was read to the names that it may stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .numbers import consistent

LIKE = 0.6
"""Likeness from which a label is taken for a name."""
SAME_BUT_NUMBER = 0.75
CLEARLY, UNLIKE = 0.8, 0.3
CAPITALS = 3
"""Labels with a capital from which the others are taken to have one."""
_CONFUSED = (
    "1il|!tj7",
    "0oqdc",
    "9gq4",
    "5s",
    "2z",
    "6bg",
    "8b3",
    "uvwy",
    "ceo",
    "nmhr",
    "ft",
    "kx",
)
_NEAR = {frozenset((a, b)) for group in _CONFUSED for a in group for b in group if a != b}

_SAME_SHAPE = "copsuvwxz"
"""Letters that a pen writes alike, large and small."""

Kinds = Mapping[str, float]
"""Probability per FlexSim class."""


def snap(
    labels: Sequence[tuple[str, float]],
    names: Sequence[str],
    drawn: Sequence[Kinds] = (),
    told: Mapping[str, Kinds] | None = None,
) -> list[tuple[str, float]]:
    """(label, confidence) per object, as the names they most likely are; "" is no label.

    Each name is used once, for the best likeness in all. Objects left over get the names left over,
    by likeness and by class (`drawn` per object, `told` per name), but for clear writing that is like
    no name: that stays as it was read.
    """
    out = list(labels)
    known = list(dict.fromkeys(names))
    if not known:
        return capitalised(consistent(out))
    objects, free = set(range(len(out))), set(range(len(known)))
    kinds = _kinds([text for text, _ in labels], known)
    for floor, numbers, trust in ((LIKE, True, 1.0), (SAME_BUT_NUMBER, False, 0.5)):
        for i, j, score in _matched(out, known, sorted(objects), sorted(free), numbers):
            if score >= floor and known[j] not in kinds:
                out[i] = (_spelled(known[j], out[i][0]), round(score * trust, 4))
                objects.discard(i)
                free.discard(j)
    agree = _agreement(known, drawn, told or {})
    _by_elimination(out, known, objects, free, agree)
    if len(objects) <= len(free):
        return out
    mended = capitalised(consistent(out))
    return [mended[i] if i in objects else label for i, label in enumerate(out)]


def capitalised(labels: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """ "Rexgu output" beside "Upper Chopper" is "Rexgu Output", and "welder" beside "Picker" and
    "Masking 5" is "Welder": these letters look the same."""
    words = [text.split() for text, _ in labels]
    out = list(labels)
    later = [word for found in words for word in found[1:] if word[0] not in _SAME_SHAPE]
    if _all_capital(later, 1):
        out = [
            (" ".join(map(_with_capital, found)) if _has_capital(found) else text, confidence)
            for found, (text, confidence) in zip(words, labels, strict=True)
        ]
    first = [found[0] for found in words if found and found[0][0] not in _SAME_SHAPE]
    if _all_capital(first, CAPITALS):
        out = [(_with_capital(text) if text[:1] != "p" else text, sure) for text, sure in out]
    return out


def _all_capital(words: Sequence[str], least: int) -> bool:
    """Whether at least so many words begin with a capital, and none with a small letter."""
    small = any(word[0].islower() for word in words)
    return not small and sum(word[0].isupper() for word in words) >= least


def _has_capital(words: Sequence[str]) -> bool:
    return any(word[0].isupper() for word in words)


def _with_capital(word: str) -> str:
    return word[0].upper() + word[1:] if word and word[0] in _SAME_SHAPE else word


def _kinds(labels: Sequence[str], names: Sequence[str]) -> set[str]:
    """Names of several drawn objects together: "crusher" where there are "Crusher 1" and 2."""
    counted = {label for label in labels if label[-1:].isdigit()}
    stems = Counter(label.rstrip("0123456789").strip(" _-#.").casefold() for label in counted)
    return {name for name in names if stems[name.casefold()] > 1}


def _spelled(name: str, read: str) -> str:
    """People write "the bin" of what they have drawn as "Bin"."""
    drawn_as_name = read[:1].isupper() and not read.isupper() and name.islower()
    return read if drawn_as_name and read.casefold() == name.casefold() else name


def _matched(
    read: Sequence[tuple[str, float]],
    known: Sequence[str],
    objects: Sequence[int],
    free: Sequence[int],
    numbers: bool,
) -> list[tuple[int, int, float]]:
    """The pairing of objects and names with the greatest likeness in all."""
    from scipy.optimize import linear_sum_assignment

    if not objects or not free:
        return []
    score = np.array([[likeness(read[i][0], known[j], numbers) for j in free] for i in objects])
    rows, columns = linear_sum_assignment(-(score**2))
    return [(objects[r], free[c], float(score[r, c])) for r, c in zip(rows, columns, strict=True)]


def _agreement(
    known: Sequence[str], drawn: Sequence[Kinds], told: Mapping[str, Kinds]
) -> Callable[[int, int], float]:
    """0..1: how likely object i and name j are of the same class."""

    def agree(i: int, j: int) -> float:
        if i >= len(drawn) or known[j] not in told:
            return 0.0
        kinds = told[known[j]]
        return sum(share * kinds.get(name, 0.0) for name, share in drawn[i].items())

    return agree


def _by_elimination(
    out: list[tuple[str, float]],
    known: Sequence[str],
    objects: set[int],
    free: set[int],
    agree: Callable[[int, int], float],
) -> None:
    """Names left over go to objects left over unless the writing there clearly says another; where
    there are more objects than names, to those with hardly any."""
    from scipy.optimize import linear_sum_assignment

    rest = [i for i in sorted(objects) if not _clearly_other(out[i], known, free)]
    if len(objects) > len(free):
        rest = [i for i in rest if out[i][0] and _is_hardly(out[i][0])]
    left = sorted(free)
    if not rest or len(rest) > len(left):
        return
    score = np.array(
        [[likeness(out[i][0], known[j], numbers=False) + agree(i, j) for j in left] for i in rest]
    )
    rows, columns = linear_sum_assignment(-score)
    for row, column in zip(rows, columns, strict=True):
        out[rest[row]] = (known[left[column]], 0.3)
        objects.discard(rest[row])


def _is_hardly(text: str) -> bool:
    """Whether a reading is no word: "2.", "V"."""
    return len(_plain(text)) < 2


def _clearly_other(read: tuple[str, float], known: Sequence[str], free: set[int]) -> bool:
    text, confidence = read
    if _is_hardly(text) or confidence < CLEARLY:
        return False
    return all(likeness(text, known[j], numbers=False) < UNLIKE for j in free)


def likeness(read: str, name: str, numbers: bool = True) -> float:
    """0..1 by an edit distance in which letters that look alike count little.

    With `numbers`, other digits make it another name: "Queue 2" is not "Queue 1".
    """
    a, b = _plain(read), _plain(name)
    if not a or not b:
        return 0.0
    cost, clash = _distance(a, b)
    score = max(0.0, 1.0 - cost / max(len(a), len(b)))
    return min(score, LIKE - 0.01) if numbers and clash else score


def _distance(a: str, b: str) -> tuple[float, bool]:
    """Edit distance, and whether a digit met a different one or was lost on the best way."""
    row = [(float(j), any(c.isdigit() for c in b[:j])) for j in range(len(b) + 1)]
    for x in a:
        previous, row = row, [(row[0][0] + 1.0, row[0][1] or x.isdigit())]
        for j, y in enumerate(b, 1):
            step = _substitution(x, y)
            options = (
                (previous[j - 1][0] + step[0], previous[j - 1][1] or step[1]),
                (previous[j][0] + 1.0, previous[j][1] or x.isdigit()),
                (row[j - 1][0] + 1.0, row[j - 1][1] or y.isdigit()),
            )
            row.append(min(options))
    return row[-1]


def _substitution(x: str, y: str) -> tuple[float, bool]:
    if x == y:
        return (0.0, False)
    if x.isdigit() and y.isdigit():
        return (1.0, True)
    if frozenset((x, y)) in _NEAR:
        return (0.3, False)
    return (1.0, x.isdigit() or y.isdigit())


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c in "|!")
