"""Operators, dispatchers and transport, by hand.

Objects are placed so that centres are whole metres apart: all have size 2 × 2.
"""

import pytest

from apps.engines.simulation import SimulationError
from apps.engines.simulation.kernel.travel import travel_time
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells

SIZE = (2.0, 2.0, 1.0)


def test_travel_time_follows_the_acceleration_profile():
    # With the defaults (2 m/s, 1 m/s²): 2·√d up to 4 m, then d/2 + 2.
    assert travel_time(1, 2, 1, 1) == pytest.approx(2.0)
    assert travel_time(4, 2, 1, 1) == pytest.approx(4.0)
    assert travel_time(10, 2, 1, 1) == pytest.approx(7.0)
    assert travel_time(10, 2, 0, 0) == pytest.approx(5.0)
    assert travel_time(0, 2, 1, 1) == 0.0


def manned(executers=1, stations=1, **properties):
    """Stations at x = 0, 10, …, executers 4 m below the first one."""
    plant = Plant()
    source, queue, sink = plant.arrivals(0), plant.add("Queue"), plant.add("Sink")
    plant.link(source, queue)
    team = [plant.add("Operator", f"Worker{k}", (0, -4), SIZE) for k in range(executers)]
    for number in range(stations):
        mill = plant.add("Processor", f"Mill{number}", (10 * number, 0), SIZE,
                         ProcessTime=6, UseProcessOperators=1, **properties)  # fmt: skip
        plant.link(queue, mill, sink)
    return plant, team


def test_the_process_starts_when_the_operator_has_arrived():
    plant, (worker,) = manned()
    plant.centre(plant.model.find("Mill0"), worker)

    result = plant.run(20)

    assert spells(result, "Mill0") == [
        (State.WAITING_FOR_OPERATOR, 0, 4),
        (State.PROCESSING, 4, 10),
        (State.IDLE, 10, 20),
    ]
    assert spells(result, "Worker0") == [
        (State.TRAVEL_EMPTY, 0, 4),
        (State.UTILIZE, 4, 10),
        (State.IDLE, 10, 20),
    ]
    assert result.object("Worker0")["utilisation"].mean == pytest.approx(0.5)


def test_all_requested_operators_must_come():
    plant, (near, far) = manned(executers=2, NumProcessOperators=2)
    far.location = (0.0, -16.0, 0.0)
    team = plant.add("Dispatcher")
    plant.link(team, near)
    plant.link(team, far)
    plant.centre(plant.model.find("Mill0"), team)

    result = plant.run(30)

    # 16 m take 10 s.
    assert exits(result, "Mill0") == [16]
    assert spells(result, "Worker0")[:2] == [(State.TRAVEL_EMPTY, 0, 4), (State.UTILIZE, 4, 16)]


def test_two_operators_of_one_are_refused():
    plant, (worker,) = manned(NumProcessOperators=2)
    plant.centre(plant.model.find("Mill0"), worker)

    with pytest.raises(SimulationError, match="asks for 2 operators"):
        plant.run(20)


def test_one_operator_serves_two_stations_in_turn():
    plant, (worker,) = manned(stations=2)
    plant.model.objects[0].properties["ArrivalSchedule"] = _two_at_once()
    team = plant.add("Dispatcher")
    plant.link(team, worker)
    for mill in ("Mill0", "Mill1"):
        plant.centre(plant.model.find(mill), team)

    result = plant.run(40)

    # Free at 10, 10 m to the second station take 7 s.
    assert exits(result, "Mill0") == [10]
    assert exits(result, "Mill1") == [23]


def test_higher_priority_comes_first():
    plant, (worker,) = manned(stations=3)
    plant.model.objects[0].properties["ArrivalSchedule"] = _two_at_once(3)
    plant.model.find("Mill2").properties["OperatorPriority"] = _number(5)
    team = plant.add("Dispatcher")
    plant.link(team, worker)
    for mill in ("Mill0", "Mill1", "Mill2"):
        plant.centre(plant.model.find(mill), team)

    result = plant.run(100)

    assert exits(result, "Mill2") < exits(result, "Mill0") < exits(result, "Mill1")


def _number(value):
    from .plant import value_of

    return value_of(value)


def _two_at_once(count=2):
    return _number([(0.0, "Box", count)])


def test_operators_stay_from_setup_to_process():
    plant, (worker,) = manned(SetupTime=3, UseSetupOperators=1)
    plant.centre(plant.model.find("Mill0"), worker)

    result = plant.run(20)

    assert spells(result, "Worker0")[:2] == [(State.TRAVEL_EMPTY, 0, 4), (State.UTILIZE, 4, 13)]
    assert exits(result, "Mill0") == [13]


def test_setup_operators_are_freed_when_the_process_needs_none():
    plant, (worker,) = manned(SetupTime=3, UseSetupOperators=1)
    plant.model.find("Mill0").properties["UseProcessOperators"] = _number(0)
    plant.centre(plant.model.find("Mill0"), worker)

    result = plant.run(20)

    assert spells(result, "Worker0")[1] == (State.UTILIZE, 4, 7)
    assert exits(result, "Mill0") == [13]


def test_an_operator_reference_that_leads_nowhere_is_explained():
    plant, _ = manned()

    with pytest.raises(SimulationError) as caught:
        plant.run(20)

    assert caught.value.object == "Mill0"
    assert "OperatorRef" in caught.value.message
    assert caught.value.hint


def hauled(class_name="Transporter", times=(0,), **properties):
    """A queue at x = 0 and a mill at x = 10; the truck starts at the queue."""
    plant = Plant()
    source = plant.arrivals(*times)
    queue = plant.add("Queue", at=(0, 0), size=SIZE, UseTransport=1)
    mill = plant.add("Processor", "Mill", (10, 0), SIZE, ProcessTime=1)
    truck = plant.add(class_name, "Truck", (0, 0), SIZE, **properties)
    plant.link(source, queue, mill, plant.add("Sink"))
    plant.centre(queue, truck)
    return plant


def test_transport_travels_loads_travels_and_unloads():
    plant = hauled(LoadTime=2, UnloadTime=3)

    result = plant.run(30)

    assert spells(result, "Truck") == [
        (State.LOADING, 0, 2),
        (State.TRAVEL_LOADED, 2, 9),
        (State.UNLOADING, 9, 12),
        (State.IDLE, 12, 30),
    ]
    assert journeys(result, "Queue") == [(1, 0, 2)]
    assert journeys(result, "Truck") == [(1, 2, 12)]
    assert journeys(result, "Mill") == [(1, 12, 13)]
    assert spells(result, "Queue")[0] == (State.WAITING_FOR_TRANSPORT, 0, 2)


def test_an_item_on_its_way_takes_room_at_its_destination():
    plant = hauled(times=(0, 0))

    result = plant.run(60)

    # 7 s out, 1 s of work; only then the second is called: 7 s back, 7 s out again.
    assert exits(result, "Mill") == [8, 23]
    assert exits(result, "Queue") == [0, 15]


def test_a_truck_with_room_picks_up_more_before_it_leaves():
    plant = hauled(times=(0, 0, 0), Capacity=2)
    plant.model.find("Mill").properties["MaxContent"] = _number(3)

    result = plant.run(60)

    assert exits(result, "Queue") == [0, 0, 14]
    assert exits(result, "Mill") == [8, 8, 22]
    assert result.object("Truck")["content_max"].mean == 2


def test_a_robot_takes_its_move_time():
    plant = hauled("Robot", times=(0,), MoveTime=5)

    assert exits(plant.run(30), "Truck") == [5]


def test_a_network_is_travelled_along_its_shortest_path():
    plant = hauled()
    nodes = [
        plant.add("NetworkNode", f"N{k}", at, (0.0, 0.0, 0.0))
        for k, at in enumerate([(0, 0), (0, 6), (8, 6), (50, 0)])
    ]
    queue, mill, truck = (plant.model.find(name) for name in ("Queue", "Mill", "Truck"))
    for one, other in [(0, 1), (1, 2), (0, 3), (3, 2)]:
        plant.model.connect(nodes[one], nodes[other], "D")
    plant.model.connect(queue, nodes[0], "D")
    plant.model.connect(mill, nodes[2], "D")
    plant.model.connect(truck, nodes[0], "D")

    # 6 m up and 8 m right: 14 m take 9 s.
    assert exits(plant.run(30), "Truck") == [9]


def test_pass_to_sends_at_once_to_a_member():
    plant, (first, second) = manned(executers=2)
    team = plant.add("Dispatcher", PassTo=2)
    plant.link(team, first)
    plant.link(team, second)
    plant.centre(plant.model.find("Mill0"), team)

    result = plant.run(20)

    assert result.object("Worker0").states["idle"].mean == 1
    assert result.object("Worker1").states["utilize"].mean == pytest.approx(0.3)


@pytest.mark.parametrize("reference", ["Worker0", 'return Model.find("Worker0");'])
def test_an_operator_can_be_referred_to_by_name(reference):
    plant, _ = manned(OperatorRef=reference)

    assert exits(plant.run(20), "Mill0") == [10]


def test_pass_to_a_member_that_is_not_there_is_told():
    plant, (first, second) = manned(executers=2)
    team = plant.add("Dispatcher", PassTo=3)
    plant.link(team, first)
    plant.link(team, second)
    plant.centre(plant.model.find("Mill0"), team)

    result = plant.run(20)

    assert result.object("Worker0").states["utilize"].mean == pytest.approx(0.3)
    assert any("PassTo gave port 3, but there are 2" in text for text in result.warnings)
