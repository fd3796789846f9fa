"""What code does to the flow, by hand: ports closed and opened, items released and moved."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.model import CodeValue
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells


def when(plant, *orders):
    """Code at given times: the n-th item of a source of its own runs the n-th text."""
    times = [time for time, _ in orders]
    clock = plant.arrivals(*times, name="Clock")
    plant.link(clock, plant.add("Sink", "Drain"))
    cases = " ".join(f"case {n}: {text} break;" for n, (_, text) in enumerate(orders, 1))
    code = f"switch (param(2)) {{ {cases} }}"
    clock.properties["Triggers.OnCreation"] = CodeValue(code)


def line(*times, **properties):
    """Arrivals, a queue and a mill of 4 s."""
    plant = Plant()
    queue = plant.add("Queue", **properties)
    mill = plant.add("Processor", "Mill", ProcessTime=4)
    plant.link(plant.arrivals(*times), queue, mill, plant.add("Sink"))
    return plant


def run(plant, until=30):
    return plant.run(until, runner=code_runner())


def test_a_closed_input_lets_nothing_in_until_it_opens():
    plant = line(0, 1)
    when(plant, (0.5, 'closeinput(Model.find("Mill"));'), (9, 'openinput(Model.find("Mill"));'))

    assert journeys(run(plant), "Mill") == [(1, 0, 4), (3, 9, 13)]


def test_a_closed_output_keeps_what_is_released():
    plant = line(0, 1)
    mill = 'Model.find("Mill")'
    when(plant, (2, f"{mill}.output.close();"), (7, f"{mill}.output.open();"))

    result = run(plant)

    assert journeys(result, "Mill") == [(1, 0, 7), (2, 7, 11)]
    assert (State.BLOCKED, 4, 7) in spells(result, "Mill")


def test_one_port_can_be_closed_alone():
    plant = Plant()
    source = plant.arrivals(1, 3)
    plant.link(source, plant.add("Sink", "One"))
    plant.link(source, plant.add("Sink", "Two"))
    when(plant, (0, 'closeop(Model.find("Source"), 1);'), (2, 'openop(Model.find("Source"), 1);'))

    result = run(plant)

    assert [time for _, time, _ in journeys(result, "Two")] == [1]
    assert [time for _, time, _ in journeys(result, "One")] == [3]


def test_one_input_port_can_be_closed_alone():
    plant = Plant()
    sink = plant.add("Sink")
    plant.link(plant.arrivals(1, name="A"), sink)
    plant.link(plant.arrivals(1, name="B"), sink)
    when(plant, (0, 'closeip(Model.find("Sink"), 1);'), (5, 'openip(Model.find("Sink"), 1);'))

    result = run(plant)

    assert (exits(result, "A"), exits(result, "B")) == ([5], [1])


def test_an_item_without_a_port_waits_until_opening_the_output_routes_it_anew():
    plant = line(0, SendToPort="return Model.time < 5 ? -1 : 0;")
    when(plant, (3, 'openoutput(Model.find("Queue"));'), (8, 'openoutput(Model.find("Queue"));'))

    assert exits(run(plant), "Queue") == [8]


def test_opening_the_output_evaluates_a_port_that_had_been_chosen():
    plant = Plant()
    queue = plant.add("Queue", SendToPort="return Model.time < 2 ? 1 : 2;")
    plant.link(plant.arrivals(0), queue, plant.add("Processor", "Never"), plant.add("Sink", "One"))
    plant.link(queue, plant.add("Sink", "Two"))
    code = 'closeinput(Model.find("Never"));'
    plant.model.find("Never").properties["Triggers.OnReset"] = CodeValue(code)
    when(plant, (6, 'openoutput(Model.find("Queue"));'))

    assert [time for _, time, _ in journeys(run(plant), "Two")] == [6]


def test_released_by_code_to_a_port():
    plant = line(0, 0, SendToPort=-1)
    when(plant, (6, 'releaseitem(Model.find("Queue").last, 1);'))

    assert [(item, leave) for item, _, leave in journeys(run(plant), "Queue")] == [(2, 6)]


def test_a_basic_station_passes_on_at_once():
    plant = Plant()
    basic = plant.add("BasicFR", "Basic")
    plant.link(plant.arrivals(1, 2), basic, plant.add("Processor", "Mill", ProcessTime=5),
               plant.add("Sink"))  # fmt: skip

    result = plant.run(20)

    assert journeys(result, "Basic") == [(1, 1, 1), (2, 2, 6)]
    assert spells(result, "Basic") == [
        (State.IDLE, 0, 2),
        (State.BLOCKED, 2, 6),
        (State.IDLE, 6, 20),
    ]


def test_a_basic_station_sends_where_its_code_says():
    plant = Plant()
    basic = plant.add("BasicFR", "Basic", **{"Triggers.OnEntry": "releaseitem(item, 2);"})
    plant.link(plant.arrivals(1), basic, plant.add("Sink", "One"))
    plant.link(basic, plant.add("Sink", "Two"))

    assert [item for item, _, _ in journeys(run(plant), "Two")] == [1]


def test_a_basic_station_holds_until_it_is_told():
    plant = Plant()
    code = "current.message(3, current, item);"
    release = "releaseitem(msgparam(1));"
    basic = plant.add("BasicFR", "Basic", SendToPort="return Model.time < 4 ? -1 : 0;",
                      **{"Triggers.OnEntry": code, "Triggers.OnMessage": release})  # fmt: skip
    plant.link(plant.arrivals(1), basic, plant.add("Sink"))

    assert exits(run(plant), "Basic") == [4]


def test_a_waiting_item_moves_to_another_station_though_that_is_full():
    plant = line(0, 0, 0)
    depot = plant.add("Queue", "Depot", MaxContent=1)
    plant.link(depot, plant.add("Sink", "Exit"))
    depot.properties["SendToPort"] = CodeValue("return -1;")
    order = 'moveobject(Model.find("Queue").first, Model.find("Depot"));'
    when(plant, (1, order + order), (2, order))

    result = run(plant)

    # The second order at 1 meant the same item; at 2 the next one goes.
    assert [item for item, _, _ in journeys(result, "Queue")] == [1, 2, 3]
    assert exits(result, "Queue") == [0, 1, 2]
    assert result.object("Depot")["content_max"].mean == 2


def test_an_item_at_work_cannot_be_moved():
    plant = line(0)
    when(plant, (1, 'moveobject(Model.find("Mill").first, Model.find("Queue"));'))

    with pytest.raises(SimulationError, match="at work"):
        run(plant)


def test_a_waiting_item_is_destroyed():
    plant = line(0, 0)
    when(plant, (1, 'destroyobject(Model.find("Queue").first);'))

    result = run(plant)

    assert exits(result, "Mill") == [4]
    assert result.trace.wip[-1][1] == 0


def test_the_items_of_a_station_are_reached_by_number():
    plant = line(0, 1, 2)
    text = (
        'Object q = Model.find("Queue"); print(q.subnodes[2].name, q.subnodes.length, q.first.up);'
    )
    when(plant, (3, text))

    assert list(run(plant).output) == ["Box 2 Queue"]


def test_triggers_tell_when_an_object_goes_down_and_comes_back():
    plant = line(0)
    mill = plant.model.find("Mill")
    down = 'print("down", Model.time, param(1));'
    mill.properties |= {
        "Triggers.OnDown": CodeValue(down),
        "Triggers.OnUp": CodeValue('print("up", Model.time);'),
    }
    other = plant.add("Processor", "Other", MTBFMTTRs=[[2, 100, 5]], TimeTables=[[4, 1]])
    other.properties |= mill.properties
    plant.link(plant.arrivals(50, name="Late"), other, plant.add("Sink", "End"))

    # A stop within a stop is not told of.
    assert list(run(plant).output) == ["down 2 11", "up 7"]


def test_a_batch_tells_that_it_is_complete():
    told = {"Triggers.OnEndCollecting": "print(Model.time, item.name, param(2));"}
    plant = line(0, 3, DoBatching=1, BatchSize=2, **told)

    assert list(run(plant).output) == ["3 Box 2"]


def test_creation_tells_the_row_of_the_table():
    plant = Plant()
    rows = [["Time", "Name", "Quantity", "Kind"], [1, "A", 2, 7], [4, "B", 1, 8]]
    code = "print(item.name, param(2), item.Kind);"
    source = plant.add("Source", ArrivalStyle=2, ArrivalSchedule=rows,
                       **{"Triggers.OnCreation": code})  # fmt: skip
    plant.link(source, plant.add("Sink"))

    assert list(run(plant).output) == ["A 1 7", "A 1 7", "B 2 8"]


def test_code_asks_which_ports_are_available():
    plant = line(0, 0, 0, MaxContent=2)
    queue, mill = 'Model.find("Queue")', 'Model.find("Mill")'
    asked = f"print(opavailable({queue}, 1), ipavailable({queue}, 1), opavailable({queue}, 2));"
    when(
        plant,
        (1, asked),  # one in the mill, two wait
        (5, asked),  # one waits
        (20, asked),
        (21, f"closeinput({mill}); {asked}"),
        (22, f"openinput({mill}); closeop({queue}, 1); {asked}"),
        (23, f"openop({queue}, 1); stopobject({mill}, 11); {asked}"),
    )

    assert run(plant).output == ("0 0 0", "0 1 0", "1 1 0", "0 1 0", "0 1 0", "0 1 0")


def test_code_asks_when_an_item_came():
    plant = line(1, 2)
    mill = plant.model.find("Mill")
    mill.properties["Triggers.OnExit"] = CodeValue(
        "print(getcreationtime(item), getentrytime(item), max(1, 2), min(1, 2));"
    )

    assert run(plant).output == ("1 1 2 1", "2 5 2 1")
