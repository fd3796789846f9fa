"""Steps of programs drawn together for the kernel's machine."""

from __future__ import annotations

from apps.engines.simulation.compiled.fusing import CONSTANT, EXACTLY, Known, fused
from apps.engines.simulation.compiled.program import Op


def test_constants_and_checks_go_into_the_step_before_or_after():
    code = [(Op.NOW, 0, 0.0), (Op.PUSH, 0, 3.0), (Op.ADD, 0, 0.0), (Op.EXACT, 0, 0.0),
            (Op.RETURN, 0, 0.0)]  # fmt: skip

    assert fused(code, []) == [
        (Op.NOW, 0, 0.0), (Op.ADD, CONSTANT | EXACTLY, 3.0), (Op.RETURN, 0, 0.0),
    ]  # fmt: skip


def test_a_law_with_constant_arguments_is_kept_beside_the_code():
    known: Known = []
    code = [(Op.PUSH, 0, 1.0), (Op.PUSH, 0, 3.0), (Op.DRAW, 6, 2.0), (Op.RETURN, 0, 0.0)]

    assert fused(code, known) == [(Op.DRAW_KNOWN, 0, 0.0), (Op.RETURN, 0, 0.0)]
    assert known == [(6, (1.0, 3.0))]


def test_a_law_with_a_computed_argument_is_drawn_from_the_stack():
    code = [(Op.PUSH, 0, 0.0), (Op.NOW, 0, 0.0), (Op.DRAW, 2, 2.0), (Op.RETURN, 0, 0.0)]

    assert fused(code, []) == code


def test_a_jump_to_a_return_returns():
    code = [(Op.NOW, 0, 0.0), (Op.JUMP_UNLESS, 4, 0.0), (Op.NOW, 0, 0.0), (Op.JUMP, 5, 0.0),
            (Op.PORT, 0, 0.0), (Op.RETURN, 0, 0.0)]  # fmt: skip

    assert [op for op, _, _ in fused(code, [])] == [
        Op.NOW, Op.JUMP_UNLESS, Op.NOW, Op.RETURN, Op.PORT, Op.RETURN,
    ]  # fmt: skip
