"""SendToPort, pull and the order of ports, by hand."""

import pytest

from apps.engines.simulation import SimulationError

from .plant import Plant, exits, journeys, law


def two_way(plant, **properties):
    source = plant.arrivals(0, 0, 0, 0)
    queue = plant.add("Queue", **properties)
    left = plant.add("Processor", "Left", ProcessTime=3)
    right = plant.add("Processor", "Right", ProcessTime=5)
    sink = plant.add("Sink")
    plant.link(source, queue, left, sink)
    plant.link(queue, right, sink)


def test_port_zero_gives_to_the_first_available():
    plant = Plant()
    two_way(plant)

    result = plant.run(30)

    assert journeys(result, "Left") == [(1, 0, 3), (3, 3, 6)]
    assert journeys(result, "Right") == [(2, 0, 5), (4, 5, 10)]


def test_a_port_number_sends_everything_there():
    plant = Plant()
    two_way(plant, SendToPort=2)

    result = plant.run(30)

    assert exits(result, "Right") == [5, 10, 15, 20]
    assert exits(result, "Left") == []


def test_port_minus_one_holds_items_back():
    plant = Plant()
    two_way(plant, SendToPort=-1)

    result = plant.run(30)

    assert result.kpis["items_out"].mean == 0
    assert result.object("Queue")["content_max"].mean == 4


def test_a_port_that_is_not_there_is_told():
    plant = Plant()
    two_way(plant, SendToPort="return 7;")

    result = plant.run(30)

    assert any("SendToPort gave port 7" in text for text in result.warnings)


def test_a_distribution_can_choose_the_port():
    plant = Plant()
    two_way(plant, SendToPort=law("duniform", 1, 2))
    plant.model.objects[0].properties["ArrivalSchedule"] = _rows(2000)

    result = plant.run(20_000)
    left, right = result.object("Left")["input"].mean, result.object("Right")["input"].mean

    assert left + right == 2000
    assert left == pytest.approx(1000, abs=4 * (2000 * 0.25) ** 0.5)


def _rows(count):
    from .plant import value_of

    return value_of([(0.0, "Box", count)])


class Runner:
    """Runs any code as `rule` of the item."""

    def __init__(self, rule):
        self.rule, self.texts = rule, []

    def compile(self, text, _):
        self.texts.append(text)
        return lambda current, params: self.rule(params[0])


def test_code_chooses_the_port_through_the_runner():
    plant = Plant()
    two_way(plant, SendToPort="return item.Type;")

    runner = Runner(lambda item: 1 + item.ident % 2)
    result = plant.run(60, runner=runner)

    assert runner.texts == ["return item.Type;"]
    assert [item for item, _, _ in journeys(result, "Left")] == [2, 4]
    assert [item for item, _, _ in journeys(result, "Right")] == [1, 3]


def test_code_without_a_runner_is_refused_by_name():
    plant = Plant()
    two_way(plant, SendToPort="return item.Type;")

    with pytest.raises(SimulationError) as caught:
        plant.run(60)

    assert caught.value.object == "Queue"
    assert "SendToPort" in caught.value.message


def test_failing_code_names_object_and_property():
    plant = Plant()
    two_way(plant, SendToPort="return item.Type;")

    with pytest.raises(SimulationError, match="Queue: SendToPort failed"):
        plant.run(60, runner=Runner(lambda item: 1 / 0))


def test_inputs_are_asked_in_port_order():
    plant = Plant()
    early, late = plant.arrivals(1, 1, name="Early"), plant.arrivals(0, 0, 0, name="Late")
    mill = plant.add("Processor", "Mill", ProcessTime=10)
    plant.link(early, mill, plant.add("Sink"))
    plant.link(late, mill)

    result = plant.run(100)

    assert exits(result, "Early") == [10, 20]
    assert exits(result, "Late") == [0, 30, 40]


def test_a_pull_strategy_takes_only_from_its_port():
    plant = Plant()
    first, second = plant.arrivals(0, 0, name="First"), plant.arrivals(4, name="Second")
    mill = plant.add("Processor", "Mill", ProcessTime=3, Pull=1, PullStrategy=2)
    plant.link(first, mill, plant.add("Sink"))
    plant.link(second, mill)

    result = plant.run(20)

    assert exits(result, "First") == []
    assert exits(result, "Second") == [4]


def test_a_pull_requirement_looks_at_every_waiting_item():
    plant = Plant()
    source, queue = plant.arrivals(0, 0, 0, 0), plant.add("Queue")
    mill = plant.add("Processor", "Mill", ProcessTime=3, Pull=1, PullRequirement="item.Even")
    plant.link(source, queue, mill, plant.add("Sink"))

    result = plant.run(20, runner=Runner(lambda item: item.ident % 2 == 0))

    assert [item for item, _, _ in journeys(result, "Mill")] == [2, 4]
    assert result.object("Queue")["content"].mean > 0


def test_two_connections_between_the_same_objects_are_two_ports():
    plant = Plant()
    source, queue = plant.arrivals(0), plant.add("Queue", SendToPort=2)
    sink = plant.add("Sink")
    plant.link(source, queue, sink)
    plant.link(queue, sink)

    assert exits(plant.run(5), "Queue") == [0]


def test_items_run_in_a_loop_until_the_end():
    plant = Plant()
    source = plant.arrivals(0)
    first = plant.add("Processor", "First", ProcessTime=2)
    second = plant.add("Processor", "Second", ProcessTime=3)
    plant.link(source, first, second, first)

    result = plant.run(11)

    assert exits(result, "First") == [2, 7]
    assert exits(result, "Second") == [5, 10]


class Recorder:
    """Writes down who called with which parameters."""

    def __init__(self):
        self.calls = []

    def compile(self, text, world):
        def call(current, params):
            shown = [getattr(param, "ident", param) for param in params]
            self.calls.append((text, current.name, world.now, current.output, shown))

        return call


def test_triggers_get_their_parameters_at_their_time():
    plant, recorder = Plant(), Recorder()
    names = {"OnReset", "OnEntry", "OnExit", "OnSetupFinish", "OnProcessFinish"}
    mill = plant.add("Processor", "Mill", SetupTime=1, ProcessTime=2,
                     **{f"Triggers.{name}": f"{name};" for name in names})  # fmt: skip
    source = plant.arrivals(5)
    source.properties["Triggers.OnCreation"] = mill.properties["Triggers.OnEntry"]
    plant.link(source, mill, plant.add("Sink"))

    plant.run(20, runner=recorder)

    assert recorder.calls == [
        ("OnReset;", "Mill", 0, 0, []),
        ("OnEntry;", "Source", 5, 0, [1, 1]),
        ("OnEntry;", "Mill", 5, 0, [1, 1]),
        ("OnSetupFinish;", "Mill", 6, 0, [1]),
        ("OnProcessFinish;", "Mill", 8, 0, [1]),
        ("OnExit;", "Mill", 8, 0, [1, 1]),  # before the output is counted
    ]


def test_a_trigger_that_is_not_simulated_is_refused():
    plant = Plant()
    mill = plant.add("Processor", "Mill", **{"Triggers.OnFirst": "print(1);"})
    plant.link(plant.arrivals(5), mill, plant.add("Sink"))

    with pytest.raises(SimulationError, match="OnFirst"):
        plant.run(20, runner=Recorder())
