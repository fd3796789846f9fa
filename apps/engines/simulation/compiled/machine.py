"""Runs the stack programs of user code (`simulation.program`) inside the compiled kernel."""

from __future__ import annotations

from math import isfinite, isnan
from typing import Any

from .calculation import binary, unary
from .fusing import CONSTANT, EXACTLY
from .jit import call_code, called, compiled
from .layout import Law
from .program import LARGEST_EXACT, MAX_STEPS, Op
from .tables import (
    cell_at,
    draw_at,
    grid_at,
    in_at,
    item_at,
    known_at,
    label_at,
    local_at,
    node_at,
    out_at,
    own_label_at,
    said_at,
    stack_at,
    step_at,
    stream_at,
)
from .variates import draw, next_log

(
    _PUSH, _LOAD, _STORE, _POP, _COPY, _JUMP, _JUMP_UNLESS, _RETURN, _KEEP, _LOAD_AT, _STORE_AT,
) = (int(op) for op in Op if op < Op.ADD)  # fmt: skip
_ADD, _NEGATE = int(Op.ADD), int(Op.NEGATE)
(
    _NOW, _PORT, _CURRENT, _ITEM_LABEL, _SET_ITEM_LABEL, _LABEL, _SET_LABEL, _CONTENT, _INPUT,
    _OUTPUT, _OUT_OBJECT, _IN_OBJECT, _OUT_COUNT, _IN_COUNT, _STATE, _DRAW, _OWN_LABEL,
    _SET_OWN_LABEL, _DRAW_FROM, _HAS_ITEM_LABEL, _HAS_LABEL, _ITEM_CONTENT, _ITEM_BORN,
    _ITEM_ENTERED, _CELL, _SET_CELL, _SAY, _DRAW_KNOWN,
) = (int(op) for op in Op if Op.NOW <= op < Op.BEGIN)  # fmt: skip
_EXPONENTIAL, _UNIFORM, _DUNIFORM, _NORMAL = 2, 3, 6, 5
_TRIANGULAR, _LOGNORMAL, _LAPLACE = int(Law.TRIANGULAR), int(Law.LOGNORMAL), int(Law.LAPLACE)
_SHAPED = (int(Law.WEIBULL), int(Law.LOGNORMAL2), int(Law.LOGLOGISTIC))
_NAN = float("nan")


@called
def fair(spec: Any, count: int) -> bool:  # noqa: PLR0911 - one return a kind of law
    """Whether arguments that were computed fit the law, as `distributions.check` asks."""
    law, a = spec.law, spec.args
    for index in range(count):
        if not isfinite(a[index]):
            return False
    if law == _NORMAL:
        return a[1] >= 0.0  # type: ignore[no-any-return]
    if law in (_UNIFORM, _DUNIFORM):
        return a[0] <= a[1]  # type: ignore[no-any-return]
    if law == _TRIANGULAR:
        return a[0] <= a[2] and a[2] <= a[1]  # type: ignore[no-any-return]
    if law in _SHAPED:
        return a[2] > 0.0  # type: ignore[no-any-return]
    if law == _LOGNORMAL:
        return a[2] >= 0.0  # type: ignore[no-any-return]
    return law != _LAPLACE or a[1] >= 0.0  # type: ignore[no-any-return]


@compiled
def drawn_exponential(p: Any, top: int, stream: int) -> float:
    """The commonest law, with the two uppermost values."""
    location, scale = stack_at(p, top - 2).value, stack_at(p, top - 1).value
    if not isfinite(location) or not isfinite(scale) or scale < 0.0:
        return _NAN
    return location - scale * next_log(stream_at(p, stream))  # type: ignore[no-any-return]


@called
def drawn(p: Any, top: int, law: int, count: int, stream: int) -> float:
    """A variate with the uppermost `count` values as arguments."""
    if law == _EXPONENTIAL:
        return drawn_exponential(p, top, stream)
    spec = draw_at(p, 0)
    spec.law = law
    for index in range(count):
        spec.args[index] = stack_at(p, top - count + index).value
    if not fair(spec, count):
        return _NAN
    return draw(spec, stream_at(p, stream))


@compiled
def of_stack(p: Any, step: Any, top: int) -> int:
    """An instruction that moves a value; the new height of the stack, −1 on giving up."""
    op, a = step.op, step.a
    if op == _POP:
        return top - 1
    if op in (_STORE, _KEEP):
        local_at(p, a).value = stack_at(p, top - 1).value
        return top - 1
    if op in (_LOAD_AT, _STORE_AT):
        return of_array(p, step, top)
    if op == _LOAD:
        stack_at(p, top).value = local_at(p, a).value
    else:
        stack_at(p, top).value = stack_at(p, top - 1).value
    return top + 1


@called
def of_array(p: Any, step: Any, top: int) -> int:
    """A value of a local array read or written; the new height of the stack, −1 on giving up."""
    top -= 1 if step.op == _LOAD_AT else 2
    place = stack_at(p, top).value
    if not 1.0 <= place < step.x + 1.0:
        return -1
    kept = local_at(p, step.a + int(place) - 1)
    if step.op == _STORE_AT:
        kept.value = stack_at(p, top + 1).value
        return top
    stack_at(p, top).value = kept.value
    return -1 if isnan(kept.value) else top + 1


@compiled
def of_two(p: Any, step: Any, top: int) -> float:
    """An operation on two numbers, the second of which `fusing` may have put into the step."""
    if step.a & CONSTANT:
        value = binary(step.op, stack_at(p, top - 1).value, step.x)
    else:
        value = binary(step.op, stack_at(p, top - 2).value, stack_at(p, top - 1).value)
    if step.a & EXACTLY and not abs(value) <= LARGEST_EXACT:
        return _NAN
    return value


@compiled
def of_numbers(p: Any, step: Any, top: int) -> int:
    """An instruction that computes; the new height of the stack, −1 on giving up."""
    op = step.op
    if op < _NEGATE:
        value = of_two(p, step, top)
        if not step.a & CONSTANT:
            top -= 1
    else:
        value = unary(op, stack_at(p, top - 1).value)
    stack_at(p, top - 1).value = value
    return -1 if isnan(value) else top


@called
def of_model(  # noqa: PLR0911 - one return a kind of instruction
    p: Any, step: Any, top: int, node: int, item: int, port: int
) -> int:
    """An instruction that looks at the model; the new height of the stack, −1 on giving up."""
    op, a = step.op, step.a
    if op == _DRAW_KNOWN:
        stack_at(p, top).value = draw(known_at(p, a), stream_at(p, node))
        return top + 1
    if op in (_DRAW, _DRAW_FROM):
        count, stream = int(step.x), node
        if op == _DRAW_FROM:
            top -= 1
            stream = int(stack_at(p, top).value)
            if stream < 0:
                return -1
        stack_at(p, top - count).value = drawn(p, top, a, count, stream)
        return top - count + 1
    if op in (_CURRENT, _PORT):
        stack_at(p, top).value = float(node if op == _CURRENT else port)
        return top + 1
    if op == _HAS_ITEM_LABEL or _ITEM_CONTENT <= op < _CELL:
        return of_item(p, op, a, top, item)
    if op >= _CELL:
        return say(p, a, int(step.x), top) if op == _SAY else of_table(p, op, a, top)
    return of_object(p, op, a, top)


@called
def of_item(p: Any, op: int, a: int, top: int, item: int) -> int:
    """An instruction that looks at the item."""
    if op == _HAS_ITEM_LABEL:
        missing = isnan(label_at(p, item * p.label_count + a).value)
        stack_at(p, top).value = 0.0 if missing else 1.0
        return top + 1
    x = item_at(p, item)
    if op != _ITEM_CONTENT:
        stack_at(p, top).value = x.born if op == _ITEM_BORN else x.entered
        return top + 1
    count, inner = 0, x.inside
    while inner >= 0:
        count, inner = count + 1, item_at(p, inner).below
    stack_at(p, top).value = float(count)
    return top + 1


@called
def of_table(p: Any, op: int, a: int, top: int) -> int:
    """A cell of a global table read or written."""
    grid = grid_at(p, a)
    top -= 2 if op == _CELL else 3
    row, column = stack_at(p, top).value, stack_at(p, top + 1).value
    if not (1.0 <= row < grid.rows + 1.0 and 1.0 <= column < grid.columns + 1.0):
        return -1
    cell = cell_at(p, grid.first + (int(row) - 1) * grid.columns + int(column) - 1)
    if op == _SET_CELL:
        cell.value = stack_at(p, top + 2).value
        return top
    stack_at(p, top).value = cell.value
    return -1 if isnan(cell.value) else top + 1


@called
def say(p: Any, line: int, count: int, top: int) -> int:
    """Note what is to be printed; beyond the last line that is kept, nothing."""
    top -= count
    if p.said < p.said_room:
        row = said_at(p, p.said)
        row.line = line
        for index in range(count):
            row.values[index] = stack_at(p, top + index).value
        p.said += 1
    return top


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
        return top + 1 if found >= 0 or a == 1 else -1
    if op == _HAS_LABEL:
        missing = isnan(own_label_at(p, place * p.label_count + a).value)
        first.value = 0.0 if missing else 1.0
    elif op == _STATE:
        first.value = float(n.state)
    elif op == _CONTENT:
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
    address = step_at(p, start).a
    if address:
        return call_code(address, p, node, item, port)
    place, top = start + 1, 0
    own, labels = node * p.label_count, item * p.label_count
    for _ in range(MAX_STEPS):
        step = step_at(p, place)
        op = step.op
        place += 1
        if op == _PUSH:
            stack_at(p, top).value = step.x
            top += 1
        elif op == _ITEM_LABEL:
            value = label_at(p, labels + step.a).value
            if isnan(value):
                return _NAN
            stack_at(p, top).value = value
            top += 1
        elif op == _OWN_LABEL:
            value = own_label_at(p, own + step.a).value
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
            return step.x if step.a else stack_at(p, top - 1).value  # type: ignore[no-any-return]
        elif op == _JUMP_UNLESS:
            top -= 1
            if stack_at(p, top).value == 0.0:
                place = step.a
        elif op == _JUMP:
            place = step.a
        else:
            top = perform(p, step, top, node, item, port)
            if top < 0:
                return _NAN
    return _NAN


@compiled
def perform(p: Any, step: Any, top: int, node: int, item: int, port: int) -> int:
    """Any instruction but jumps; the new height of the stack, −1 on giving up."""
    op = step.op
    if op < _ADD:
        return of_stack(p, step, top)
    if op < _NOW:
        return of_numbers(p, step, top)
    return of_model(p, step, top, node, item, port)


def perform_at(p: Any, place: int, top: int, node: int, item: int, port: int) -> int:
    """As `perform`, for programs that are machine code (`translate`)."""
    return perform(p, step_at(p, place), top, node, item, port)
