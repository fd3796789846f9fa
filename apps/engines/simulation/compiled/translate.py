"""Programs of user code as LLVM functions.

The commonest instructions are written out. Any other is performed by the kernel's machine
(`machine.perform`) on the machine's own stack, so that each has one meaning. A function is
(system, node, item, port) → value, not a number where the program gives up, as `machine.execute`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import nan
from typing import Any

from llvmlite import ir

from .fusing import CONSTANT, EXACTLY
from .layout import grid_type, system_type
from .program import LARGEST_EXACT, MAX_STEPS, Op, Setting, Step, effect

_BYTE, _WORD, _STATUS = ir.IntType(8), ir.IntType(64), ir.IntType(32)
_POINTER, _REAL = _BYTE.as_pointer(), ir.DoubleType()
_KIND = ir.FunctionType(_REAL, [_POINTER, _WORD, _WORD, _WORD])
# As numba calls: where the result goes, the data of an exception, then the arguments
_PERFORM = ir.FunctionType(
    _STATUS, [_WORD.as_pointer(), _POINTER, _POINTER, _WORD, _WORD, _WORD, _WORD, _WORD]
)
_JUMPS = (Op.JUMP, Op.JUMP_UNLESS)
_WITHOUT_RESULT = frozenset({Op.SET_ITEM_LABEL, Op.SET_OWN_LABEL, Op.SET_LABEL, Op.SET_CELL,
                             Op.SAY, Op.STORE_AT})  # fmt: skip


def module_of(setting: Setting, perform: int, triple: str) -> ir.Module:
    """A module with a function `code<start>` for each program; `perform` is an address."""
    module = ir.Module()
    module.triple = triple
    for start in setting.starts:
        _Function(module, setting, perform, start).write()
    return module


def change(op: int, a: int, x: float) -> int:
    """By how much a step makes the stack higher, those of `fusing` included."""
    if op == Op.DRAW_KNOWN:
        return 1
    if Op.ADD <= op <= Op.SHIFT_RIGHT and a & CONSTANT:
        return 0
    if op == Op.RETURN and a & CONSTANT:
        return 0
    return effect(Op(op), x)


class _Function:
    """One program; every step is a block, each height of the stack and each local a variable."""

    def __init__(self, module: ir.Module, setting: Setting, perform: int, start: int) -> None:
        self.setting, self.first = setting, start + 1  # behind BEGIN
        self.perform = _WORD(perform)
        self.function = ir.Function(module, _KIND, f"code{start}")
        self.system, self.node, self.item, self.port = self.function.args
        self.heights = _heights(setting.steps, start + 1)
        self.places = _array_places(setting.steps, self.heights)
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))
        self.variables: dict[tuple[str, int], Any] = {}
        self.rounds = self.b.alloca(_WORD)
        self.result, self.nothing = self.b.alloca(_WORD), self.b.alloca(_POINTER)
        self.b.store(_WORD(0), self.rounds)
        for place, height in self.heights.items():
            op, a, x = setting.steps[place]
            self._variable("slot", height)
            self._variable("slot", height + change(op, a, x))
            if op in (Op.LOAD, Op.STORE):
                self._variable("local", a)
        self.blocks = {place: self.function.append_basic_block() for place in self.heights}
        self.fail = self.function.append_basic_block("fail")

    def write(self) -> None:
        self.b.branch(self.blocks[self.first])
        for place, height in self.heights.items():
            self.b.position_at_end(self.blocks[place])
            self._step(place, height)
        self.b.position_at_end(self.fail)
        self.b.ret(_REAL(nan))

    def _step(self, place: int, height: int) -> None:
        op, a, x = self.setting.steps[place]
        if op == Op.RETURN:
            self.b.ret(_REAL(x) if a else self.get(height - 1))
        elif op == Op.JUMP:
            self._go(place, a)
        elif op == Op.JUMP_UNLESS:
            self._go_unless(self.get(height - 1), place, a)
        else:
            write = WRITTEN.get(op)
            if write is None:
                self._perform(place, height)
            else:
                write(self, op, a, x, height)
            self.b.branch(self.blocks[place + 1])

    # Values

    def _variable(self, kind: str, number: int) -> Any:
        if (kind, number) not in self.variables:
            variable = self.variables[kind, number] = self.b.alloca(_REAL)
            self.b.store(_REAL(0.0), variable)
        return self.variables[kind, number]

    def get(self, height: int) -> Any:
        return self.b.load(self.variables["slot", height])

    def set(self, height: int, value: Any) -> None:
        self.b.store(value, self._slot(height))

    def _slot(self, height: int) -> Any:
        return self.variables["slot", height]

    def local(self, number: int) -> Any:
        """Where a local lies: those of arrays in the machine's table, as it reaches them too."""
        if number in self.places:
            return self.cell("local", _WORD(number))
        return self.variables["local", number]

    def field(self, name: str, kind: Any) -> Any:
        """A field of `system`."""
        offset = int(system_type.fields[name][1])  # type: ignore[index]
        place = self.b.gep(self.system, [_WORD(offset)])
        return self.b.load(self.b.bitcast(place, kind.as_pointer()))

    def cell(self, table: str, index: Any) -> Any:
        """The place of a number in a table of numbers."""
        start = self.field(f"at_{table}", _POINTER)
        return self.b.gep(self.b.bitcast(start, _REAL.as_pointer()), [index])

    def known(self, value: Any) -> Any:
        """A value that must be a number: the program gives up on any other."""
        self.demand(self.b.fcmp_ordered("ord", value, value))
        return value

    def demand(self, condition: Any) -> None:
        """Go on where that holds, else give up."""
        on = self.function.append_basic_block()
        self.b.cbranch(condition, on, self.fail)
        self.b.position_at_end(on)

    def truth(self, condition: Any) -> Any:
        return self.b.select(condition, _REAL(1.0), _REAL(0.0))

    def number(self, place: Any, size: float) -> Any:
        """A place from 1 to `size` as a whole number from 0; elsewhere the program gives up."""
        self.demand(self.b.fcmp_ordered(">=", place, _REAL(1.0)))
        self.demand(self.b.fcmp_ordered("<", place, _REAL(size + 1.0)))
        return self.b.sub(self.b.fptosi(place, _WORD), _WORD(1))

    # Steps

    def _go(self, place: int, target: int) -> None:
        """Jump; the way back counts, so that no loop goes on for ever."""
        if target <= place:
            steps = self.b.add(self.b.load(self.rounds), _WORD(place - target + 1))
            self.b.store(steps, self.rounds)
            self.demand(self.b.icmp_signed("<", steps, _WORD(MAX_STEPS)))
        self.b.branch(self.blocks[target])

    def _go_unless(self, value: Any, place: int, target: int) -> None:
        away = self.function.append_basic_block()
        is_zero = self.b.fcmp_ordered("==", value, _REAL(0.0))
        self.b.cbranch(is_zero, away, self.blocks[place + 1])
        self.b.position_at_end(away)
        self._go(place, target)

    def _perform(self, place: int, height: int) -> None:
        """Have the machine do it, on its own stack."""
        op, a, x = self.setting.steps[place]
        after = height + change(op, a, x)
        results = 0 if op in _WITHOUT_RESULT else 1
        for used in range(after - results, height):
            self.b.store(self.get(used), self.cell("stack", _WORD(used)))
        function = self.b.inttoptr(self.perform, _PERFORM.as_pointer())
        exception = self.b.bitcast(self.nothing, _POINTER)
        self.b.call(function, [self.result, exception, self.system, _WORD(place), _WORD(height),
                               self.node, self.item, self.port])  # fmt: skip
        self.demand(self.b.icmp_signed(">=", self.b.load(self.result), _WORD(0)))
        if results:
            self.set(after - 1, self.b.load(self.cell("stack", _WORD(after - 1))))


def _heights(rows: Sequence[Step], first: int) -> dict[int, int]:
    """How high the stack is before each step that can be reached."""
    found: dict[int, int] = {}
    waiting = [(first, 0)]
    while waiting:
        place, height = waiting.pop()
        if place in found:
            continue
        found[place] = height
        op, a, x = rows[place]
        if op == Op.RETURN:
            continue
        after = height + change(op, a, x)
        if op in _JUMPS:
            waiting.append((a, after))
        if op != Op.JUMP:
            waiting.append((place + 1, after))
    return dict(sorted(found.items()))


def _array_places(rows: Sequence[Step], heights: dict[int, int]) -> set[int]:
    """Locals that are places of arrays."""
    places: set[int] = set()
    for op, a, x in (rows[place] for place in heights):
        if op == Op.KEEP:
            places.add(a)
        elif op in (Op.LOAD_AT, Op.STORE_AT):
            places.update(range(a, a + int(x)))
    return places


# How instructions are written: (function, op, a, x, height before)

Write = Callable[[_Function, int, int, float, int], None]


def _push(f: _Function, _op: int, _a: int, x: float, height: int) -> None:
    f.set(height, _REAL(x))


def _load(f: _Function, _op: int, a: int, _x: float, height: int) -> None:
    f.set(height, f.b.load(f.local(a)))


def _store(f: _Function, _op: int, a: int, _x: float, height: int) -> None:
    f.b.store(f.get(height - 1), f.local(a))


def _copy(f: _Function, _op: int, _a: int, _x: float, height: int) -> None:
    f.set(height, f.get(height - 1))


def _pop(f: _Function, _op: int, _a: int, _x: float, height: int) -> None:
    pass  # what lies above the height is not looked at


def _now(f: _Function, _op: int, _a: int, _x: float, height: int) -> None:
    f.set(height, f.field("now", _REAL))


def _argument(f: _Function, op: int, _a: int, _x: float, height: int) -> None:
    f.set(height, f.b.sitofp(f.port if op == Op.PORT else f.node, _REAL))


def _label(f: _Function, op: int, a: int) -> Any:
    """The place of a label of the item or of the current object."""
    of_item = op in (Op.ITEM_LABEL, Op.SET_ITEM_LABEL)
    first = f.b.mul(f.item if of_item else f.node, _WORD(f.setting.labels))
    return f.cell("labels" if of_item else "own_labels", f.b.add(first, _WORD(a)))


def _get_label(f: _Function, op: int, a: int, _x: float, height: int) -> None:
    f.set(height, f.known(f.b.load(_label(f, op, a))))


def _set_label(f: _Function, op: int, a: int, _x: float, height: int) -> None:
    f.b.store(f.get(height - 1), _label(f, op, a))


def _two(f: _Function, op: int, a: int, x: float, height: int) -> None:
    """An operation on two numbers, the second of which may be in the step."""
    first = height - (1 if a & CONSTANT else 2)
    one, two = f.get(first), _REAL(x) if a & CONSTANT else f.get(height - 1)
    if op in _COMPARISONS:
        f.set(first, f.truth(f.b.fcmp_ordered(_COMPARISONS[op], one, two)))
        return
    value = getattr(f.b, _ARITHMETIC[op])(one, two)
    f.set(first, _exact(f, value) if a & EXACTLY else f.known(value))


def _exact(f: _Function, value: Any) -> Any:
    """A whole number that a double holds; on any other the program gives up."""
    size = f.b.call(f.b.module.declare_intrinsic("llvm.fabs", [_REAL]), [value])
    f.demand(f.b.fcmp_ordered("<=", size, _REAL(LARGEST_EXACT)))
    return value


def _demand_exact(f: _Function, _op: int, _a: int, _x: float, height: int) -> None:
    f.set(height - 1, _exact(f, f.get(height - 1)))


def _not(f: _Function, _op: int, _a: int, _x: float, height: int) -> None:
    f.set(height - 1, f.truth(f.b.fcmp_ordered("==", f.get(height - 1), _REAL(0.0))))


def _negate(f: _Function, _op: int, _a: int, _x: float, height: int) -> None:
    f.set(height - 1, f.b.fneg(f.get(height - 1)))


def _cell(f: _Function, op: int, a: int, _x: float, height: int) -> None:
    """A cell of a global table, which keeps its size while the model runs."""
    fields = dict(zip(grid_type.names or (), f.setting.grids[a], strict=True))
    row = height - (2 if op == Op.CELL else 3)
    number = f.number(f.get(row), fields["rows"])
    column = f.number(f.get(row + 1), fields["columns"])
    first = f.b.add(f.b.mul(number, _WORD(fields["columns"])), _WORD(fields["first"]))
    place = f.cell("cells", f.b.add(first, column))
    if op == Op.CELL:
        f.set(row, f.known(f.b.load(place)))
    else:
        f.b.store(f.get(height - 1), place)


def _element(f: _Function, op: int, a: int, x: float, height: int) -> None:
    """A value of a local array read or written."""
    at = height - (1 if op == Op.LOAD_AT else 2)
    place = f.cell("local", f.b.add(f.number(f.get(at), x), _WORD(a)))
    if op == Op.LOAD_AT:
        f.set(at, f.known(f.b.load(place)))
    else:
        f.b.store(f.get(height - 1), place)


_ARITHMETIC: dict[int, str] = {Op.ADD: "fadd", Op.SUBTRACT: "fsub", Op.MULTIPLY: "fmul"}
_COMPARISONS: dict[int, str] = {Op.LESS: "<", Op.LESS_EQUAL: "<=", Op.EQUAL: "=="}
WRITTEN: dict[int, Write] = {
    Op.PUSH: _push, Op.LOAD: _load, Op.STORE: _store, Op.KEEP: _store, Op.COPY: _copy,
    Op.POP: _pop, Op.NOW: _now, Op.PORT: _argument, Op.CURRENT: _argument,
    Op.ITEM_LABEL: _get_label, Op.OWN_LABEL: _get_label, Op.SET_ITEM_LABEL: _set_label,
    Op.SET_OWN_LABEL: _set_label, Op.NOT: _not, Op.NEGATE: _negate, Op.EXACT: _demand_exact,
    Op.CELL: _cell, Op.SET_CELL: _cell, Op.LOAD_AT: _element, Op.STORE_AT: _element,
    **dict.fromkeys((*_ARITHMETIC, *_COMPARISONS), _two),
}  # fmt: skip
