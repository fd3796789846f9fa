"""Task sequences, operators and AGVs in FlexScript, from the script to the trace, by hand."""

import pytest

from apps.engines.flexscript import code_runner, execute
from apps.engines.simulation import RunConfig, SimulationError, simulate
from apps.engines.simulation.states import State

from .plant import exits, journeys, spells

# A queue with its middle at x = 0, a sink at 10, a truck of 1 m/s at 0, a spot at 4.
YARD = """
Object source = Object.create("Source");
Object queue = Object.create("Queue");
Object sink = Object.create("Sink");
Object truck = Object.create("TaskExecuter");
truck.name = "Truck";
Object spot = Object.create("BasicFR");
spot.name = "Spot";
source.setProperty("ArrivalStyle", 2);
source.setProperty("ArrivalSchedule", [[0, "Box", 1]]);
queue.setLocation(-1, 1, 0);
sink.setSize(2, 2, 1);
sink.setLocation(9, 1, 0);
truck.setSize(2, 2, 1);
truck.setLocation(-1, 1, 0);
truck.setProperty("MaxSpeed", 1);
truck.setProperty("Acceleration", 0);
truck.setProperty("Deceleration", 0);
spot.setSize(2, 2, 1);
spot.setLocation(3, 1, 0);
contextdragconnection(source, queue, "A");
contextdragconnection(queue, sink, "A");
contextdragconnection(queue, truck, "S");
"""


def run(script, until=100):
    executed = execute(YARD + script, "yard")
    assert executed.model is not None, executed.diagnostics
    return simulate(executed.model, RunConfig(until), runner=code_runner())


def code(obj, name, text):
    quoted = text.replace('"', '\\"').replace("\n", "\\n")
    return f'{obj}.setProperty("{name}", "{quoted}");\n'


TRANSPORT = {
    "legacy": """
        treenode ts = createemptytasksequence(current.centerObjects[1], 0, 0);
        inserttask(ts, TASKTYPE_TRAVEL, current, NULL);
        inserttask(ts, TASKTYPE_FRLOAD, item, current);
        inserttask(ts, TASKTYPE_TRAVEL, Model.find("Spot"), NULL);
        inserttask(ts, TASKTYPE_DELAY, NULL, NULL, 5, STATE_BUSY);
        inserttask(ts, TASKTYPE_TRAVEL, outobject(current, port), NULL);
        inserttask(ts, TASKTYPE_FRUNLOAD, item, outobject(current, port), opipno(current, port));
        dispatchtasksequence(ts);
        return 0;
    """,
    "class": """
        TaskSequence ts = TaskSequence.create(current.centerObjects[1], 0, 0);
        ts.addTask(TASKTYPE_TRAVEL, current);
        ts.addTask(TASKTYPE_LOAD, item, current);
        ts.addTask(TASKTYPE_TRAVELTOLOC, NULL, NULL, 4, 0, 0);
        ts.addTask(TASKTYPE_DELAY, NULL, NULL, 5, STATE_BUSY);
        ts.addTask(TASKTYPE_TRAVELRELATIVE, NULL, NULL, 6, 0, 0);
        ts.addTask(TASKTYPE_UNLOAD, item, current.outObjects[port]);
        ts.dispatch();
        return NULL;
    """,
}


@pytest.mark.parametrize("style", TRANSPORT)
def test_code_may_make_the_task_sequence_of_a_transport(style):
    text = TRANSPORT[style].replace(", opipno(current, port)", "")
    result = run('queue.setProperty("UseTransport", 1);\n' + code("queue", "TransportRef", text))

    assert spells(result, "Truck") == [
        (State.TRAVEL_LOADED, 0, 4),
        (State.BUSY, 4, 9),
        (State.TRAVEL_LOADED, 9, 15),
        (State.IDLE, 15, 100),
    ]
    assert journeys(result, "Queue") == [(1, 0, 0)]
    assert exits(result, "Truck") == [15]
    assert result.kpis["items_out"].mean == 1


def test_an_item_that_code_unloads_elsewhere_takes_no_room_at_its_destination():
    text = """
        TaskSequence ts = TaskSequence.create(current.centerObjects[1], 0, 0);
        ts.addTask(TASKTYPE_LOAD, item, current);
        ts.addTask(TASKTYPE_TRAVEL, Model.find("Spot"));
        ts.addTask(TASKTYPE_UNLOAD, item, Model.find("Spot"));
        ts.addTask(TASKTYPE_TRAVEL, current);
        ts.dispatch();
        return NULL;
    """
    result = run(
        'Object store = Object.create("Queue");\n'
        'store.name = "Store";\n'
        'store.setProperty("MaxContent", 1);\n'
        'contextdragconnection(queue, store, "A");\n'
        'contextdragconnection(spot, sink, "A");\n'
        'queue.setProperty("UseTransport", 1);\n'
        'queue.setProperty("SendToPort", 2);\n'
        'source.setProperty("ArrivalSchedule", [[0, "Box", 2]]);\n'
        + code("queue", "TransportRef", text)
    )

    assert exits(result, "Truck") == [4, 12]
    assert exits(result, "Store") == []


def test_a_sequence_is_carried_out_before_one_of_lower_priority():
    result = run(
        code("source", "Triggers.OnExit", """
            createdelaytask(Model.find("Truck"), 2, STATE_BUSY, 1, 0);
            createdelaytask(Model.find("Truck"), 3, STATE_DOWN, 2, 0);
            createtraveltask(Model.find("Truck"), Model.find("Spot"), 5, 0);
        """)
    )  # fmt: skip

    assert spells(result, "Truck") == [
        (State.TRAVEL_EMPTY, 0, 4),
        (State.DOWN, 4, 7),
        (State.BUSY, 7, 9),
        (State.IDLE, 9, 100),
    ]


def test_a_sequence_sends_messages_and_moves_items():
    result = run(
        'queue.setProperty("SendToPort", -1);\n'
        + code("spot", "Triggers.OnMessage", "print(time(), msgparam(1), param(2));")
        + code("queue", "Triggers.OnEntry", """
            TaskSequence ts = TaskSequence.create(Model.find("Truck"), 3, 0);
            ts.addTask(TASKTYPE_TRAVEL, Model.find("Spot"));
            ts.addTask(TASKTYPE_SENDMESSAGE, Model.find("Spot"), current, 7, 0, 0, 2);
            ts.addTask(TASKTYPE_MOVEOBJECT, item, Model.find("Sink"));
            print(ts.priority, getnroftasks(ts), gettasktype(ts, 1) == TASKTYPE_TRAVEL,
                  gettaskinvolved(ts, 1, 1));
            ts.dispatch();
        """)
    )  # fmt: skip

    assert result.output == ("3 3 1 Spot", "6 7 7")
    assert journeys(result, "Queue") == [(1, 0, 4)]
    assert result.kpis["items_out"].mean == 1


def test_requested_operators_stop_the_station_until_they_come_and_stay_until_freed():
    result = run(
        'contextdragconnection(source, spot, "A");\n'
        'source.setProperty("SendToPort", 2);\n'
        'Object mill = Object.create("Processor");\n'
        'mill.setProperty("ProcessTime", 10);\n'
        'contextdragconnection(spot, mill, "A");\n'
        'contextdragconnection(mill, sink, "A");\n'
        + code("mill", "Triggers.OnEntry",
               'requestoperators(Model.find("Truck"), Model.find("Spot"), item, 1, 0, 0);')
        + code("mill", "Triggers.OnProcessFinish", 'freeoperators(Model.find("Truck"), item);')
    )  # fmt: skip

    # The truck walks 4 m to Spot, which stops meanwhile; the mill works from 0 to 10.
    assert spells(result, "Truck") == [
        (State.TRAVEL_EMPTY, 0, 4),
        (State.UTILIZE, 4, 10),
        (State.IDLE, 10, 100),
    ]
    assert (State.WAITING_FOR_OPERATOR, 0, 4) in spells(result, "Spot")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("inserttask(NULL, TASKTYPE_TRAVEL, current);", "task sequence is needed"),
        ("TaskSequence.create(current, 0, 0);", "dispatcher or task executer"),
        ('TaskSequence.create(Model.find("Truck"), 0, 7);', "preempting 7"),
        ("t.addTask(TASKTYPE_LOAD, current, current);", "item is needed"),
        ("t.addTask(TASKTYPE_CALLSUBTASKS, current);", "not supported"),
        ("t.addTask(99, current);", "no task type 99"),
        ("t.addtask(1, current);", "no method"),
        ("t.rank = 1;", "no member"),
        ("t.dispatch(); t.dispatch();", "dispatched before"),
        ("t.dispatch(); t.addTask(TASKTYPE_BREAK);", "no more tasks"),
        ("t.addTask(TASKTYPE_UNLOAD, item, current); t.dispatch();", "not aboard"),
    ],
)
def test_mistakes_are_explained(text, said):
    made = 'TaskSequence t = TaskSequence.create(Model.find("Truck"), 0, 0);\n'

    with pytest.raises(SimulationError, match=said):
        run(code("queue", "Triggers.OnEntry", made + text))


def test_an_agv_script_runs():
    result = run("""
        queue.setProperty("UseTransport", 1);
        Object path = Object.create("AGV::StraightPath");
        path.setProperty("StartLocation", Vec3(0, -5, 0));
        path.setProperty("EndLocation", Vec3(25, -5, 0));
        Array points = ["In", "Middle", "Out"];
        for (int i = 1; i <= points.length; i++) {
            Object point = Object.create("AGV::ControlPoint");
            point.name = points[i];
            point.setSize(0, 0, 0);
            point.setLocation(10 * (i - 1), -5, 0);
        }
        contextdragconnection(truck, Model.find("In"), "A");
        contextdragconnection(queue, Model.find("In"), "A");
        contextdragconnection(sink, Model.find("Out"), "A");
    """)

    assert spells(result, "Truck") == [(State.TRAVEL_LOADED, 0, 20), (State.IDLE, 20, 100)]
    assert not [text for text in result.warnings if "In" in text or "Sink" in text]


def test_connections_to_networks_and_control_points_are_no_ports():
    executed = execute(
        YARD
        + """
        Object node = Object.create("NetworkNode");
        contextdragconnection(sink, node, "A");
        contextdragconnection(truck, node, "A");
        print(sink.outObjects.length, truck.outObjects.length, nrip(node));
        contextdragconnection(sink, node, "Q");
        """,
        "yard",
    )

    assert executed.output[-1:] in (("0 0 0",), ["0 0 0"])
    assert not [found for found in executed.diagnostics if "sink" in found.message.lower()]
