"""Thinning of the timeline, and cells that are safe in spreadsheets."""

import itertools

import pytest

from apps.engines.flexscript import execute
from apps.engines.simulation import RunConfig, simulate
from apps.runs.record import coarse, drawing_of, joined, safe_cell
from tests.generation.fakes import LINE


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\rx"])
def test_formulas_are_quoted(text):
    assert safe_cell(text) == f"'{text}"


def test_other_text_is_left_alone():
    assert safe_cell("Mill 1 = best") == "Mill 1 = best"


def test_few_bars_stay_as_they_are():
    spells = [("Mill", 1, 0.0, 4.0), ("Mill", 2, 4.0, 10.0)]
    assert coarse(spells, 10.0, 2) == spells


def test_many_bars_are_gathered_without_gaps():
    spells = [("Mill", 2 if n % 3 else 1, n, n + 1.0) for n in range(10_000)]

    found = coarse(spells, 10_000.0, 100)

    assert len(found) <= 100
    assert (found[0][2], found[-1][3]) == (0, 10_000)
    assert all(a[3] == b[2] for a, b in itertools.pairwise(found))
    assert {bar[1] for bar in found} == {2}


def test_neighbours_of_one_state_are_joined():
    bars = [("M", 1, 0, 1), ("M", 1, 1, 2), ("M", 2, 2, 3), ("M", 1, 3, 4)]
    assert joined(bars) == [("M", 1, 0, 2), ("M", 2, 2, 3), ("M", 1, 3, 4)]


def test_a_long_trace_is_drawn_to_its_end():
    model = execute(LINE).model
    trace = simulate(model, RunConfig(until=200_000.0, seed=2)).trace
    assert len(trace.states) > 20_000

    drawing = drawing_of(trace)

    for name in ("states", "timeline"):
        ends = {row[0]: row[3] for row in drawing[name]}
        assert ends["Mill"] == ends["Ore Bin"] == 200_000
    assert len(drawing["timeline"]) <= 3 * 600
    assert set(drawing["stay"]) == {"Ore Bin", "Mill"}  # none at the sink
    assert all(stay == pytest.approx(5.0) for _, stay in drawing["stay"]["Mill"])
    assert not drawing["truncated"]
