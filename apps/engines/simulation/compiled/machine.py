"""Runs the stack programs of user code (`simulation.program`) inside the compiled kernel."""

from __future__ import annotations

from math import ceil, floor, isfinite, isnan, sqrt
from typing import Any

import numpy as np

from .jit import called, compiled
from .program import LARGEST_EXACT, Op
from .tables import (
    draw_at,
    in_at,
    label_at,
    local_at,
    node_at,
    out_at,
    own_label_at,
    stack_at,
    step_at,
    stream_at,
)
from .variates import draw

_STEPS = 100_000  # of one call; beyond it the reference kernel decides
(
    _PUSH, _LOAD, _STORE, _POP, _COPY, _JUMP, _JUMP_UNLESS, _RETURN, _ADD, _SUBTRACT, _MULTIPLY,
    _DIVIDE, _DIVIDE_WHOLE, _MODULO, _LESS, _LESS_EQUAL, _EQUAL, _MINIMUM, _MAXIMUM, _NEGATE,
    _NOT, _WHOLE, _FLOOR, _CEIL, _ROUND, _ABSOLUTE, _ROOT, _EXACT, _NOW, _PORT, _CURRENT,
    _ITEM_LABEL, _SET_ITEM_LABEL, _LABEL, _SET_LABEL, _CONTENT, _INPUT, _OUTPUT, _OUT_OBJECT,
    _IN_OBJECT, _OUT_COUNT, _IN_COUNT, _DRAW, _OWN_LABEL, _SET_OWN_LABEL,
) = (int(op) for op in Op)  # fmt: skip
_EXPONENTIAL, _UNIFORM, _DUNIFORM, _NORMAL = 2, 3, 6, 5
_NAN = float("nan")


@called
def fair(spec: Any, count: int) -> bool:
    """Whether arguments that were computed fit the law, as `distributions.check` asks."""
    law, a = spec.law, spec.args
    for index in range(count):
        if not isfinite(a[index]):
            return False
    if law in (_EXPONENTIAL, _NORMAL):
        return a[1] >= 0.0  # type: ignore[no-any-return]
    if law in (_UNIFORM, _DUNIFORM):
        return a[0] <= a[1]  # type: ignore[no-any-return]
    return True


@called
def drawn(p: Any, top: int, law: int, count: int, node: int) -> float:
    """A variate with the uppermost `count` values as arguments."""
    spec = draw_at(p, 0)
    spec.law = law
    for index in range(count):
        spec.args[index] = stack_at(p, top - count + index).value
    if not fair(spec, count):
        return _NAN
    return draw(spec, stream_at(p, node))


@compiled
def binary(op: int, a: float, b: float) -> float:  # noqa: PLR0911 - one return an operation
    """An operation on two numbers; not a number where it has no result."""
    if op == _ADD:
        return a + b
    if op == _EQUAL:
        return 1.0 if a == b else 0.0
    if op == _SUBTRACT:
        return a - b
    if op == _MULTIPLY:
        return a * b
    if op == _LESS:
        return 1.0 if a < b else 0.0
    if op == _LESS_EQUAL:
        return 1.0 if a <= b else 0.0
    if op == _MINIMUM:
        return min(b, a)
    if op == _MAXIMUM:
        return max(b, a)
    if b == 0.0 or not isfinite(a) or not isfinite(b):
        return _NAN
    if op == _DIVIDE:
        return a / b
    rest: float = np.fmod(a, b)
    return rest if op == _MODULO else (a - rest) / b


@compiled
def unary(op: int, a: float) -> float:  # noqa: PLR0911 - one return an operation
    """An operation on one number; not a number where it has no result."""
    if op == _NOT:
        return 1.0 if a == 0.0 else 0.0
    if op == _NEGATE:
        return -a
    if op == _ABSOLUTE:
        return abs(a)
    if op == _ROOT:
        return sqrt(a) if a >= 0.0 else _NAN
    if op == _EXACT:
        return a if abs(a) <= LARGEST_EXACT else _NAN
    if not isfinite(a):
        return _NAN
    if op == _FLOOR:
        return float(floor(a))
    if op == _CEIL:
        return float(ceil(a))
    if op == _ROUND:
        return float(floor(a + 0.5))
    return float(floor(a)) if a >= 0.0 else float(ceil(a))


@compiled
def of_stack(p: Any, op: int, a: int, top: int) -> int:
    """An instruction that moves a value; the new height of the stack."""
    if op == _POP:
        return top - 1
    if op == _STORE:
        local_at(p, a).value = stack_at(p, top - 1).value
        return top - 1
    if op == _LOAD:
        stack_at(p, top).value = local_at(p, a).value
    else:
        stack_at(p, top).value = stack_at(p, top - 1).value
    return top + 1


@compiled
def of_numbers(p: Any, op: int, top: int) -> int:
    """An instruction that computes; the new height of the stack, −1 on giving up."""
    if op < _NEGATE:
        top -= 1
        value = binary(op, stack_at(p, top - 1).value, stack_at(p, top).value)
    else:
        value = unary(op, stack_at(p, top - 1).value)
    stack_at(p, top - 1).value = value
    return -1 if isnan(value) else top


@called
def of_model(p: Any, step: Any, top: int, node: int, port: int) -> int:
    """An instruction that looks at the model; the new height of the stack, −1 on giving up."""
    op, a = step.op, step.a
    if op == _DRAW:
        count = int(step.x)
        stack_at(p, top - count).value = drawn(p, top, a, count, node)
        return top - count + 1
    if op in (_CURRENT, _PORT):
        stack_at(p, top).value = float(node if op == _CURRENT else port)
        return top + 1
    return of_object(p, op, a, top)


@called
def of_object(p: Any, op: int, a: int, top: int) -> int:
    """An instruction that looks at an object on the stack."""
    top -= 2 if op in (_SET_LABEL, _OUT_OBJECT, _IN_OBJECT) else 1
    first = stack_at(p, top)
    if not first.value >= 0.0:
        return -1
    place = int(first.value)
    n = node_at(p, place)
    if op == _SET_LABEL:
        own_label_at(p, place * p.label_count + a).value = stack_at(p, top + 1).value
        return top
    if op == _LABEL:
        first.value = own_label_at(p, place * p.label_count + a).value
        return -1 if isnan(first.value) else top + 1
    if op in (_OUT_OBJECT, _IN_OBJECT):
        found = neighbour(p, n, stack_at(p, top + 1).value, op == _OUT_OBJECT)
        first.value = float(found)
        return top + 1 if found >= 0 else -1
    if op == _CONTENT:
        first.value = float(n.content)
    elif op in (_OUT_COUNT, _IN_COUNT):
        first.value = float(n.links if op == _OUT_COUNT else n.ins)
    else:
        first.value = float(n.input if op == _INPUT else n.output)
    return top + 1


@called
def neighbour(p: Any, n: Any, port: float, out: bool) -> int:
    """The object at that port; −1 where there is no such port."""
    if not 1.0 <= port < (n.links if out else n.ins) + 1.0:
        return -1
    if out:
        return out_at(p, n.first_link + int(port) - 1).target  # type: ignore[no-any-return]
    return in_at(p, n.first_in + int(port) - 1).origin  # type: ignore[no-any-return]


@called
def execute(  # noqa: C901, PLR0912 - a branch for each kind of instruction
    p: Any, start: int, node: int, item: int, port: int
) -> float:
    """The value of the program at `start`; not a number where it gives up."""
    place, top = start, 0
    own, labels = node * p.label_count, item * p.label_count
    for _ in range(_STEPS):
        step = step_at(p, place)
        op = step.op
        place += 1
        if op == _PUSH:
            stack_at(p, top).value = step.x
            top += 1
        elif op in (_ITEM_LABEL, _OWN_LABEL):
            kept = (
                label_at(p, labels + step.a) if op == _ITEM_LABEL else own_label_at(p, own + step.a)
            )
            value = kept.value
            if isnan(value):
                return _NAN
            stack_at(p, top).value = value
            top += 1
        elif op == _SET_ITEM_LABEL:
            top -= 1
            label_at(p, labels + step.a).value = stack_at(p, top).value
        elif op == _SET_OWN_LABEL:
            top -= 1
            own_label_at(p, own + step.a).value = stack_at(p, top).value
        elif op == _NOW:
            stack_at(p, top).value = p.now
            top += 1
        elif op == _RETURN:
            return stack_at(p, top - 1).value  # type: ignore[no-any-return]
        elif op == _JUMP_UNLESS:
            top -= 1
            if stack_at(p, top).value == 0.0:
                place = step.a
        elif op == _JUMP:
            place = step.a
        else:
            if op < _ADD:
                top = of_stack(p, op, step.a, top)
            elif op < _NOW:
                top = of_numbers(p, op, top)
            else:
                top = of_model(p, step, top, node, port)
            if top < 0:
                return _NAN
    return _NAN
