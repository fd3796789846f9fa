"""Decision points, stations and photo eyes on conveyors, by hand. Items are 0.61 m long."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells

METRE = pytest.approx


def belt(*times, length=10.0, **properties):
    """A straight conveyor along the x axis, from 0 to its length."""
    plant = Plant()
    line = plant.add("StraightConveyor", "Belt", (0, 0.5), (length, 1.0, 1.0), **properties)
    plant.link(plant.arrivals(*times), line, plant.add("Sink"))
    return plant


def point(plant, kind, name, distance, **properties):
    """A point whose middle is that far along the conveyor."""
    return plant.add(kind, name, (distance - 0.05, 0.5), (0.1, 1.0, 0.1), **properties)


def run(plant, until=60):
    return plant.run(until, runner=code_runner())


def trigger(name, text):
    return {f"Triggers.{name}": text}


# Stations


def test_a_station_stops_the_item_for_its_process():
    plant = belt(0, 4)
    point(plant, "Station", "Glue", 4, ProcessTime=3)

    result = run(plant)

    assert exits(result, "Belt") == METRE([13, 17])
    assert spells(result, "Glue") == [
        (State.IDLE, 0, 4),
        (State.PROCESSING, 4, 7),
        (State.IDLE, 7, 8),
        (State.PROCESSING, 8, 11),
        (State.IDLE, 11, 60),
    ]
    assert result.object("Glue")["output"].mean == 2
    assert result.object("Glue")["staytime"].mean == METRE(3)


def test_items_close_up_behind_a_station():
    plant = belt(0, 1)
    point(plant, "Station", "Glue", 4, ProcessTime=3)

    # The second stands 0.61 m before the station from 4.39 until 7, and needs 0.61 s to it.
    assert exits(run(plant), "Belt") == METRE([13, 7.61 + 3 + 6])


def test_a_station_stops_a_belt_that_does_not_accumulate():
    plant = belt(0, 1, 3, IsAccumulating=0)
    point(plant, "Station", "Glue", 4, ProcessTime=3)

    # The belt stands from 4 to 7, from 8 to 11 and from 13 to 16, with all three on it.
    assert exits(run(plant), "Belt") == METRE([0 + 10 + 9, 1 + 10 + 9, 3 + 10 + 9])


def test_a_station_takes_only_what_meets_its_condition():
    plant = belt(0, 2, 4)
    point(plant, "Station", "Glue", 5, ProcessTime=1, ProcessCondition="return item.rank != 2;")
    source = plant.model.find("Source")
    source.properties["Triggers.OnCreation"] = code("item.rank = param(2);")

    assert exits(run(plant), "Belt") == METRE([11, 12, 15])


def code(text):
    return Plant().add("Queue", X=text).properties["X"]


def test_a_station_works_with_an_operator():
    plant = belt(0, length=10.0)
    glue = point(plant, "Station", "Glue", 4, ProcessTime=3, UseOperators=1)
    # 3 m from middle to middle: 2 · sqrt(3) s.
    worker = plant.add("Operator", "Worker", (3.5, -2.5), (1.0, 1.0, 1.8))
    plant.centre(glue, worker)

    result = run(plant)

    assert exits(result, "Belt") == METRE([10 + 3 + 2 * 3**0.5])
    assert (State.WAITING_FOR_OPERATOR, 4, METRE(4 + 2 * 3**0.5)) in spells(result, "Glue")


def test_an_operator_who_comes_after_the_item_was_taken_away_is_freed():
    plant = belt(0, 10)
    glue = point(plant, "Station", "Glue", 4, ProcessTime=3, UseOperators=1)
    worker = plant.add("Operator", "Worker", (3.5, -2.5), (1.0, 1.0, 1.8))
    plant.centre(glue, worker)
    take = "if (Model.time < 5) { current.message(1, current, item); }"
    glue.properties["Triggers.OnEntry"] = code(take)
    glue.properties["Triggers.OnMessage"] = code("destroyobject(msgparam(1));")

    result = run(plant)

    # The second item finds the worker at the station.
    assert exits(result, "Belt") == METRE([5, 10 + 10 + 3])
    assert result.object("Glue")["output"].mean == 2


def test_a_station_can_be_the_bottleneck():
    plant = belt(*range(40))
    point(plant, "Station", "Glue", 4, ProcessTime=3)

    assert run(plant, 100).bottleneck.object == "Glue"


def test_an_item_brakes_before_a_station():
    plant = belt(0, Deceleration=0.25, Acceleration=0.5)
    point(plant, "Station", "Glue", 4, ProcessTime=3)

    # At full speed up to 2 m, then 4 s for 2 m; after 3 s it takes 2 s for the first metre.
    assert exits(run(plant), "Belt") == METRE([2 + 4 + 3 + 2 + 5])


def test_the_edge_decides_when_the_item_is_there():
    plant = belt(0)
    point(plant, "Station", "Glue", 4, ProcessTime=1, ItemEdge=3)

    assert (State.PROCESSING, METRE(4.61), METRE(5.61)) in spells(run(plant), "Glue")


# Decision points


def test_a_decision_point_tells_of_each_item():
    plant = belt(0, 3)
    told = "print(Model.time, item.name, param(2).name);"
    point(plant, "DecisionPoint", "Gate", 2, **trigger("OnArrival", told))

    result = run(plant)

    assert list(result.output) == ["2 Box Belt", "5 Box Belt"]
    assert result.object("Gate")["input"].mean == 2


def test_a_decision_point_sends_items_to_an_output():
    plant = belt(0, 3)
    line = plant.model.find("Belt")
    plant.link(line, plant.add("Sink", "Other"))
    send = 'Conveyor.sendItem(item, Model.find(Model.time > 4 ? "Other" : "Sink"));'
    point(plant, "DecisionPoint", "Gate", 2, **trigger("OnArrival", send))

    result = run(plant)

    assert [item for item, _, _ in journeys(result, "Sink")] == [1]
    assert [item for item, _, _ in journeys(result, "Other")] == [2]


def test_conveyors_find_the_way_to_a_point_further_on():
    plant = Plant()
    first = plant.add("StraightConveyor", "First", (0, 0.5), (5.0, 1.0, 1.0))
    near = plant.add("StraightConveyor", "Near", (5, 0.5), (5.0, 1.0, 1.0))
    far = plant.add("StraightConveyor", "Far", (5, 9.5), (5.0, 1.0, 1.0))
    plant.link(plant.arrivals(0, 2), first, near, plant.add("Sink", "One"))
    plant.link(first, far, plant.add("Sink", "Two"))
    plant.add("DecisionPoint", "Goal", (7, 9.5))
    send = 'if (Model.time < 2) Conveyor.sendItem(item, Model.find("Goal"));'
    plant.add("DecisionPoint", "Gate", (1, 0.5), **trigger("OnArrival", send))

    result = run(plant)

    assert [item for item, _, _ in journeys(result, "Two")] == [1]
    assert [item for item, _, _ in journeys(result, "One")] == [2]
    assert result.object("Goal")["input"].mean == 1


def test_in_a_loop_items_leave_by_the_shortest_way_to_their_destination():
    """A loop of 40 m; at 25 m a point sends items out, at their second time there."""
    plant = Plant()
    places = [(0, 0.5, 0), (10, 0.5, -90), (10, -9.5, 180), (0, -9.5, 90)]
    belts = []
    for number, (x, y, angle) in enumerate(places, 1):
        belt = plant.add("StraightConveyor", f"Belt{number}", (x, y), (10.0, 1.0, 1.0))
        belt.rotation = (0.0, 0.0, float(angle))
        belts.append(belt)
    plant.link(*belts, belts[0])  # the way on is the first output
    plant.link(belts[2], plant.add("Sink"))
    plant.link(plant.arrivals(0), belts[0])
    twice = (
        'item.labels.assert("rounds", 0); item.rounds += 1;'
        'if (item.rounds == 2) Conveyor.sendItem(item, Model.find("Sink"));'
    )
    point = plant.add("DecisionPoint", "Gate", DistAlongConveyor=5, **trigger("OnArrival", twice))
    plant.model.connect(belts[2], point)

    # Past the point at 25 and 65, at the end of its belt at 70.
    assert exits(run(plant, 200), "Sink") == METRE([70])


def test_an_item_takes_any_way_where_none_leads_to_its_destination():
    plant = belt(0)
    plant.add("Queue", "Elsewhere", (90, 90))
    send = 'Conveyor.sendItem(item, Model.find("Elsewhere"));'
    point(plant, "DecisionPoint", "Gate", 2, **trigger("OnArrival", send))

    result = run(plant)

    assert exits(result, "Belt") == METRE([10])
    assert any("Elsewhere" in text and "Belt" in text for text in result.warnings)


def test_a_station_on_a_belt_stops_and_goes_on():
    plant = belt(0)
    point(plant, "Station", "Glue", 4, ProcessTime=3, TimeTables=[[5, 10]])

    assert exits(run(plant), "Belt") == METRE([13 + 10])


def test_code_stops_an_item_and_lets_it_go_on():
    plant = belt(0, 1)
    stop = "param(2).itemData[item].stop(); current.message(5, current, item);"
    go = 'Model.find("Belt").itemData[msgparam(1)].resume();'
    point(plant, "DecisionPoint", "Gate", 4, **trigger("OnArrival", stop),
          **trigger("OnMessage", go))  # fmt: skip

    # The first stands from 4 to 9; the second comes to the point 0.61 s later and stands, too.
    assert exits(run(plant), "Belt") == METRE([15, 9.61 + 5 + 6])


# Photo eyes

EYE = ("OnCover", "OnBlock", "OnUncover", "OnClear")


def eye(plant, **properties):
    told = {f"Triggers.{name}": f'print("{name}", round(Model.time, 2));' for name in EYE}
    return point(plant, "PhotoEye", "Eye", 4, **told, **properties)


def test_a_photo_eye_is_covered_from_edge_to_edge():
    plant = belt(0)
    eye(plant)

    result = run(plant)

    assert list(result.output) == ["OnCover 4", "OnBlock 4", "OnUncover 4.61", "OnClear 4.61"]
    assert (State.BLOCKED, 4, METRE(4.61)) in spells(result, "Eye")


def test_a_photo_eye_is_blocked_after_a_time_and_clear_after_another():
    plant = belt(0, 3, Speed=0.5)
    eye(plant, BlockTime=1, ClearTime=2.5)

    # Each item covers it for 1.22 s, the second 1.78 s after the first: not clear in between.
    assert list(run(plant).output) == [
        "OnCover 8", "OnBlock 9", "OnUncover 9.22",
        "OnCover 11", "OnUncover 12.22", "OnClear 14.72",
    ]  # fmt: skip


def test_a_photo_eye_that_is_covered_for_a_short_time_is_not_blocked():
    plant = belt(0)
    eye(plant, BlockTime=1)

    assert list(run(plant).output) == ["OnCover 4", "OnUncover 4.61"]


def test_a_standing_item_keeps_a_photo_eye_blocked():
    plant = belt(0)
    eye(plant)
    point(plant, "Station", "Glue", 4.3, ProcessTime=5)

    assert list(run(plant).output)[1:3] == ["OnBlock 4", "OnUncover 9.61"]


def test_an_item_uncovers_the_eye_from_the_next_conveyor():
    plant = belt(0, length=4.2)
    line = plant.model.find("Belt")
    line.out_ports.clear()
    plant.model.find("Sink").in_ports.clear()
    plant.model.connections.pop()
    slow = plant.add("StraightConveyor", "Slow", (4.2, 0.5), (5.0, 1.0, 1.0), Speed=0.1)
    plant.link(line, slow, plant.model.find("Sink"))
    eye(plant)

    # 0.2 m at 1 m/s, the rest of its length at 0.1 m/s.
    assert list(run(plant).output)[2] == "OnUncover 8.3"


def test_an_item_that_leaves_the_belts_uncovers_the_eye():
    plant = belt(0, length=4.2)
    eye(plant)

    assert list(run(plant).output)[2] == "OnUncover 4.2"


# Where points stand


def test_a_point_stands_where_its_distance_says_on_the_conveyor_it_is_connected_to():
    plant = Plant()
    curve = plant.add("CurvedConveyor", "Curve", Radius=5, SweepAngle=90)
    glue = plant.add("Station", "Glue", (50, 50), ProcessTime=2, DistAlongConveyor=3)
    plant.link(plant.arrivals(0), curve, plant.add("Sink"))
    plant.link(curve, glue)

    assert (State.PROCESSING, 3, 5) in spells(run(plant), "Glue")


@pytest.mark.parametrize(
    ("at", "properties", "match"),
    [((50, 50), {}, "on no conveyor"), ((1, 0.5), {"DistAlongConveyor": 11}, "Belt")],
)
def test_a_point_beside_all_conveyors_is_refused(at, properties, match):
    plant = belt(0)
    plant.add("PhotoEye", "Eye", at, **properties)

    with pytest.raises(SimulationError, match=match) as caught:
        run(plant)
    assert caught.value.object == "Eye"


def test_items_go_to_the_conveyor_not_to_what_stands_on_it():
    plant = belt(0)
    glue = point(plant, "Station", "Glue", 4)
    plant.link(plant.model.find("Source"), glue)

    with pytest.raises(SimulationError, match="Glue, which takes no items") as caught:
        run(plant)
    assert "conveyor" in caught.value.hint


def test_a_decision_point_sends_to_what_it_is_connected_to():
    plant = belt(0)
    line, other = plant.model.find("Belt"), plant.add("Sink", "Other")
    plant.link(line, other)
    send = "Conveyor.sendItem(item, current.outObjects[1]);"
    gate = point(plant, "DecisionPoint", "Gate", 2, **trigger("OnArrival", send))
    plant.link(gate, other)

    assert [item for item, _, _ in journeys(run(plant), "Other")] == [1]
