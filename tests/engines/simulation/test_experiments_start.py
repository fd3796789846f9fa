"""Runs that start from a given state."""

import json

import pytest

from apps.engines.simulation import RunConfig, SimulationError
from apps.engines.simulation.__main__ import main
from apps.engines.simulation.start import StartItems, parse_start, read_start

from .plant import Plant, exits, journeys
from .test_cli import SCRIPT


def line(capacity=1):
    plant = Plant()
    queue = plant.add("Queue", MaxContent=4)
    mill = plant.add("Processor", "Mill", ProcessTime=10, MaxContent=capacity)
    plant.link(plant.arrivals(100), queue, mill, plant.add("Sink"))
    return plant


def start(**objects):
    return parse_start(objects)


def test_items_in_work_and_waiting_go_on():
    """The one in work ends after 4, the two that wait at 14 and 24, the new one at 110."""
    result = line().run(200, start=start(Mill=[{"remaining": 4}], Queue=[{"count": 2}]))

    assert exits(result, "Mill") == [4, 14, 24, 110]
    assert result.kpis["items_in"].mean == 1
    assert result.kpis["items_out"].mean == 4
    assert result.object("Queue")["input"].mean == 1
    assert result.object("Queue")["output"].mean == 3
    assert result.object("Mill")["utilisation"].mean == pytest.approx((24 + 10) / 200)
    assert result.kpis["wip"].mean == pytest.approx((3 * 4 + 2 * 10 + 10 + 10) / 200)


def test_without_a_remaining_time_work_begins_anew():
    result = line(capacity=2).run(50, start=start(Mill=[{}, {"remaining": 1}]))

    assert exits(result, "Mill") == [1, 10]


def test_age_counts_towards_the_time_in_system():
    result = line().run(50, start=start(Mill=[{"remaining": 4, "age": 30}]))

    assert result.kpis["time_in_system"].mean == 34
    assert journeys(result, "Mill")[0][1:] == (0, 4)


def test_a_circle_that_starts_with_items_needs_no_source():
    plant = Plant()
    queue = plant.add("Queue")
    mill = plant.add("Processor", "Mill", ProcessTime=5)
    plant.link(queue, mill, queue)

    result = plant.run(20, start=start(Queue=[{"count": 2}]))

    assert [item for item, _, _ in journeys(result, "Mill")] == [1, 2, 1, 2]
    assert result.warnings == ("The model has no Sink: nothing is ever finished.",)


def test_items_keep_their_names_and_labels():
    plant = line()
    plant.link(plant.model.find("Mill"), plant.add("Sink", "Second"))
    seen = []

    class Recorder:
        def compile(self, text, world):
            return lambda current, params: seen.append((params[0].name, dict(params[0].labels)))

    plant.model.find("Queue").properties["Triggers.OnExit"] = plant_code("look")
    plant.run(5, runner=Recorder(), start=start(Queue=[{"name": "Pallet", "labels": {"Type": 2}}]))

    assert seen == [("Pallet", {"Type": 2})]


def plant_code(text):
    from .plant import value_of

    return value_of(text)


def test_the_same_state_gives_the_same_run_in_every_replication():
    result = line().run(50, replications=5, start=start(Queue=[{"count": 3}]))

    assert result.kpis["items_out"].minimum == result.kpis["items_out"].maximum == 3


def test_the_result_tells_the_start():
    config = RunConfig(10, start=(StartItems("Mill", remaining=4.0),))

    assert config.to_json()["start"][0]["remaining"] == 4
    assert "start" not in RunConfig(10).to_json()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"Nothing": [{}]}, "no object Nothing"),
        ({"Source": [{}]}, "a Source cannot hold items"),
        ({"Queue": [{"count": 5}]}, "5 items do not fit in"),
        ({"Queue": [{"remaining": 3}]}, "only processors"),
        ({"Queue": [{"count": 0}]}, "whole number above 0"),
        ({"Queue": [{"count": True}]}, "whole number above 0"),
        ({"Queue": [{"age": -1}]}, "age of items"),
        ({"Queue": [{"age": "old"}]}, "age of items"),
        ({"Queue": [{"speed": 1}]}, "no “speed”"),
        ({"Queue": {"count": 1}}, "must be a list"),
        ({"Queue": [{"labels": [1]}]}, "labels"),
        ([1], "written as"),
        ({"Queue": [{"count": 10**9}]}, "more than 100,000"),
    ],
)  # fmt: skip
def test_what_is_no_state_is_refused(state, message):
    with pytest.raises(SimulationError, match=message):
        line().run(10, start=parse_start(state))


def test_the_command_line_reads_a_start(tmp_path, capsys):
    script, state = tmp_path / "line.fs", tmp_path / "start.json"
    script.write_text(SCRIPT, encoding="utf-8")
    state.write_text('{"Mill": [{"remaining": 0.5}]}', encoding="utf-8")

    assert main([str(script), "--until", "20", "--start", str(state), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["kpis"]["items_out"]["mean"] == 5


def test_a_file_that_is_no_json_is_named(tmp_path):
    path = tmp_path / "start.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(SimulationError, match=r"start\.json is no JSON"):
        read_start(path)
