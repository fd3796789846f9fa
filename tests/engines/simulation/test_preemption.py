"""Preemption, breaks, queue strategies and absent operators, by hand.

Executers have 1 m/s and no ramps, so metres are seconds.
"""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells

SIZE = (2.0, 2.0, 1.0)
FAST = {"MaxSpeed": 1, "Acceleration": 0, "Deceleration": 0}


class Shop(Plant):
    """Stations and executers with their middles at x on one line."""

    def executer(self, name="Worker", x=0, **properties):
        return self.add("TaskExecuter", name, (x - 1, 1), SIZE, **{**FAST, **properties})

    def mill(self, name, x, executer, *times, **properties):
        """A processor with an operator, its own arrivals and 10 s of work."""
        mill = self.add("Processor", name, (x - 1, 1), SIZE,
                        **{"ProcessTime": 10, "UseProcessOperators": 1, **properties})  # fmt: skip
        self.link(
            self.arrivals(*times, name=f"From{name}"),
            self.add("Queue", f"Before{name}"),
            mill,
            self.add("Sink", f"Behind{name}"),
        )
        self.centre(mill, executer)
        return mill

    def haul(self, name, start, end, executer, *times, **properties):
        """Items from a queue at `start` to a sink at `end`."""
        queue = self.add("Queue", name, (start - 1, 1), SIZE, UseTransport=1, **properties)
        sink = self.add("Sink", f"Behind{name}", (end - 1, 1), SIZE)
        self.link(self.arrivals(*times, name=f"From{name}"), queue, sink)
        self.centre(queue, executer)
        return queue


def test_who_is_preempted_stops_on_the_way_and_sets_out_again_later():
    shop = Shop()
    worker = shop.executer()
    shop.mill("Far", 10, worker, 0)
    shop.mill("Near", 2, worker, 5, OperatorPreempt=1)

    result = shop.run(60)

    # At 5 m he turns back 3 m, works until 18, and walks 8 m to the first mill.
    assert spells(result, "Worker") == [
        (State.TRAVEL_EMPTY, 0, 8),
        (State.UTILIZE, 8, 18),
        (State.TRAVEL_EMPTY, 18, 26),
        (State.UTILIZE, 26, 36),
        (State.IDLE, 36, 60),
    ]


def test_a_station_stops_while_its_operator_is_preempted():
    shop = Shop()
    worker = shop.executer()
    shop.mill("First", 0, worker, 0)
    shop.mill("Second", 3, worker, 4, OperatorPreempt=1)

    result = shop.run(60)

    # 4 s of work; 3 m, 10 s, 3 m; the 6 s that are left.
    assert spells(result, "First") == [
        (State.PROCESSING, 0, 4),
        (State.WAITING_FOR_OPERATOR, 4, 20),
        (State.PROCESSING, 20, 26),
        (State.IDLE, 26, 60),
    ]
    assert exits(result, "Second") == [17]


@pytest.mark.parametrize(("priority", "left"), [(0, 20), (1, 14)])
def test_one_that_preempts_is_preempted_by_a_higher_priority_only(priority, left):
    shop = Shop()
    worker = shop.executer()
    shop.mill("First", 0, worker, 0, OperatorPreempt=1)
    shop.mill("Second", 0, worker, 4, OperatorPreempt=1, OperatorPriority=priority)

    assert exits(shop.run(60), "Second") == [left]


def test_an_interrupted_load_takes_the_time_that_was_left():
    shop = Shop()
    truck = shop.executer("Truck", LoadTime=6)
    shop.haul("Slow", 0, 10, truck, 0)
    shop.mill("Mill", 3, truck, 4, OperatorPreempt=1)

    result = shop.run(60)

    # 4 s of loading; 3 m, 10 s, 3 m; 2 s of loading; 10 m.
    assert spells(result, "Truck") == [
        (State.LOADING, 0, 4),
        (State.TRAVEL_EMPTY, 4, 7),
        (State.UTILIZE, 7, 17),
        (State.TRAVEL_EMPTY, 17, 20),
        (State.LOADING, 20, 22),
        (State.TRAVEL_LOADED, 22, 32),
        (State.IDLE, 32, 60),
    ]


def test_an_aborted_transport_is_asked_for_anew():
    shop = Shop()
    truck = shop.executer("Truck")
    shop.haul("Aborted", 10, 20, truck, 0)
    shop.haul("Urgent", 0, 5, truck, 4, TransportPreempt=2)

    result = shop.run(100)

    # 4 m out and back, 5 m to the sink (13), 5 m to the first queue (18), 10 m on.
    assert exits(result, "Truck") == [13, 28]
    assert journeys(result, "Aborted") == [(1, 0, 18)]


def test_an_aborted_transport_takes_no_room_at_its_destination_any_more():
    shop = Shop()
    truck = shop.executer("Truck")
    store = shop.add("Queue", "Store", (19, 1), SIZE, MaxContent=1)
    queue = shop.add("Queue", "Aborted", (9, 1), SIZE, UseTransport=1)
    shop.link(shop.arrivals(0), queue, store, shop.add("Sink"))
    shop.centre(queue, truck)
    shop.haul("Urgent", 0, 5, truck, 4, TransportPreempt=2)

    assert exits(shop.run(100), "Store") == [28]


def test_an_item_aboard_of_an_aborted_transport_stays_aboard():
    shop = Shop()
    truck = shop.executer("Truck")
    shop.haul("Aborted", 0, 20, truck, 0)
    shop.haul("Urgent", 0, 5, truck, 4, TransportPreempt=2)

    result = shop.run(100)

    assert exits(result, "Truck") == [13]
    assert result.object("Truck")["content_max"].mean == 2


@pytest.mark.parametrize(
    ("preempt", "first", "second"),
    [(1, 12, 18), (2, 19, 13), (3, 13, 19)],
    ids=["goes on", "is asked for anew", "all are asked for anew"],
)
def test_what_is_preempted_goes_on_or_is_asked_for_anew(preempt, first, second):
    shop = Shop()
    truck = shop.executer("Truck", LoadTime=6)
    for name in ("First", "Second"):
        shop.haul(name, 0, 0, truck, 0)
    shop.haul("Urgent", 0, 0, truck, 1, TransportPreempt=preempt)

    result = shop.run(100)

    # Each takes 6 s to load; the first one has 5 s left at 1.
    assert exits(result, "Urgent") == [7]
    assert (exits(result, "First"), exits(result, "Second")) == ([first], [second])


def test_what_was_loaded_before_a_preemption_is_delivered_after_it():
    shop = Shop()
    truck = shop.executer("Truck", Capacity=2)
    shop.haul("Long", 0, 20, truck, 0)
    shop.haul("Urgent", 0, 5, truck, 4, TransportPreempt=1)

    # 4 m out and back: 8; 5 m on: 13; 15 m more: 28.
    assert exits(shop.run(100), "Truck") == [13, 28]


# Breaks


def test_on_a_round_items_of_several_stations_are_fetched_and_delivered_in_turn():
    shop = Shop()
    truck = shop.executer("Truck", Capacity=3, LoadTime=1)
    team = shop.add("Dispatcher", "Team")
    shop.link(team, truck)
    for name, start, end in (("A", 0, 30), ("B", 10, 25), ("C", 20, 40)):
        shop.haul(name, start, end, team, 0)

    result = shop.run(200)

    # Loaded by 1, 12 and 23; 10 m to A's sink (33), 5 m back (38), 15 m on (53).
    assert journeys(result, "Truck") == [(1, 1, 33), (2, 12, 38), (3, 23, 53)]


# Queue strategies


def strategic(strategy):
    shop = Shop()
    worker = shop.executer()
    team = shop.add("Dispatcher", "Team", QueueStrategy=strategy)
    shop.link(team, worker)
    shop.mill("First", 0, team, 0)
    for name, priority in (("Low", 1), ("High", 2)):
        shop.mill(name, 0, team, 1, OperatorPriority=priority)
    return shop.run(100, runner=code_runner())


@pytest.mark.parametrize(
    ("strategy", "order"),
    [
        ("taskSequence.priority", ["High", "Low"]),
        ("return -taskSequence.priority;", ["Low", "High"]),
        ("return taskSequence.priority == 1 ? 10 : getpriority(taskSequence);", ["Low", "High"]),
        ("return 0;", ["Low", "High"]),
    ],
)
def test_a_queue_strategy_decides_who_is_served_first(strategy, order):
    result = strategic(strategy)

    assert exits(result, order[0]) == [20]
    assert exits(result, order[1]) == [30]


# Stops


def test_a_station_waits_for_an_operator_who_is_down():
    shop = Shop()
    worker = shop.executer(TimeTables=[[4.0, 5.0]])
    shop.mill("Mill", 0, worker, 0)

    result = shop.run(60)

    assert spells(result, "Mill") == [
        (State.PROCESSING, 0, 4),
        (State.WAITING_FOR_OPERATOR, 4, 9),
        (State.PROCESSING, 9, 15),
        (State.IDLE, 15, 60),
    ]
    assert spells(result, "Worker")[:3] == [
        (State.UTILIZE, 0, 4),
        (State.SCHEDULED_DOWN, 4, 9),
        (State.UTILIZE, 9, 15),
    ]


def test_one_of_two_operators_who_is_called_away_before_the_other_comes_comes_back():
    shop = Shop()
    near, far = shop.executer("Near"), shop.executer("Far", 20)
    team = shop.add("Dispatcher", "Team")
    shop.link(team, near)
    shop.link(team, far)
    shop.mill("Both", 0, team, 0, NumProcessOperators=2)
    shop.mill("Urgent", 3, near, 5, OperatorPreempt=1, ProcessTime=20)

    result = shop.run(100)

    # Near is away from 5 to 31; Far is there at 20.
    assert spells(result, "Both")[:2] == [
        (State.WAITING_FOR_OPERATOR, 0, 31),
        (State.PROCESSING, 31, 41),
    ]
