"""Networks, cranes, elevators, storage vehicles, robots and forks, by hand."""

from itertools import pairwise
from math import sqrt

import pytest

from apps.engines.simulation import SimulationError
from apps.engines.simulation.kernel.travel import travel_time, travelled
from apps.engines.simulation.states import State

from .plant import Plant, exits, spells

SIZE = (2.0, 2.0, 1.0)
DOT = (0.0, 0.0, 0.0)
FAST = {"MaxSpeed": 1, "Acceleration": 0, "Deceleration": 0}


@pytest.mark.parametrize(
    ("elapsed", "metres"), [(1, 0.5), (2, 2), (3.5, 5), (5, 8), (6, 9.5), (9, 10)]
)
def test_how_far_an_executer_has_come(elapsed, metres):
    # 10 m with 2 m/s and 1 m/s²: 2 s and 2 m of ramp, 3 s at full speed, 2 s and 2 m.
    assert travelled(elapsed, 10, 2, 1, 1) == pytest.approx(metres)


def test_how_far_it_has_come_without_full_speed_or_without_ramps():
    assert travelled(1, 2, 2, 1, 1) == pytest.approx(0.5)
    assert travelled(sqrt(2), 2, 2, 1, 1) == pytest.approx(1)
    assert travelled(3, 10, 2, 0, 0) == pytest.approx(6)
    assert travel_time(0, 2, 0, 0) == travelled(0, 0, 2, 0, 0) == 0


class Yard(Plant):
    def haul(self, class_name, at, start, end, *times, high=0.0, size=SIZE, **properties):
        """One executer that carries items between stations with middles at x, y, z."""
        source = self.arrivals(*(times or (0,)))
        queue = self.add("Queue", at=self.corner(start), size=SIZE, UseTransport=1)
        sink = self.add("Sink", at=self.corner(end), size=SIZE)
        for station, place in ((queue, start), (sink, end)):
            station.location = (*station.location[:2], (*place, 0.0)[2])
        executer = self.add(class_name, "Mover", self.corner(at, size), size, **properties)
        executer.location = (*executer.location[:2], high)
        self.link(source, queue, sink)
        self.centre(queue, executer)
        return executer

    @staticmethod
    def corner(middle, size=SIZE):
        return middle[0] - size[0] / 2, middle[1] + size[1] / 2


# Networks


def network(yard, *places, **properties):
    nodes = [yard.add("NetworkNode", f"N{k}", at, DOT, **properties) for k, at in enumerate(places)]
    for one, other in pairwise(nodes):
        yard.model.connect(one, other)
    return nodes


def walkers(count, **properties):
    """Walkers at node 0, each with an item to carry to its own sink at node 2, 20 m away."""
    yard = Yard()
    nodes = network(yard, (0, 0), (10, 0), (20, 0), (20, 10))
    for number in range(count):
        source = yard.arrivals(0, name=f"Source{number}")
        queue, sink = yard.add("Queue", UseTransport=1), yard.add("Sink", f"Sink{number}")
        walker = yard.add("TaskExecuter", f"Walker{number}", (0, 0), SIZE, **FAST, **properties)
        yard.link(source, queue, sink)
        yard.centre(queue, walker)
        yard.model.connect(walker, nodes[0])
        yard.model.connect(queue, nodes[0])
        yard.model.connect(sink, nodes[2])
    return yard, nodes


def test_stations_are_attached_by_ordinary_connections_too():
    yard, _ = walkers(1)

    assert exits(yard.run(60), "Walker0") == [20]


def test_a_full_node_lets_nobody_else_stand_there():
    yard, nodes = walkers(2, UnloadTime=5)
    nodes[2].properties.update(Plant().add("NetworkNode", MaxTravelers=1).properties)
    # A third task takes the first one away again, at 25.
    source, queue, sink = (
        yard.arrivals(0, name="S"),
        yard.add("Queue", "Next"),
        yard.add("Sink", "T"),
    )
    yard.link(source, queue, sink)
    queue.properties.update(Plant().add("Queue", UseTransport=1).properties)
    yard.centre(queue, yard.model.find("Walker0"))
    yard.model.connect(queue, nodes[3])
    yard.model.connect(sink, nodes[3])

    result = yard.run(60)

    assert spells(result, "Walker0")[:3] == [
        (State.TRAVEL_LOADED, 0, 20),
        (State.UNLOADING, 20, 25),
        (State.TRAVEL_EMPTY, 25, 35),
    ]
    assert spells(result, "Walker1") == [
        (State.TRAVEL_LOADED, 0, 25),
        (State.UNLOADING, 25, 30),
        (State.IDLE, 30, 60),
    ]


def test_a_station_that_the_network_does_not_reach_is_told():
    yard, nodes = walkers(1)
    yard.model.connections = [c for c in yard.model.connections if c.source is not nodes[1]]

    with pytest.raises(SimulationError, match="no network path"):
        yard.run(60)


def urgent(yard, executer, start, end, time):
    """Another line whose transport preempts."""
    queue = yard.add(
        "Queue", "Urgent", yard.corner(start), SIZE, UseTransport=1, TransportPreempt=1
    )
    sink = yard.add("Sink", "End", yard.corner(end), SIZE)
    yard.link(yard.arrivals(time, name="Now"), queue, sink)
    yard.centre(queue, executer)
    return queue, sink


def test_who_is_preempted_between_two_nodes_may_turn_round():
    yard, nodes = walkers(1, Capacity=2)
    queue, sink = urgent(yard, yard.model.find("Walker0"), (0, 0), (0, 0), 4)
    yard.model.connect(queue, nodes[0])
    yard.model.connect(sink, nodes[1])

    # 4 m out and back, 10 m to the second node, 10 m more to the third.
    assert exits(yard.run(60), "Walker0") == [18, 28]


# Cranes


def test_a_crane_lifts_travels_and_lowers():
    yard = Yard()
    size = (2.0, 2.0, 4.0)
    yard.haul("Crane", (0, 0), (6, 8), (10, 8), size=size, LoadTime=1, **FAST)

    result = yard.run(100)

    # From 4 m up: 8 m over and 4 m down; 4 m up, 4 m over, 4 m down.
    assert spells(result, "Mover") == [
        (State.OFFSET_TRAVEL_EMPTY, 0, 12),
        (State.LOADING, 12, 13),
        (State.OFFSET_TRAVEL_LOADED, 13, 25),
        (State.IDLE, 25, 100),
    ]


def test_a_crane_has_speeds_and_a_sequence_of_its_own():
    yard = Yard()
    speeds = [[2.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.5, 0.0, 0.0]]
    yard.haul("Crane", (0, 0), (6, 8), (10, 8), size=(2.0, 2.0, 4.0), CraneSpeeds=speeds,
              LiftHeight=2, TravelSequence='"L>X>Y>D"')  # fmt: skip

    result = yard.run(100)

    # 6/2 + 8/4 + 2/0.5 = 9; 2/0.5 + 4/2 + 0 + 2/0.5 = 10.
    assert exits(result, "Mover") == [19]


def test_within_its_lift_radius_a_crane_does_not_lift():
    yard = Yard()
    yard.haul("Crane", (0, 0), (0, 0), (3, 0), size=(2.0, 2.0, 4.0), LiftRadius=3, **FAST)

    assert exits(yard.run(100), "Mover") == [4 + 3]


def test_a_preempted_crane_goes_on_from_where_all_its_axes_are():
    yard = Yard()
    crane = yard.haul("Crane", (0, 0), (6, 8), (10, 8), size=(2.0, 2.0, 4.0), **FAST)
    urgent(yard, crane, (0, 0), (0, 0), 3)

    # At 3 it is at (3, 3, 4): 3 m over, 4 m down; 4 + 8 + 4 to the item, 4 + 4 + 4 with it.
    assert exits(yard.run(100), "Mover") == [10, 38]


@pytest.mark.parametrize(
    ("name", "value"), [("TravelSequence", '"L>X>D"'), ("CraneSpeeds", [[1.0, 0.0, 0.0]])]
)
def test_a_crane_that_cannot_move_is_explained(name, value):
    yard = Yard()
    yard.haul("Crane", (0, 0), (6, 8), (10, 8), **{name: value})

    with pytest.raises(SimulationError, match=name):
        yard.run(10)


# Elevators, storage vehicles, forks


def test_an_elevator_moves_up_and_down_only():
    yard = Yard()
    yard.haul("Elevator", (0, 0), (5, 5, 3), (9, 9, 12), MaxSpeed=2)

    result = yard.run(100)

    up, on = travel_time(3, 2, 1, 1), travel_time(9, 2, 1, 1)
    assert spells(result, "Mover")[:2] == [
        (State.OFFSET_TRAVEL_EMPTY, 0, pytest.approx(up)),
        (State.OFFSET_TRAVEL_LOADED, pytest.approx(up), pytest.approx(up + on)),
    ]


def test_a_storage_vehicle_runs_and_lifts_at_once_then_extends():
    yard = Yard()
    yard.haul("ASRSvehicle", (0, 0), (0, 3), (10, -2, 8), LiftSpeed=0.5, ExtensionSpeed=2, **FAST,
              UnloadTime=1)  # fmt: skip

    result = yard.run(100)

    # 3 m across and back at 2 m/s; 10 m along takes 10 s, 8 m up 16 s; 2 m across and back.
    assert spells(result, "Mover") == [
        (State.OFFSET_TRAVEL_EMPTY, 0, 3),
        (State.OFFSET_TRAVEL_LOADED, 3, 21),
        (State.UNLOADING, 21, 22),
        (State.IDLE, 22, 100),
    ]


def test_the_rail_of_a_storage_vehicle_turns_with_it():
    yard = Yard()
    vehicle = yard.haul("ASRSvehicle", (0, 0), (0, 0), (0, 10), **FAST)
    vehicle.rotation = (0.0, 0.0, 90.0)

    assert exits(yard.run(100), "Mover") == [pytest.approx(10)]


def test_a_transporter_raises_its_fork():
    yard = Yard()
    yard.haul("Transporter", (0, 0), (0, 0), (10, 0, 3), LiftSpeed=0.5, UnloadTime=2, **FAST)

    assert spells(yard.run(100), "Mover")[:3] == [
        (State.TRAVEL_LOADED, 0, 10),
        (State.OFFSET_TRAVEL_LOADED, 10, 16),
        (State.UNLOADING, 16, 18),
    ]


# Robots


def robot(mode, start=(0, 2), end=(-3, 0), **properties):
    yard = Yard()
    yard.haul("Robot", (0, 0), start, end, size=(2.0, 2.0, 1.5), MotionMode=mode, **properties)
    return yard.run(100)


def test_a_robot_of_simple_motion_turns_and_extends_at_once():
    result = robot(1, ZRotationSpeed=30, YRotationSpeed=90, ExtensionSpeed=0.5)

    # From its x axis, folded: 90° in 3 s, 2 m in 4 s; then 90° in 3 s, 1 m in 2 s.
    assert spells(result, "Mover")[:2] == [
        (State.OFFSET_TRAVEL_EMPTY, 0, pytest.approx(4)),
        (State.OFFSET_TRAVEL_LOADED, pytest.approx(4), pytest.approx(7)),
    ]


def test_a_robot_turns_the_shorter_way():
    result = robot(1, start=(-2, 2), end=(-2, -2), ZRotationSpeed=30, ExtensionSpeed=100)

    # 135° and then 90°, not 270°.
    assert exits(result, "Mover") == [pytest.approx(4.5 + 3)]


def test_a_robot_with_joint_speeds_bends_its_arm():
    speeds = [[90.0], [30.0], [60.0], [90.0], [1000.0], [90.0]]
    result = robot(3, start=(0, 1.5), end=(3, 0), JointSpeeds=speeds)

    # Two links of 1.5 m: folded, shoulder 90° and elbow −180°; at 1.5 m 60° and −120°;
    # at 3 m straight, 0° and 0°. The elbow takes 60°/60, the shoulder 30°/30, then 120°/60 each.
    assert exits(result, "Mover") == [pytest.approx(1 + 2)]


def test_paths_of_robots_are_refused():
    with pytest.raises(SimulationError, match="MotionMode"):
        robot(4)


@pytest.mark.parametrize(
    ("name", "value"), [("OffsetTravel", 2), ("BreakTo", "return 1;"), ("AvailableOnStart", 0)]
)
def test_what_is_not_simulated_is_refused(name, value):
    yard = Yard()
    yard.haul("Transporter", (0, 0), (0, 0), (10, 0), **{name: value})

    with pytest.raises(SimulationError, match=name):
        yard.run(10)


def test_a_transporter_that_does_not_travel_offsets_leaves_its_fork():
    yard = Yard()
    yard.haul("Transporter", (0, 0), (0, 0), (10, 0, 3), LiftSpeed=0.5, OffsetTravel=0, **FAST)

    assert exits(yard.run(100), "Mover") == [10]
