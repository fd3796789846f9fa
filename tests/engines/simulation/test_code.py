"""User code on the engine: traces worked out by hand."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells, value_of


def run(plant, until=100, **config):
    return plant.run(until, runner=code_runner(), **config)


def forked(count, **queue):
    """`count` items at time 0, a queue, Left (3 s) at port 1 and Right (5 s) at port 2."""
    plant = Plant()
    source = plant.arrivals(*[0] * count)
    plant.queue = plant.add("Queue", **queue)
    plant.left = plant.add("Processor", "Left", ProcessTime=3)
    plant.right = plant.add("Processor", "Right", ProcessTime=5)
    plant.sink = plant.add("Sink")
    plant.link(source, plant.queue, plant.left, plant.sink)
    plant.link(plant.queue, plant.right, plant.sink)
    plant.source = source
    return plant


def on(obj, **triggers):
    for name, text in triggers.items():
        obj.properties[f"Triggers.{name}"] = value_of(text)


# Routing


def test_items_take_turns_by_a_label_of_the_queue():
    plant = forked(4, SendToPort="current.turn = current.turn == 1 ? 2 : 1; return current.turn;")
    plant.queue.labels["turn"] = 0

    result = run(plant)

    assert journeys(result, "Left") == [(1, 0, 3), (3, 3, 6)]
    assert journeys(result, "Right") == [(2, 0, 5), (4, 5, 10)]


def test_items_go_by_their_label_set_at_creation():
    plant = forked(4, SendToPort="return item.Type;")
    on(plant.source, OnCreation="item.Type = rownumber <= 3 ? 2 : 1;")

    result = run(plant)

    assert journeys(result, "Left") == [(4, 0, 3)]
    assert journeys(result, "Right") == [(1, 0, 5), (2, 5, 10), (3, 10, 15)]


def test_a_switch_chooses_the_port():
    body = """
        Object current = ownerobject(c);
        Object item = param(1);
        switch (getlabel(item, "Type")) {
            case 10: return 1;
            case 20:
            case 30: return 2;
            default: return -1;
        }"""
    plant = forked(4, SendToPort=body)
    on(plant.source, OnCreation='setlabel(item, "Type", rownumber * 10);')

    result = run(plant)

    assert exits(result, "Left") == [3]
    assert exits(result, "Right") == [5, 10]
    assert result.object("Queue")["content_max"].mean >= 1  # the fourth item waits for ever
    assert result.kpis["items_out"].mean == 3


def test_the_shorter_queue_is_chosen():
    plant = Plant()
    source = plant.arrivals(0, 0, 0, 0)
    source.properties["SendToPort"] = value_of(
        """int best = 1;
        for (int i = 2; i <= current.outObjects.length; i++) {
            if (current.outObjects[i].stats.content.value
                < current.outObjects[best].stats.content.value)
                best = i;
        }
        return best;"""
    )
    slow = plant.add("Processor", "Slow", ProcessTime=50)
    for name in ("One", "Two"):
        plant.link(source, plant.add("Queue", name, SendToPort=-1), slow)

    result = run(plant)

    assert result.object("One")["input"].mean == 2
    assert result.object("Two")["input"].mean == 2


def test_a_drawn_port_is_the_same_for_the_same_seed():
    ports = [
        [item for item, _, _ in journeys(run(_drawn(), 400, seed=seed), "Left")]
        for seed in (1, 1, 2)
    ]

    assert ports[0] == ports[1]
    assert ports[0] != ports[2]
    assert 20 < len(ports[0]) < 60


def _drawn():
    return forked(80, SendToPort="int port = duniform(1, 2, getstream(current)); return port;")


def test_code_draws_what_the_plain_law_draws():
    plain = forked(60, SendToPort="return bernoulli(30, 1, 2, getstream(current));")
    coded = forked(60, SendToPort="double p = 30; return bernoulli(p, 1, 2, getstream(current));")

    assert run(plain, 500).trace.items == run(coded, 500).trace.items


def test_shares_by_an_empirical_table():
    plant = forked(1000, SendToPort="return dempirical([[20, 1], [80, 2]], getstream(current));")

    result = run(plant, 6000)

    left = result.object("Left")["input"].mean
    assert left + result.object("Right")["input"].mean == 1000
    assert left == pytest.approx(200, abs=4 * (1000 * 0.2 * 0.8) ** 0.5)


# Times


def test_process_time_by_label():
    plant = Plant()
    source = plant.arrivals(0, 0, 0)
    on(source, OnCreation="item.Type = rownumber % 2;")
    mill = plant.add("Processor", "Mill", ProcessTime="item.Type == 1 ? 10 : 20")
    plant.link(source, mill, plant.add("Sink"))

    assert journeys(run(plant), "Mill") == [(1, 0, 10), (2, 10, 30), (3, 30, 40)]


def test_setup_only_when_the_type_changes():
    plant = Plant()
    source = plant.arrivals(0, 0, 0, 0)
    on(source, OnCreation="item.Type = rownumber <= 2 ? 1 : 2;")
    setup = """
        if (current.last == item.Type) return 0;
        current.last = item.Type;
        return 4;"""
    mill = plant.add("Processor", "Mill", SetupTime=setup, ProcessTime=10)
    mill.labels["last"] = 0
    plant.link(source, mill, plant.add("Sink"))

    # 4 + 10, 10, 4 + 10, 10
    assert exits(run(plant), "Mill") == [14, 24, 38, 48]


def test_inter_arrival_time_that_grows_with_time():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime="Model.time < 20 ? 5 : 10")
    plant.link(source, plant.add("Sink"))

    assert exits(run(plant, 45), "Source") == [5, 10, 15, 20, 30, 40]


# Pull


def test_pull_requirement_by_label():
    plant = Plant()
    source, queue = plant.arrivals(0, 0, 0, 0), plant.add("Queue")
    on(source, OnCreation="item.Type = rownumber % 2 + 1;")
    odd = plant.add("Processor", "Odd", ProcessTime=3, Pull=1, PullRequirement="item.Type == 2")
    even = plant.add("Processor", "Even", ProcessTime=5, Pull=1, PullRequirement="item.Type == 1")
    plant.link(source, queue, odd, plant.add("Sink"))
    plant.link(queue, even)

    result = run(plant, 20)

    assert journeys(result, "Odd") == [(1, 0, 3), (3, 3, 6)]
    assert result.object("Even")["input"].mean == 1  # it has no output, so one stays inside


def test_pull_strategy_by_label_alternates_its_inputs():
    plant = Plant()
    first, second = plant.arrivals(0, 0, 0, name="First"), plant.arrivals(0, 0, 0, name="Second")
    mill = plant.add(
        "Processor", "Mill", ProcessTime=2, Pull=1, PullStrategy="return current.next;"
    )
    mill.labels["next"] = 2
    on(mill, OnEntry="current.next = 3 - current.next;")
    plant.link(first, mill, plant.add("Sink"))
    plant.link(second, mill)

    result = run(plant)

    assert exits(result, "Second") == [0, 4, 8]
    assert exits(result, "First") == [2, 6, 10]


# Triggers


def test_triggers_in_their_order_and_with_their_parameters():
    plant = Plant()
    source = plant.arrivals(5)
    mill = plant.add("Processor", "Mill", SetupTime=1, ProcessTime=2)
    on(source, OnCreation='print("created", item.name, rownumber);', OnExit='print("out", port);')
    on(
        mill,
        OnReset='print("reset", current.name);',
        OnEntry='print("entry", Model.time, port);',
        OnSetupFinish='print("setup", time());',
        OnProcessFinish='print("process", time());',
        OnExit='print("exit", time(), port, current.stats.output.value);',
    )
    sink = plant.add("Sink")
    on(sink, OnEntry='print("sink", current.stats.input.value);')
    plant.link(source, mill, sink)

    assert run(plant, 20).output == (
        "reset Mill", "created Box 1", "out 1", "entry 5 1", "setup 6", "process 8",
        "exit 8 1 0", "sink 1",
    )  # fmt: skip


def test_labels_travel_with_the_item():
    plant = forked(2, SendToPort=1)
    on(plant.left, OnExit="item.cost = 7.5; item.log = [1]; item.log.push(Model.time);")
    on(plant.sink, OnEntry='print(item.cost * 2 + ":" + item.log[2] + ":" + item.log.length);')

    assert run(plant).output == ("15:3:2", "15:6:2")


def test_a_message_arrives_after_its_delay():
    plant = Plant()
    source = plant.arrivals(3)
    mill = plant.add("Processor", "Mill", ProcessTime=1)
    on(mill, OnExit='senddelayedmessage(Model.find("Keeper"), 4, current, 11, "x");')
    on(mill, OnMessage='print(time(), "got", msgparam(1), "from", fromObject.name);')
    keeper = plant.add("Queue", "Keeper")
    on(
        keeper,
        OnMessage="print(time(), msgparam(1) + 1, param(3)); fromObject.message(2, current, 5);",
    )
    plant.link(source, mill, plant.add("Sink"))

    assert run(plant).output == ("8 12 x", "10 got 5 from Keeper")


def test_an_object_is_stopped_and_resumed_by_messages():
    plant = Plant()
    source = plant.arrivals(0, 0)
    mill = plant.add("Processor", "Mill", ProcessTime=10)
    on(mill, OnReset="current.message(4, current, 1); current.message(9, current, 0);")
    on(mill, OnMessage="if (msgparam(1)) stopobject(current, STATE_BREAKDOWN);\n"
                       "else resumeobject(current);")  # fmt: skip
    plant.link(source, mill, plant.add("Sink"))

    result = run(plant)

    assert exits(result, "Mill") == [15, 25]  # 5 s of standstill in the first
    assert result.object("Mill").states["breakdown"].mean == pytest.approx(0.05)


def test_properties_change_while_the_model_runs():
    plant = forked(6, SendToPort=1)
    on(plant.left, OnProcessFinish='if (Model.time >= 6) current.setProperty("ProcessTime", 10);')
    on(plant.sink, OnEntry='print(Model.find("Left").getProperty("ProcessTime"));')

    result = run(plant, 40)

    assert exits(result, "Left") == [3, 6, 16, 26, 36]
    assert result.output == ("3", "10", "10", "10", "10")


def test_a_transporter_is_chosen_by_label():
    plant = Plant()
    source = plant.arrivals(0, 0)
    on(source, OnCreation="item.Cart = rownumber;")
    queue = plant.add("Queue", UseTransport=1, TransportRef="current.centerObjects[item.Cart]")
    sink = plant.add("Sink", at=(20, 0))
    near = plant.add("Transporter", "Near")
    far = plant.add("Transporter", "Far", at=(100, 0))
    plant.link(source, queue, sink)
    plant.centre(queue, near, far)

    result = run(plant, 500)

    assert result.object("Near")["input"].mean == 1
    assert result.object("Far")["input"].mean == 1


# Replications


def test_labels_of_objects_start_afresh_in_each_replication():
    plant = Plant()
    source = plant.arrivals(0, 0, 0)
    queue = plant.add("Queue", SendToPort="current.seen += 1; return current.seen > 3 ? -1 : 1;")
    queue.labels["seen"] = 0
    plant.link(source, queue, plant.add("Sink"))

    result = run(plant, 10, replications=4)

    assert result.kpis["items_out"].low == result.kpis["items_out"].high == 3
    assert queue.labels == {"seen": 0}


def test_stops_end_by_their_ids():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=4)
    on(mill, OnEntry="current.stop(STATE_DOWN, 7); stopobject(current, STATE_BREAKDOWN, 8);"
                     "for (int n = 7; n < 10; n++) current.message(n - 5, current, n % 2 + 7);",
       OnMessage="current.resume(msgparam(1));")  # fmt: skip
    plant.link(plant.arrivals(5), mill, plant.add("Sink"))

    result = run(plant)

    # Ids 8, 7 and 8 again, after 2, 3 and 4 s.
    assert spells(result, "Mill")[1:4] == [
        (State.BREAKDOWN, 5, 7), (State.DOWN, 7, 8), (State.PROCESSING, 8, 12),
    ]  # fmt: skip
    assert "no stop has the id 8" in " ".join(result.warnings)
