"""Tells LLVM which memory accesses of the kernel never meet, so that values stay in registers.

The tables of a `layout.Plant` lie apart from each other and from `system`, which leads to them;
within a table two fields lie apart in whichever records. LLVM knows neither: to it every address
is a number. A record is known by its size here: tables of equal size count as one.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir

_ROOT = "kernel"
_ELEMENT = "element"  # of an array in a record


def tell_aliases(module: ir.Module) -> None:
    """Mark `system`, and every access to a field or to an element of an array in a record."""
    names = _Names(module)
    for function in module.functions:
        for argument in function.args:
            if argument.name == "arg.p":
                argument.add_attribute("noalias")
        for block in function.blocks:
            for step in block.instructions:
                place = _place(step)
                if place is not None:
                    step.set_metadata("tbaa", names.tag(place))


class _Names:
    """The access tags of a module: one for each field."""

    def __init__(self, module: ir.Module) -> None:
        self.module = module
        self.root = module.add_metadata([_ROOT])
        self.tags: dict[str, Any] = {}

    def tag(self, place: str) -> Any:
        if place not in self.tags:
            zero = ir.IntType(64)(0)
            kind = self.module.add_metadata([place, self.root, zero])
            self.tags[place] = self.module.add_metadata([kind, kind, zero])
        return self.tags[place]


def _place(step: Any) -> str | None:
    """What a load or store touches: size of the record and offset of the field, or an element."""
    if isinstance(step, ir.LoadInstr):
        address = step.operands[0]
    elif isinstance(step, ir.StoreInstr):
        address = step.operands[1]
    else:
        return None
    if isinstance(address, ir.GEPInstr):
        return None if _is_local(address.pointer) else _ELEMENT
    if not isinstance(address, ir.CastInstr) or address.opname != "bitcast":
        return None
    field = address.operands[0]
    if not isinstance(field, ir.GEPInstr):
        return None
    record = getattr(field.pointer.type, "pointee", None)
    if not isinstance(record, ir.ArrayType):
        return None
    return f"{record.count}.{field.indices[-1].constant}"


def _is_local(address: Any) -> bool:
    """Whether that is a place on the stack or an argument."""
    while isinstance(address, ir.GEPInstr | ir.CastInstr):
        address = address.operands[0]
    return isinstance(address, ir.AllocaInstr | ir.Argument)
