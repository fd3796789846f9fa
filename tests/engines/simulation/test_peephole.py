"""Programs of user code shortened: the steps that remain, and where jumps lead."""

from __future__ import annotations

from apps.engines.simulation.compiled.peephole import shortened
from apps.engines.simulation.compiled.program import Op, Program


def short(*steps):
    code = [(op, *(rest or (0,)), 0.0)[:3] for op, *rest in steps]
    return [step[:2] for step in shortened(Program(code)).code]


def test_a_sum_of_a_label_of_the_current_object_keeps_six_steps():
    found = short(
        (Op.CURRENT,), (Op.STORE, 0), (Op.CURRENT,), (Op.LABEL, 3), (Op.PUSH, 0), (Op.EXACT,),
        (Op.ADD,), (Op.STORE, 1), (Op.LOAD, 0), (Op.LOAD, 1), (Op.SET_LABEL, 3), (Op.LOAD, 1),
        (Op.POP,), (Op.PUSH, 0), (Op.RETURN,),
    )  # fmt: skip

    assert found == [
        (Op.OWN_LABEL, 3), (Op.PUSH, 0), (Op.ADD, 0), (Op.SET_OWN_LABEL, 3), (Op.PUSH, 0),
        (Op.RETURN, 0),
    ]  # fmt: skip


def test_jumps_lead_to_where_their_steps_have_gone():
    found = short(
        (Op.PUSH,), (Op.EXACT,), (Op.JUMP_UNLESS, 6), (Op.NOW,), (Op.POP,), (Op.NOW,),
        (Op.PUSH,), (Op.RETURN,), (Op.PUSH,), (Op.RETURN,),
    )  # fmt: skip

    assert found == [
        (Op.PUSH, 0), (Op.JUMP_UNLESS, 3), (Op.NOW, 0), (Op.PUSH, 0), (Op.RETURN, 0),
    ]  # fmt: skip


def test_what_is_jumped_to_is_not_drawn_together():
    steps = ((Op.JUMP_UNLESS, 2), (Op.CURRENT,), (Op.LABEL, 1), (Op.RETURN,))

    assert [step[0] for step in short(*steps)] == [step[0] for step in steps]


def test_a_local_that_is_set_on_one_way_only_stays():
    steps = (
        (Op.JUMP_UNLESS, 3), (Op.CURRENT,), (Op.STORE, 0), (Op.LOAD, 0), (Op.CONTENT,),
        (Op.RETURN,),
    )  # fmt: skip

    assert [step[0] for step in short(*steps)] == [step[0] for step in steps]
