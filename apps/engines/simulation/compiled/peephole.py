"""Shorter programs that do the same: what the translation of user code leaves behind is removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from .program import LARGEST_EXACT, Op, Program

Step = tuple[Op, int, float]
Code = list[Step]
Rule = Callable[[Code, list[int]], Code | None]
Rules = Sequence[Sequence[tuple[int, Rule]]]  # by the first step that they apply to
MAX_KEPT = 512  # programs that stay shortened
_JUMPS = (Op.JUMP, Op.JUMP_UNLESS)
_LEAVES = (Op.RETURN, Op.JUMP)
_LOAD, _PUSH, _EXACT = Op.LOAD, Op.PUSH, Op.EXACT  # an enumeration finds its members slowly
_PLAIN = (Op.PUSH, Op.LOAD, Op.NOW, Op.PORT, Op.CURRENT)  # one value more, and never given up


def shortened(program: Program) -> Program:
    """Remembered, since an experiment lowers the same code again and again."""
    return replace(program, code=list(_shortened(tuple(program.code))))


@lru_cache(MAX_KEPT)
def _shortened(steps: tuple[Step, ...]) -> Code:
    code, before = list(steps), -1
    while len(code) != before:
        before = len(code)
        code = rewritten(_without_aliases(_reachable(code)), _RULES)
    return code


def rules_by_step(rules: Iterable[tuple[Iterable[Op], int, Rule]]) -> Rules:
    """What rewrites so many steps that begin with one of these, to be tried in this order."""
    found: list[list[tuple[int, Rule]]] = [[] for _ in Op]
    for firsts, length, rule in rules:
        for op in firsts:
            found[op].append((length, rule))
    return found


def rewritten(code: Code, rules: Rules) -> Code:
    """Every rule once, from the left; nothing that is jumped to is drawn together."""
    targets, place, size = _targets(code), 0, len(code)
    loads = [a for op, a, _ in code if op == _LOAD]
    kept: list[Code | None] = [[step] for step in code]
    while place < size:
        for length, rule in rules[code[place][0]]:
            last = place + length
            if last > size or (targets and not targets.isdisjoint(range(place + 1, last))):
                continue
            short = rule(code[place:last], loads)
            if short is not None:
                kept[place:last] = [short, *([[]] * (length - 1))]
                place += length - 1
                break
        place += 1
    return _joined(kept)


def _joined(parts: Sequence[Code | None]) -> Code:
    """The parts in a row; a jump leads to where the step it led to has gone."""
    places, size = [], 0
    for part in parts:
        places.append(size)
        size += len(part or ())
    places.append(size)
    steps = (step for part in parts for step in part or ())
    return [(op, places[a] if op in _JUMPS else a, x) for op, a, x in steps]


def _targets(code: Code) -> set[int]:
    return {a for op, a, _ in code if op in _JUMPS}


def _reachable(code: Code) -> Code:
    """Without what follows a return or a jump and is not jumped to."""
    targets, alive = _targets(code), True
    parts: list[Code | None] = []
    for place, step in enumerate(code):
        alive = alive or place in targets
        parts.append([step] if alive else None)
        alive = alive and step[0] not in _LEAVES
    return _joined(parts)


def _without_aliases(code: Code) -> Code:
    """A local that is `current` wherever it is read: `current` itself."""
    targets = _targets(code)
    for place in range(len(code) - 1):
        (first, _, _), (second, local, _) = code[place : place + 2]
        if first == Op.CURRENT and second == Op.STORE:
            used = [n for n, (op, a, _) in enumerate(code) if a == local and _local(op)]
            straight = used[0] == place + 1 and not targets.intersection(
                range(place + 1, used[-1] + 1)
            )
            if straight and all(code[n][0] == Op.LOAD for n in used[1:]):
                return _renamed(code, place, used[1:])
    return code


def _local(op: Op) -> bool:
    return op in (Op.LOAD, Op.STORE)


def _renamed(code: Code, place: int, loads: list[int]) -> Code:
    parts: list[Code | None] = [[step] for step in code]
    parts[place] = parts[place + 1] = None
    for load in loads:
        parts[load] = [(Op.CURRENT, 0, 0.0)]
    return _joined(parts)


# Rules: a few steps in a row and all locals that are read → the shorter steps, or None


def _constant(window: Code, loads: list[int]) -> Code | None:
    del loads
    (one, _, x), (two, _, _) = window
    if one == _PUSH and two == _EXACT and abs(x) <= LARGEST_EXACT:
        return window[:1]
    return None


def _unused(window: Code, loads: list[int]) -> Code | None:
    del loads
    return [] if window[0][0] in _PLAIN and window[1][0] == Op.POP else None


def _own_label(window: Code, loads: list[int]) -> Code | None:
    del loads
    (one, _, _), (two, label, _) = window
    return [(Op.OWN_LABEL, label, 0.0)] if (one, two) == (Op.CURRENT, Op.LABEL) else None


def _carried(window: Code, loads: list[int]) -> Code | None:
    """Stored and read again at once, and nowhere else."""
    (one, a, _), (two, b, _) = window
    return [] if (one, two) == (Op.STORE, Op.LOAD) and a == b and loads.count(a) == 1 else None


def _set_own_label(window: Code, loads: list[int]) -> Code | None:
    del loads
    (one, _, _), value, (three, label, _) = window
    if one == Op.CURRENT and value[0] in _PLAIN and three == Op.SET_LABEL:
        return [value, (Op.SET_OWN_LABEL, label, 0.0)]
    return None


def _set_item_label(window: Code, loads: list[int]) -> Code | None:
    del loads
    ops = tuple(step[0] for step in window)
    return window[1:2] if ops == (Op.COPY, Op.SET_ITEM_LABEL, Op.POP) else None


_RULES = rules_by_step((
    ((Op.PUSH,), 2, _constant), (_PLAIN, 2, _unused), ((Op.CURRENT,), 2, _own_label),
    ((Op.STORE,), 2, _carried), ((Op.CURRENT,), 3, _set_own_label),
    ((Op.COPY,), 3, _set_item_label),
))  # fmt: skip
