"""Racks and conveyors, by hand. Items on a belt are 0.61 m long."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.model import CodeValue
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells

METRE = pytest.approx


def belt(*times, length=6.1, speed=1.0, work=None, **properties):
    """Arrivals, a belt with room for ten items, and a mill or a sink."""
    plant = Plant()
    source = plant.arrivals(*times)
    conveyor = plant.add("StraightConveyor", "Belt", size=(length, 1.0, 1.0), Speed=speed,
                         **properties)  # fmt: skip
    plant.link(source, conveyor)
    sink = plant.add("Sink")
    if work is None:
        plant.link(conveyor, sink)
    else:
        plant.link(conveyor, plant.add("Processor", "Mill", ProcessTime=work), sink)
    return plant


def test_an_item_takes_length_over_speed():
    result = belt(1, speed=2).run(10)

    assert exits(result, "Belt") == [METRE(1 + 3.05)]
    assert [state for state, _, _ in spells(result, "Belt")] == [
        State.EMPTY,
        State.CONVEYING,
        State.EMPTY,
    ]


def test_items_enter_a_length_apart():
    result = belt(0, 0, 0).run(20)

    assert [enter for _, enter, _ in journeys(result, "Belt")] == [0, METRE(0.61), METRE(1.22)]
    assert exits(result, "Belt") == [METRE(6.1), METRE(6.71), METRE(7.32)]


def test_blocked_items_accumulate_and_move_up():
    result = belt(0, 0, 0, work=4).run(40)

    # The second leaves when the mill is free; the third then moves up in time.
    assert exits(result, "Belt") == [METRE(6.1), METRE(10.1), METRE(14.1)]
    assert exits(result, "Mill") == [METRE(10.1), METRE(14.1), METRE(18.1)]


def test_a_full_belt_takes_the_next_item_when_there_is_room_for_all():
    result = belt(*[0] * 13, work=20).run(400)
    entries = [enter for _, enter, _ in journeys(result, "Belt")]

    # Item 1 leaves at 6.1: the nine behind it leave room for one more at the start.
    assert entries[10] == METRE(6.1)
    # Item 12 needs item 2 to leave at 26.1.
    assert entries[11] == METRE(26.1)
    assert result.object("Belt")["content_max"].mean == 10


@pytest.mark.parametrize("given", [{"IsSlugBuilder": 1}, {"Acceleration": -1}, {"Speed": 0}])
def test_other_belts_are_refused(given):
    with pytest.raises(SimulationError) as caught:
        belt(0, **({"speed": given["Speed"]} if "Speed" in given else given)).run(10)
    assert caught.value.object == "Belt"


def test_a_curve_is_as_long_as_its_arc():
    plant = Plant()
    curve = plant.add("CurvedConveyor", "Curve", Radius=2, SweepAngle=90)
    plant.link(plant.arrivals(0), curve, plant.add("Sink"))

    assert exits(plant.run(10), "Curve") == [METRE(3.14159265)]


def test_a_rack_keeps_items_for_the_dwell_time():
    plant = Plant()
    rack = plant.add("Rack", MinimumDwellTime=7, MaxContent=2)
    plant.link(plant.arrivals(0, 1, 2), rack, plant.add("Sink"))

    result = plant.run(30)

    assert journeys(result, "Rack") == [(1, 0, 7), (2, 1, 8), (3, 7, 14)]


@pytest.mark.parametrize(
    "given",
    [
        {"Dimensions": [["NumBays", 2], ["NumLevels", 1], ["SlotsPerBay", 1]]},
        {"NumBays": 2},
        {"Dimensions": [["NumBays", 5]], "MaxContent": 2},
    ],
)
def test_a_rack_holds_an_item_in_each_slot(given):
    plant = Plant()
    rack = plant.add("Rack", MinimumDwellTime=7, **given)
    plant.link(plant.arrivals(0, 1, 2), rack, plant.add("Sink"))

    assert journeys(plant.run(30), "Rack") == [(1, 0, 7), (2, 1, 8), (3, 7, 14)]


def test_a_rack_without_slots_is_refused():
    plant = Plant()
    rack = plant.add("Rack", Dimensions=[["NumBays", 0]])
    plant.link(plant.arrivals(0), rack, plant.add("Sink"))

    with pytest.raises(SimulationError, match="NumBays"):
        plant.run(30)


def test_floor_storage_keeps_items_until_the_next_station_pulls_them():
    plant = Plant()
    floor = plant.add("FloorStorage", "Floor")
    mill = plant.add("Processor", "Mill", ProcessTime=5, Pull=1)
    plant.link(plant.arrivals(0, 1), floor, mill, plant.add("Sink"))

    assert journeys(plant.run(30), "Floor") == [(1, 0, 0), (2, 1, 5)]


def test_a_rack_pulls_what_meets_its_requirement():
    plant = Plant()
    queue = plant.add("Queue")
    rack = plant.add("Rack", PullRequirement="return item.Type == 2;")
    source = plant.arrivals(0, 1, 2)
    source.properties["Triggers.OnCreation"] = CodeValue("item.Type = param(2);")
    plant.link(source, queue, rack, plant.add("Sink"))

    result = plant.run(30, runner=code_runner())

    assert [item for item, _, _ in journeys(result, "Rack")] == [2]
