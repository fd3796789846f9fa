"""What code does to the order of items and to the run itself, by hand."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.model import CodeValue
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells


def line(code, trigger="Triggers.OnEntry", of="Queue", **properties):
    """Items at 0, 1, 2, 3 and 4, a queue, a mill of 10 s; item n has the label Type n % 3."""
    plant = Plant()
    source = plant.arrivals(0, 1, 2, 3, 4)
    source.properties["Triggers.OnCreation"] = CodeValue("item.Type = rownumber % 3;")
    queue = plant.add("Queue", **properties)
    mill = plant.add("Processor", "Mill", ProcessTime=10)
    plant.link(source, queue, mill, plant.add("Sink"))
    plant.model.find(of).properties[trigger] = CodeValue(code)
    return plant


def order(plant):
    return [item for item, _, _ in journeys(plant.run(60, runner=code_runner()), "Mill")]


def test_the_first_rank_is_the_first_to_leave():
    # 1 goes on at once; of 2 to 5 each that enters takes the first rank.
    assert order(line("item.rank = 1;")) == [1, 5, 4, 3, 2]
    assert order(line("setrank(item, 1);")) == [1, 5, 4, 3, 2]


def test_a_queue_sorted_by_a_label_as_items_enter():
    code = """
        for (int i = 1; i < current.subnodes.length; i++) {
            if (current.subnodes[i].Type > item.Type) { setrank(item, i); break; }
        }"""
    # Types: 1, 2, 0, 1, 2. Behind item 1 wait 3 (0), 4 (1), then 2 and 5 (2) as they came.
    assert order(line(code)) == [1, 3, 4, 2, 5]


def test_a_rank_beyond_the_last_is_the_last_and_a_lifo_queue_begins_there():
    plant = line("setrank(current.first, 99);", LIFO=1)

    # 2 | 3 2 | 2 4 3 | 4 3 5 2 by rank, after the entries of 2, 3, 4 and 5; the last goes first.
    assert order(plant) == [1, 2, 5, 3, 4]


def test_neighbours_and_ranks_follow_the_order():
    plant = line(
        "setrank(item, 1); if (content(current) == 3)"
        "print(item.rank, item.next.rank, item.prev, current.last.rank, current.last.prev.rank);"
    )
    assert list(plant.run(60, runner=code_runner()).output) == ["1 2  3 2"]


def test_an_item_destroyed_at_the_end_of_its_process_does_not_leave():
    plant = line("if (item.Type == 2) item.destroy();", "Triggers.OnProcessFinish", "Mill")

    result = plant.run(60, runner=code_runner())

    assert [item for item, _, _ in journeys(result, "Mill")] == [1, 2, 3, 4, 5]
    assert result.object("Sink")["input"].mean == 3  # without 2 and 5
    assert result.trace.wip[-1][1] == 0


def test_an_item_moved_at_the_end_of_its_process_does_not_go_on():
    plant = line(
        'if (item.Type == 2) moveobject(item, Model.find("Rework"));',
        "Triggers.OnProcessFinish",
        "Mill",
    )
    rework = plant.add("Queue", "Rework", SendToPort=-1)
    plant.link(rework, plant.add("Sink", "Never"))

    result = plant.run(60, runner=code_runner())

    assert result.object("Sink")["input"].mean == 3
    assert result.object("Rework")["content_max"].mean == 2
    assert exits(result, "Mill") == [10, 20, 30, 40, 50]


def test_an_item_may_be_destroyed_as_it_enters_a_queue():
    assert order(line("if (item.Type == 0) destroyobject(item);")) == [1, 2, 4, 5]


def test_an_item_cannot_be_destroyed_while_it_is_worked_on():
    plant = line("destroyobject(item);", "Triggers.OnEntry", "Mill")
    with pytest.raises(SimulationError, match="at work"):
        plant.run(60, runner=code_runner())


def test_stop_ends_the_run_at_its_instant():
    plant = line("if (getinput(current) == 2) stop();", "Triggers.OnEntry", "Sink")

    result = plant.run(60, runner=code_runner())

    # The second item comes to the sink at 20: what is planned after that does not happen.
    assert exits(result, "Mill") == [10, 20]
    assert spells(result, "Mill")[-1] == (State.PROCESSING, 10, 20)
    assert result.object("Mill")["utilisation"].mean == pytest.approx(1)
    assert result.kpis["throughput_per_hour"].mean == pytest.approx(2 / 20 * 3600)
    assert "Sink: stop() has ended the run early" in result.warnings


def test_a_state_that_code_sets_shows_until_the_rules_show_another():
    plant = line("setstate(current, STATE_BREAKDOWN);", "Triggers.OnEntry", "Sink")

    shown = spells(plant.run(60, runner=code_runner()), "Sink")

    assert shown == [(State.COLLECTING, 0, 10), (State.BREAKDOWN, 10, 60)]
