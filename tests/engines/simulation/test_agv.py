"""AGVs on guide paths, by hand: routes, allocation, areas, deadlock.

Vehicles have 1 m/s and no ramps unless a test says so, so metres are seconds.
"""

from itertools import pairwise

import pytest

from apps.engines.simulation import SimulationError
from apps.engines.simulation.kernel.travel import travel_time
from apps.engines.simulation.states import State

from .plant import Plant, exits, spells, value_of

DOT = (0.0, 0.0, 0.0)
BOX = (2.0, 2.0, 1.0)
FAST = {"MaxSpeed": 1, "Acceleration": 0, "Deceleration": 0}


class Floor(Plant):
    """`path`, `point` and `vehicle` by coordinates; points are named by their order."""

    def path(self, start, end, **properties):
        ends = {"StartLocation": [*start, 0.0], "EndLocation": [*end, 0.0]}
        return self.add("StraightPath", **ends, **properties)

    def point(self, name, at, **properties):
        return self.add("ControlPoint", name, at, DOT, **properties)

    def vehicle(self, name, point, **properties):
        made = self.add("TaskExecuter", name, (0.0, 0.0), BOX, **{**FAST, **properties})
        self.model.connect(made, point)
        return made

    def haul(self, vehicle, start, end, *times, name=""):
        """Items from a queue at one control point to a sink at another."""
        source = self.arrivals(*times, name=f"Source{name}")
        queue = self.add("Queue", f"Queue{name}", UseTransport=1)
        sink = self.add("Sink", f"Sink{name}")
        self.link(source, queue, sink)
        self.centre(queue, vehicle)
        self.model.connect(queue, start)
        self.model.connect(sink, end)


def loop(**properties):
    """A square of one-way paths, 10 m a side, with a point in the middle of each."""
    floor = Floor()
    corners = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    for start, end in pairwise(corners):
        floor.path(start, end, **properties)
    places = {"South": (5, 0), "East": (10, 5), "North": (5, 10), "West": (0, 5)}
    return floor, {name: floor.point(name, at) for name, at in places.items()}


def test_a_vehicle_drives_the_way_of_the_paths():
    floor, points = loop()
    truck = floor.vehicle("Truck", points["North"])
    floor.haul(truck, points["South"], points["East"], 0)

    result = floor.run(60)

    # North, West, South: 20 m; South, East: 10 m.
    assert spells(result, "Truck") == [
        (State.TRAVEL_EMPTY, 0, 20),
        (State.TRAVEL_LOADED, 20, 30),
        (State.IDLE, 30, 60),
    ]


def test_on_two_way_paths_it_takes_the_shorter_way():
    floor, points = loop(IsTwoWay=1)
    truck = floor.vehicle("Truck", points["East"])
    floor.haul(truck, points["South"], points["East"], 0)

    assert exits(floor.run(60), "Truck") == [20]


def test_a_curved_path_is_as_long_as_its_arc():
    floor = Floor()
    # Around (10, 10): from the south to the east, a quarter of a circle of 10 m.
    floor.add("CurvedPath", None, (0, 20), (20.0, 20.0, 0.0), StartAngle=270)
    start, end = floor.point("Start", (10, 0)), floor.point("End", (20, 10))
    truck = floor.vehicle("Truck", start)
    floor.haul(truck, start, end, 0)

    assert exits(floor.run(60), "Truck") == [pytest.approx(15.70796327)]


def line(*places, **properties):
    """Control points along one path of 100 m."""
    floor = Floor()
    floor.path((0, 0), (100, 0), **properties)
    return floor, [floor.point(f"P{place}", (place, 0)) for place in places]


def test_a_vehicle_waits_for_the_control_point_ahead():
    floor, points = line(0, 10, 20, 30)
    first = floor.vehicle("First", points[1], UnloadTime=1)
    second = floor.vehicle("Second", points[0])
    floor.haul(first, points[1], points[2], 0, name="A")
    floor.haul(second, points[0], points[3], 0, name="B")
    floor.haul(first, points[2], points[3], 15, name="C")

    result = floor.run(60)

    # First reaches P20 at 10 and gives P10 back: Second drives to P10, 10 to 20. First has
    # unloaded at 11, takes C at 15 to P30 (25) and stays; Second stands at P20 from 30 on.
    assert spells(result, "First") == [
        (State.TRAVEL_LOADED, 0, 10),
        (State.UNLOADING, 10, 11),
        (State.IDLE, 11, 15),
        (State.TRAVEL_LOADED, 15, 25),
        (State.UNLOADING, 25, 26),
        (State.IDLE, 26, 60),
    ]
    assert spells(result, "Second") == [(State.TRAVEL_LOADED, 0, 60)]
    assert not any("Deadlock" in text for text in result.warnings)


def test_a_control_point_may_take_several_vehicles():
    floor, points = line(0, 10)
    points[1].properties["MaxAllocations"] = value_of(2)
    for name in ("First", "Second"):
        floor.haul(floor.vehicle(name, points[0]), points[0], points[1], 0, name=name)

    result = floor.run(60)

    assert exits(result, "First") == exits(result, "Second") == [10]


def test_with_ramps_a_vehicle_runs_through_points_that_are_free():
    floor, points = line(0, 10, 20, 30)
    truck = floor.vehicle("Truck", points[0], MaxSpeed=2, Acceleration=1, Deceleration=1)
    floor.haul(truck, points[0], points[3], 0)

    assert exits(floor.run(60), "Truck") == [pytest.approx(travel_time(30, 2, 1, 1))]


def test_with_ramps_a_vehicle_brakes_for_a_point_that_is_taken():
    floor, points = line(0, 10, 20)
    parked = floor.vehicle("Parked", points[2], MaxSpeed=2)
    truck = floor.vehicle("Truck", points[0], MaxSpeed=2, Acceleration=1, Deceleration=1)
    floor.haul(truck, points[0], points[1], 0, name="A")
    floor.haul(parked, points[2], points[2], 0, name="B")

    assert exits(floor.run(60), "Truck") == [pytest.approx(travel_time(10, 2, 1, 1))]


def test_in_a_control_area_there_is_one_vehicle_at_a_time():
    floor = Floor()
    floor.path((0, 0), (40, 0))
    floor.path((20, -20), (20, 20))
    floor.add("ControlArea", "Crossing", (18, 2), (4.0, 4.0, 0.0))
    west, east = floor.point("West", (0, 0)), floor.point("East", (40, 0))
    south, north = floor.point("South", (20, -20)), floor.point("North", (20, 20))
    floor.haul(floor.vehicle("Eastward", west), west, east, 0, name="E")
    floor.haul(floor.vehicle("Northward", south), south, north, 3, name="N")

    result = floor.run(100)

    # The area is held until East is reached, at 40.
    assert exits(result, "Eastward") == [40]
    assert exits(result, "Northward") == [80]


def test_a_deadlock_is_told():
    floor, points = line(0, 10, IsTwoWay=1)
    floor.haul(floor.vehicle("There", points[0]), points[0], points[1], 0, name="A")
    floor.haul(floor.vehicle("Back", points[1]), points[1], points[0], 5, name="B")

    result = floor.run(60)

    found = next(text for text in result.warnings if "Deadlock" in text)
    assert "at 5" in found
    assert "There waits for P10, which Back has allocated" in found
    assert "Back waits for P0, which There has allocated" in found


def test_who_waits_behind_a_parked_vehicle_is_told_at_the_end():
    floor, points = line(0, 10, 20)
    truck = floor.vehicle("Truck", points[0])
    floor.vehicle("Parked", points[1])
    floor.haul(truck, points[0], points[2], 0)

    result = floor.run(60)

    assert exits(result, "Truck") == []
    assert "At the run's end Truck waits for P10, where Parked is parked without work." in (
        result.warnings
    )


def test_a_vehicle_that_breaks_down_on_its_way_goes_on_from_there():
    floor, points = line(0, 10, 20)
    truck = floor.vehicle("Truck", points[0], MTBFMTTRs=[[4.0, 100.0, 7.0]])
    floor.haul(truck, points[0], points[2], 0)

    assert exits(floor.run(60), "Truck") == [27]


def test_a_preempted_vehicle_stops_and_first_drives_on_to_what_it_holds():
    floor, points = line(0, 10, 20, 30, IsTwoWay=1)
    truck = floor.vehicle("Truck", points[0], Capacity=2)
    floor.haul(truck, points[0], points[3], 0, name="A")
    floor.haul(truck, points[0], points[1], 4, name="B")
    floor.model.find("QueueB").properties["TransportPreempt"] = value_of(1)

    result = floor.run(100)

    # At 4 m it is called: on to P10 (10), back to P0 (20), to P10 (30), and on to P30 (50).
    assert exits(result, "Truck") == [30, 50]


@pytest.mark.parametrize("what", ["point", "station"])
def test_what_is_off_the_paths_is_told(what):
    floor, points = line(0, 10)
    truck = floor.vehicle("Truck", points[0])
    if what == "point":
        floor.point("Lost", (5, 8))
    else:
        points[1] = floor.add("NetworkNode", "Node")
    floor.haul(truck, points[0], points[1], 0)

    with pytest.raises(SimulationError) as caught:
        floor.run(60)

    assert caught.value.object == {"point": "Lost", "station": "Sink"}[what]
    assert caught.value.hint


def test_triggers_of_control_points_are_refused():
    floor, points = line(0, 10)
    points[0].properties["Triggers.OnArrival"] = value_of("return 0;")
    floor.haul(floor.vehicle("Truck", points[0]), points[0], points[1], 0)

    with pytest.raises(SimulationError, match="OnArrival of a ControlPoint"):
        floor.run(60)
