"""Runs the stack programs of user code (`simulation.program`) inside the compiled kernel."""

from __future__ import annotations

from math import ceil, floor, isfinite, sqrt
from typing import Any

import numpy as np

from .jit import called, compiled
from .program import LARGEST_EXACT, Op
from .variates import draw

_STEPS = 100_000  # of one call; beyond it the reference kernel decides
(
    _PUSH, _LOAD, _STORE, _POP, _COPY, _JUMP, _JUMP_UNLESS, _RETURN, _ADD, _SUBTRACT, _MULTIPLY,
    _DIVIDE, _DIVIDE_WHOLE, _MODULO, _LESS, _LESS_EQUAL, _EQUAL, _MINIMUM, _MAXIMUM, _NEGATE,
    _NOT, _WHOLE, _FLOOR, _CEIL, _ROUND, _ABSOLUTE, _ROOT, _EXACT, _NOW, _PORT, _CURRENT,
    _ITEM_LABEL, _SET_ITEM_LABEL, _LABEL, _SET_LABEL, _CONTENT, _INPUT, _OUTPUT, _OUT_OBJECT,
    _IN_OBJECT, _OUT_COUNT, _IN_COUNT, _DRAW,
) = (int(op) for op in Op)  # fmt: skip
_EXPONENTIAL, _UNIFORM, _DUNIFORM, _NORMAL = 2, 3, 6, 5
_NAN = float("nan")


@compiled
def fair(law: int, a: Any, count: int) -> bool:
    """Whether arguments that were computed fit the law, as `distributions.check` asks."""
    for index in range(count):
        if not isfinite(a[index]):
            return False
    if law in (_EXPONENTIAL, _NORMAL):
        return a[1] >= 0.0  # type: ignore[no-any-return]
    if law in (_UNIFORM, _DUNIFORM):
        return a[0] <= a[1]  # type: ignore[no-any-return]
    return True


@compiled
def drawn(plant_draw: Any, stack: Any, top: int, law: int, count: int, stream: Any) -> float:
    """A variate with the uppermost `count` values as arguments."""
    plant_draw.law = law
    for index in range(count):
        plant_draw.args[index] = stack[top - count + index]
    if not fair(law, plant_draw.args, count):
        return _NAN
    return draw(plant_draw, stream)


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
def of_model(p: Any, step: Any, top: int, node: int, item: int, port: int) -> int:
    """An instruction that looks at the model; the new height of the stack, −1 on giving up."""
    op, a, stack = step.op, step.a, p.stack
    if op == _ITEM_LABEL:
        stack[top] = p.labels[item, a]
        return top + 1 if stack[top] == stack[top] else -1
    if op == _SET_ITEM_LABEL:
        p.labels[item, a] = stack[top - 1]
        return top - 1
    if op == _DRAW:
        count = int(step.x)
        stack[top - count] = drawn(p.draw[0], stack, top, a, count, p.streams[node])
        return top - count + 1
    if op in (_CURRENT, _NOW, _PORT):
        stack[top] = p.system[0].now if op == _NOW else float(node if op == _CURRENT else port)
        return top + 1
    return of_object(p, op, a, top)


@compiled
def of_object(p: Any, op: int, a: int, top: int) -> int:
    """An instruction that looks at an object on the stack."""
    stack = p.stack
    pops = 2 if op in (_SET_LABEL, _OUT_OBJECT, _IN_OBJECT) else 1
    top -= pops
    if not stack[top] >= 0.0:
        return -1
    place = int(stack[top])
    n = p.nodes[place]
    if op == _SET_LABEL:
        p.own_labels[place, a] = stack[top + 1]
        return top
    if op == _LABEL:
        stack[top] = p.own_labels[place, a]
        return top + 1 if stack[top] == stack[top] else -1
    if op in (_OUT_OBJECT, _IN_OBJECT):
        out = op == _OUT_OBJECT
        wanted = stack[top + 1]
        if not 1.0 <= wanted < (n.links if out else n.ins) + 1.0:
            return -1
        row = int(wanted) - 1 + (n.first_link if out else n.first_in)
        stack[top] = float(p.outs[row].target if out else p.ins[row].origin)
    elif op == _CONTENT:
        stack[top] = float(n.content)
    elif op in (_OUT_COUNT, _IN_COUNT):
        stack[top] = float(n.links if op == _OUT_COUNT else n.ins)
    else:
        stack[top] = float(n.input if op == _INPUT else n.output)
    return top + 1


@called
def execute(  # noqa: C901, PLR0912 - a branch for each kind of instruction
    p: Any, start: int, node: int, item: int, port: int
) -> float:
    """The value of the program at `start`; not a number where it gives up."""
    code, stack, local = p.code, p.stack, p.local
    place, top = start, 0
    for _ in range(_STEPS):
        step = code[place]
        op = step.op
        place += 1
        if op == _PUSH:
            stack[top] = step.x
            top += 1
        elif op == _LOAD:
            stack[top] = local[step.a]
            top += 1
        elif op >= _NOW:
            top = of_model(p, step, top, node, item, port)
            if top < 0:
                return _NAN
        elif op >= _ADD:
            if op < _NEGATE:
                top -= 1
                stack[top - 1] = binary(op, stack[top - 1], stack[top])
            else:
                stack[top - 1] = unary(op, stack[top - 1])
            if stack[top - 1] != stack[top - 1]:
                return _NAN
        elif op == _COPY:
            stack[top] = stack[top - 1]
            top += 1
        elif op == _JUMP:
            place = step.a
        else:
            top -= 1
            if op == _RETURN:
                return stack[top]  # type: ignore[no-any-return]
            if op == _STORE:
                local[step.a] = stack[top]
            elif op == _JUMP_UNLESS and stack[top] == 0.0:
                place = step.a
    return _NAN
