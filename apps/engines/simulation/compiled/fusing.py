"""Steps of programs drawn together, as only the kernel's machine performs them."""

from __future__ import annotations

from ..distributions import check
from ..errors import SimulationError
from .layout import Law
from .peephole import Code, rewritten, rules_by_step
from .program import Op

CONSTANT, EXACTLY = 1, 2  # bits of `a`: x is the (second) operand; a result that is not exact fails
_BINARY = tuple(op for op in Op if Op.ADD <= op <= Op.SHIFT_RIGHT)
Known = list[tuple[int, tuple[float, ...]]]


def fused(code: Code, known: Known) -> Code:
    """Fewer steps that do the same; laws with constant arguments are appended to `known`."""

    def constant_law(window: Code, loads: list[int]) -> Code | None:
        del loads
        (*given, (last, law, count)) = window
        if last != Op.DRAW or count != len(given) or any(op != Op.PUSH for op, _, _ in given):
            return None
        args = tuple(x for _, _, x in given)
        try:
            check(Law(law).name.lower(), args)
        except SimulationError:
            return None  # told when it is drawn
        known.append((law, args))
        return [(Op.DRAW_KNOWN, len(known) - 1, 0.0)]

    laws = rules_by_step(((Op.PUSH,), length, constant_law) for length in (5, 4, 3, 2))
    return rewritten(rewritten(rewritten(_returning(code), laws), _CONSTANTS), _EXACTLY)


def _returning(code: Code) -> Code:
    """What would jump to a return returns."""
    return [code[a] if op == Op.JUMP and code[a][0] == Op.RETURN else (op, a, x)
            for op, a, x in code]  # fmt: skip


def _with_constant(window: Code, loads: list[int]) -> Code | None:
    del loads
    (one, _, x), (two, a, _) = window
    return [(two, a | CONSTANT, x)] if one == Op.PUSH and two in (*_BINARY, Op.RETURN) else None


def _exact(window: Code, loads: list[int]) -> Code | None:
    del loads
    (one, a, x), (two, _, _) = window
    return [(one, a | EXACTLY, x)] if one in _BINARY and two == Op.EXACT else None


_CONSTANTS = rules_by_step((((Op.PUSH,), 2, _with_constant),))
_EXACTLY = rules_by_step(((_BINARY, 2, _exact),))
