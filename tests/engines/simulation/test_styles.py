"""Scripts as people publish them load, run, and give the traces worked out by hand."""

from math import pi
from pathlib import Path

import pytest

from apps.engines.flexscript import code_runner, execute
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.states import State

from .plant import exits, journeys, spells

STYLES = Path(__file__).parents[2] / "data" / "styles"


def run(name, until):
    path = STYLES / f"{name}.fs"
    executed = execute(path.read_text(encoding="utf-8"), path.name)
    assert [found.message for found in executed.diagnostics] == []
    return simulate(executed.model, RunConfig(until), runner=code_runner())


def entries(result, name):
    return [enter for _, enter, _ in journeys(result, name)]


def test_arrays_of_names():
    result = run("names_in_arrays", 100)

    assert entries(result, "Out") == [13 + 10 * n for n in range(9)]


def test_a_table_of_stations_and_connections():
    result = run("table_of_stations", 100)

    assert journeys(result, "Press") == [(1, 0, 12), (3, 12, 24)]
    assert journeys(result, "Lathe") == [(2, 0, 20), (4, 20, 40)]


def test_legacy_commands():
    result = run("legacy", 40)

    # A LIFO queue for three before a mill of 8 s; an item every 5 s.
    assert [item for item, _, _ in journeys(result, "Mill")] == [1, 2, 4, 5, 7]
    assert exits(result, "Mill") == [8, 16, 24, 32, 40]


def test_round_robin_given_as_a_string():
    result = run("round_robin", 22)

    assert journeys(result, "Bench1") == [(1, 2, 6), (4, 8, 12), (7, 14, 18)]
    assert journeys(result, "Bench2") == [(2, 4, 9), (5, 10, 15), (8, 16, 21)]
    assert journeys(result, "Bench3") == [(3, 6, 12), (6, 12, 18)]


def test_arrays_of_units_and_a_rack_of_four_slots():
    result = run("units_and_racks", 1400)

    # Every minute an item, 24 s on the belt, 10 min in the rack: it is full from 264 to 684.
    assert entries(result, "Rack") == pytest.approx([84, 144, 204, 264, 684, 744])
    assert entries(result, "Sink")[0] == pytest.approx(84 + 600 + 35)


def test_triggers_as_strings_with_the_marks_of_pick_lists():
    result = run("triggers_as_strings", 60)

    assert entries(result, "Kind2") == [16, 36, 56]
    assert entries(result, "Kind1") == [24, 44]
    assert list(result.output) == [f"made {n}" for n in range(1, 6)]


def test_conveyors_with_a_station_and_a_photo_eye():
    result = run("conveyor_line", 60)

    # 10 m at 0.5 m/s, 5 s at the station 5.05 m along, half a circle of 2 m at 1 m/s.
    assert entries(result, "Sink") == pytest.approx([25 + 2 * pi, 45 + 2 * pi])
    assert list(result.output) == ["4.1", "24.1"]
    blocked = [row for row in spells(result, "Eye") if row[0] == State.BLOCKED]
    assert blocked[0] == (State.BLOCKED, pytest.approx(21.1), pytest.approx(22.32))


def test_packing_and_unpacking_sequences():
    result = run("packing", 60)

    assert entries(result, "Empties") == [8, 14]
    assert entries(result, "Boxes") == [8] * 4 + [14] * 4


def test_agv_paths():
    result = run("agv_paths", 200)

    # Park to Pick: 10 + 10 + 5 m at 1 m/s, 2 s of loading, 10 m, 3 s; then 50 m back to Pick.
    assert entries(result, "Sink") == [25 + 2 + 10 + 3, 105, 170]


def test_a_team_of_operators():
    result = run("team", 40)

    # Each worker stands 4 m from a saw and comes in 4 s; the first one stays for the third board.
    assert exits(result, "Saw1") == [4 + 6, 10 + 6]
    assert exits(result, "Saw2") == [4 + 12]


def test_a_job_shop_by_labels_and_a_global_table():
    result = run("job_shop", 40)

    # Jobs 1 and 3 go to M1 (4 s), then to M2 (6 s); job 2 the other way round.
    assert journeys(result, "M1") == [(1, 0, 4), (3, 4, 8), (2, 8, 12)]
    assert journeys(result, "M2") == [(2, 0, 6), (1, 6, 12), (3, 12, 18)]
    assert entries(result, "Sink") == [12, 12, 18]


def test_a_warehouse_with_a_storage_vehicle():
    result = run("warehouse", 500)

    # Entry: 2.5 m out and back at 1 m/s, 4 s of loading; 9 m at 3 m/s; 2.75 m out and back, 4 s.
    stored = (5 + 4) + 3 + (5.5 + 4)
    fetched = stored + 300 + (5.5 + 4)
    assert [row[1:] for row in journeys(result, "Aisle")] == [(stored, fetched)]
    assert entries(result, "Exit") == [pytest.approx(fetched + 11 / 3 + 5 + 4)]


def test_a_painting_line_with_batches_and_a_shift():
    result = run("painting", 100)

    # A batch of three leaves when its last has come; the source goes on 10 s after each.
    assert exits(result, "Collect") == [20] * 3 + [50] * 3 + [80] * 3
    # 5 s for each change of colour and 4 s of painting; down from 40 to 60.
    assert entries(result, "Sink") == [29, 38, 67, 76, 85, 94]


def test_a_legacy_network():
    # 30 m: 30 / 2 + 2 s each way.
    assert entries(run("network", 100), "Sink") == [17, 51, 85]


def test_the_clock_and_paths_in_the_tree():
    result = run("clock_and_tree", 20)

    # An interval of 0.1 min, a process of 3 s: both set in the tree.
    assert journeys(result, "Mill") == [(1, 6, 9), (2, 12, 15)]
