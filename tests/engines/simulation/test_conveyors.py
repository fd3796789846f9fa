"""Conveyors by hand: spaces, acceleration, belts that run as one, one after the other.

Items are 0.61 m long; a place is that of an item's front edge.
"""

from math import sqrt

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.model import CodeValue
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells

METRE = pytest.approx
ITEM = 0.61


def belt(*times, length=6.1, work=None, **properties):
    """Arrivals, a belt, and a mill or a sink."""
    plant = Plant()
    conveyor = plant.add("StraightConveyor", "Belt", size=(length, 1.0, 1.0), **properties)
    plant.link(plant.arrivals(*times), conveyor)
    sink = plant.add("Sink")
    if work is None:
        plant.link(conveyor, sink)
    else:
        plant.link(conveyor, plant.add("Processor", "Mill", ProcessTime=work), sink)
    return plant


def entries(result, name="Belt"):
    return [enter for _, enter, _ in sorted(journeys(result, name))]


# Spaces


def test_items_enter_an_entry_space_apart():
    result = belt(0, 0, 0, EntrySpaceSizeFactor=2, EntrySpacePadding=0.5).run(30)

    space = 2 * ITEM + 0.5
    assert entries(result) == METRE([0, space, 2 * space])


def test_standing_items_keep_the_stop_space():
    result = belt(0, 0, 0, 0, length=3, StopSpacePadding=0.39, work=20).run(80)

    # An item and its padding are 1 m, in motion too: only three fit. The second enters at once
    # behind the first and waits until that is 1 m ahead; the fourth enters when the first leaves.
    assert entries(result) == METRE([0, 0.61, 1.61, 3])
    assert exits(result, "Belt") == METRE([3, 23, 43, 63])


def test_moving_items_keep_the_move_space():
    result = belt(0, 0, length=5, MoveSpacePadding=1, EntrySpacePadding=0, work=10).run(40)

    # The second enters 0.61 behind, waits until the first is 1.61 ahead, and stays so.
    assert entries(result) == METRE([0, 0.61])
    assert exits(result, "Belt") == METRE([5, 15])


def test_the_move_space_delays_those_behind():
    result = belt(0, 0, 0, length=5, MoveSpacePadding=1).run(40)

    assert exits(result, "Belt") == METRE([5, 6.61, 8.22])


@pytest.mark.parametrize("code", ["item.setSize(2, 1, 1);", "setsize(item, 2, 1, 1);"])
def test_long_items_take_their_length(code):
    plant = belt(0, 0, 0, 0, length=5, work=20)
    plant.model.find("Source").properties["Triggers.OnCreation"] = CodeValue(code)

    result = plant.run(60, runner=code_runner())

    # Two fit; the third enters when the first has left and the second moved up.
    assert entries(result) == METRE([0, 2, 5])
    assert exits(result, "Belt") == METRE([5, 25, 45])


def test_an_item_needs_a_length():
    plant = belt(0)
    plant.model.find("Source").properties["Triggers.OnCreation"] = CodeValue("item.setSize(0, 1);")

    with pytest.raises(SimulationError, match="0 m long"):
        plant.run(60, runner=code_runner())


# Speed and acceleration


def test_an_item_that_stood_gains_speed_by_the_acceleration():
    plant = belt(0, 0, length=6.1, work=10, Acceleration=0.5)

    result = plant.run(40)

    # The first leaves at 6.1; the second stands 0.61 before the end and needs sqrt(2 s / a)
    # to get there; it is accepted when the mill is free, at 16.1.
    content = result.trace.content["Belt"]
    assert exits(result, "Belt") == METRE([6.1, 16.1])
    assert content[-1] == (METRE(16.1), 0)


def test_the_time_to_the_end_after_a_stop():
    # A stop of the conveyor at 2, when the item is 4.1 m before the end, until 5.
    def left(**properties):
        return exits(belt(0, TimeTables=[[2, 3]], **properties).run(40), "Belt")

    assert left() == METRE([5 + 4.1])
    # Up to 1 m/s it takes 2 s and 1 m.
    assert left(Acceleration=0.5) == METRE([5 + 2 + 3.1])
    # Never at full speed: 4.1 = a t² / 2.
    assert left(Acceleration=0.1) == METRE([5 + sqrt(82)])


def test_an_item_brakes_before_an_end_where_it_must_stop():
    plant = belt(0, 0, length=6.1, work=10, Deceleration=0.25)

    result = plant.run(40)

    # The second, 0.61 behind, brakes for a mill that is busy: from 1 m/s in 4 s and 2 m. It
    # begins at 4.1 m, at 4.71 s, and stands at the end at 8.71.
    assert [row for row in spells(result, "Belt") if row[0] == State.BLOCKED] == [
        (State.BLOCKED, METRE(8.71), METRE(16.1))
    ]


def test_an_item_does_not_brake_before_a_free_end():
    assert exits(belt(0, 0, Deceleration=0.25).run(20), "Belt") == METRE([6.1, 6.71])


# Belts that run as one


def test_a_belt_that_does_not_accumulate_stops_with_the_first_item():
    result = belt(0, 2, work=10, IsAccumulating=0).run(60)

    # From 6.1 the mill works until 16.1; the second is at the end at 8.1 and stops the belt.
    assert exits(result, "Belt") == METRE([6.1, 16.1])
    assert (State.BLOCKED, METRE(8.1), METRE(16.1)) in spells(result, "Belt")


def test_all_items_stand_while_the_belt_stands():
    result = belt(0, 2, 4, work=10, IsAccumulating=0).run(60)

    # The third stays 2 m behind the second: it is at the end at 18.1, not before.
    blocked = [row for row in spells(result, "Belt") if row[0] == State.BLOCKED]
    assert blocked == [
        (State.BLOCKED, METRE(8.1), METRE(16.1)),
        (State.BLOCKED, METRE(18.1), METRE(26.1)),
    ]


def test_a_standing_belt_takes_nothing():
    result = belt(0, 2, 9, work=10, IsAccumulating=0).run(60)

    assert entries(result) == METRE([0, 2, 16.1])


def test_a_belt_gains_speed_as_a_whole():
    result = belt(0, 2, 4, work=10, IsAccumulating=0, Acceleration=0.25).run(60)

    # From 16.1 the third has 2 m to go: sqrt(2 · 2 / 0.25) = 4 s.
    blocked = [row for row in spells(result, "Belt") if row[0] == State.BLOCKED]
    assert blocked[1] == (State.BLOCKED, METRE(20.1), METRE(26.1))


# One conveyor after the other


def chain(*times, first, second, work=None):
    plant = Plant()
    one = plant.add("StraightConveyor", "One", **first)
    two = plant.add("CurvedConveyor", "Two", Radius=4, SweepAngle=90, **second)
    end = [plant.add("Sink")]
    if work is not None:
        end.insert(0, plant.add("Processor", "Mill", ProcessTime=work))
    plant.link(plant.arrivals(*times), one, two, *end)
    return plant


CURVE = 6.283185307179586


def test_an_item_goes_from_one_conveyor_to_the_next():
    result = chain(0, first={"Speed": 2}, second={"Speed": 0.5}).run(60)

    assert exits(result, "One") == METRE([5])
    assert exits(result, "Two") == METRE([5 + CURVE / 0.5])


def test_a_slower_conveyor_holds_those_on_the_faster_one_back():
    result = chain(0, 0, first={"Speed": 2}, second={"Speed": 0.5}).run(60)

    # The second follows 0.305 s behind; on the curve the first needs 1.22 s for its length.
    assert exits(result, "One") == METRE([5, 6.22])
    assert exits(result, "Two") == METRE([5 + 2 * CURVE, 6.22 + 2 * CURVE])


def test_an_item_keeps_its_speed_and_gains_more_on_a_faster_conveyor():
    result = chain(0, first={"Speed": 1}, second={"Speed": 2, "Acceleration": 0.5}).run(60)

    # From 1 to 2 m/s in 2 s and 3 m, the rest at 2 m/s.
    assert exits(result, "Two") == METRE([10 + 2 + (CURVE - 3) / 2])


def test_a_full_conveyor_backs_up_into_the_one_before():
    result = chain(*[0] * 14, first={}, second={}, work=30).run(300)

    # Ten items fit on the curve (6.28 m); the first is in the mill from 16.28 to 46.28.
    full = [time for time, count in result.trace.content["Two"] if count == 10]
    assert full[0] == METRE(10 + 0.61 * 9)
    assert result.object("Two")["content_max"].mean == 10
    # The eleventh is at the end at 16.1, the twelfth a length's time after it has left.
    blocked = [row for row in spells(result, "One") if row[0] == State.BLOCKED]
    assert blocked[:2] == [
        (State.BLOCKED, METRE(16.1), METRE(10 + CURVE)),
        (State.BLOCKED, METRE(10 + CURVE + 0.61), METRE(40 + CURVE)),
    ]


def test_a_stop_holds_all_where_they_are():
    result = belt(0, 1, TimeTables=[[3, 4]]).run(30)

    assert exits(result, "Belt") == METRE([10.1, 11.1])
    assert (State.SCHEDULED_DOWN, 3, 7) in spells(result, "Belt")


def test_two_conveyors_merge_where_there_is_a_gap():
    plant = Plant()
    main = plant.add("StraightConveyor", "Main")
    for name, times in (("A", (0, 2)), ("B", (0.2, 1.9))):
        lane = plant.add("StraightConveyor", name, size=(5.0, 1.0, 1.0))
        plant.link(plant.arrivals(*times, name=f"To {name}"), lane, main)
    plant.link(main, plant.add("Sink"))

    result = plant.run(60)

    # Those that come while the other's item is within its length wait for the gap.
    assert exits(result, "A") == METRE([5, 7.51])
    assert exits(result, "B") == METRE([5.61, 6.9])


def test_a_belt_by_its_ends():
    plant = Plant()
    line = plant.add("StraightConveyor", "Line", StartLocation=[0, 0, 0], EndLocation=[3, 4, 0])
    plant.link(plant.arrivals(0), line, plant.add("Sink"))

    assert exits(plant.run(20), "Line") == METRE([5])


def test_a_virtual_length():
    result = belt(0, UseVirtualLength=1, VirtualLength=40).run(60)

    assert exits(result, "Belt") == METRE([40])


def test_items_brought_while_the_entry_is_taken_wait_for_it():
    plant = Plant()
    queue = plant.add("Queue", UseTransport=1)
    line = plant.add("StraightConveyor", "Line", size=(5.0, 1.0, 1.0), Speed=0.1)
    truck = plant.add("Transporter", "Truck", Capacity=2)
    plant.link(plant.arrivals(0, 0), queue, line, plant.add("Sink"))
    plant.centre(queue, truck)

    result = plant.run(300)

    first, second = exits(result, "Line")
    assert second - first == METRE(6.1)  # both are set down together
