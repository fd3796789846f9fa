"""Global lists and tables while the model runs."""

import pytest

from apps.engines.flexscript import Limits, code_runner, execute
from apps.engines.simulation import RunConfig, SimulationError, simulate
from apps.engines.simulation.experiments import Options, grid, run_experiment
from apps.engines.simulation.model import CodeValue

from .plant import Plant, journeys


def printed(body, times=(2,), limits=None):
    """What the body prints as OnEntry of a sink for items that come at these times."""
    plant = Plant()
    source, sink = plant.arrivals(*times), plant.add("Sink")
    plant.link(source, sink)
    sink.properties["Triggers.OnEntry"] = CodeValue(body)
    source.properties["Triggers.OnCreation"] = CodeValue("item.Type = param(2);")
    return list(plant.run(30, runner=code_runner(limits)).output)


def test_what_is_pushed_first_is_pulled_first():
    body = 'List jobs = List("Jobs"); jobs.push(7); jobs.push(8); print(jobs.pull(), jobs.pull());'

    assert printed(body) == ["7 8"]


def test_an_empty_list_gives_null():
    assert printed('print(List("Jobs").pull() == NULL, List("Jobs").entries().length);') == ["1 0"]


def test_a_query_chooses_and_orders_by_labels():
    body = """
        List("Jobs").push(item);
        if (Model.time == 4) {
            print(List("Jobs").pull("WHERE Type = 2 AND age > 1").Type);
            print(List("Jobs").pull("ORDER BY Type DESC").Type);
            print(List("Jobs").pull("WHERE Type > puller").Type, List("Jobs").entries().length);
        }
    """
    body = body.replace('puller")', 'puller", 1, 1, 0)')

    assert printed(body, (1, 2, 3, 4)) == ["2", "4", "1 1"]


def test_several_at_once_or_none():
    body = """
        List("L").push(1); List("L").push(2); List("L").push(3);
        print(List("L").pull("", 4) == NULL);
        Array two = List("L").pull("ORDER BY value DESC", 2);
        print(two[1], two[2], List("L").pull("", 5, 1).length);
    """

    assert printed(body) == ["1", "3 2 1"]


def test_partitions_are_lists_of_their_own():
    body = (
        'List("L").push(5, "a"); print(List("L").pull() == NULL, List("L").pull("", 1, 1, 0, "a"));'
    )

    assert printed(body) == ["1 5"]


def test_the_legacy_commands():
    assert printed('listpush("L", 4); print(listpull("L", "WHERE value == 4", 1));') == ["4"]


def test_a_query_that_cannot_be_read_is_told():
    with pytest.raises(SimulationError, match="SELECT"):
        printed('List("L").push(1); List("L").pull("SELECT value");')


def test_an_unknown_method_is_told():
    with pytest.raises(SimulationError, match="poke"):
        printed('List("L").poke(1);')


def test_queries_count_against_the_limit_of_the_call():
    body = 'List("L").push(1); while (1) { List("L").pull("WHERE value > 5"); }'

    with pytest.raises(SimulationError, match="stopped after"):
        printed(body, limits=Limits(steps=3_000))


def test_the_parameters_are_the_same_after_a_query():
    body = 'List("L").push(1); List("L").pull("WHERE value == 1"); print(param(1).Type, param(2));'

    assert printed(body) == ["1 1"]


def test_a_worker_takes_jobs_from_a_list_by_their_label():
    """Items wait in a queue (SendToPort −1); a mill that is free pulls the most urgent."""
    plant = Plant()
    queue = plant.add("Queue", SendToPort=-1)
    mill = plant.add("Processor", "Mill", ProcessTime=5)
    source = plant.arrivals(0, 1, 2, 3)
    plant.link(source, queue, mill, plant.add("Sink"))
    source.properties["Triggers.OnCreation"] = CodeValue("item.urgency = [1, 3, 2, 9][param(2)];")
    queue.properties["Triggers.OnEntry"] = CodeValue('List("Jobs").push(item);')
    pull = """
        Object job = List("Jobs").pull("ORDER BY urgency DESC");
        if (job) releaseitem(job, 1); else current.message(1, current);
    """
    mill.properties["Triggers.OnMessage"] = CodeValue(pull)
    mill.properties["Triggers.OnReset"] = CodeValue("current.message(2.5, current);")
    mill.properties["Triggers.OnExit"] = CodeValue("current.message(0, current);")

    result = plant.run(40, runner=code_runner())

    # At 2.5 the second is the most urgent of three; then the fourth, third and first.
    assert [(item, enter) for item, enter, _ in journeys(result, "Mill")] == [
        (2, 2.5),
        (4, 7.5),
        (3, 12.5),
        (1, 17.5),
    ]


def test_a_global_table_gives_times_by_type():
    plant = Plant()
    plant.model.tables["Times"] = [[1, 4], [2, 6]]
    mill = plant.add("Processor", "Mill", ProcessTime='return Table("Times")[item.Type][2];')
    source = plant.arrivals(0, 10)
    source.properties["Triggers.OnCreation"] = CodeValue("item.Type = param(2);")
    plant.link(source, mill, plant.add("Sink"))

    result = plant.run(40, runner=code_runner())

    assert journeys(result, "Mill") == [(1, 0, 4), (2, 10, 16)]


def test_a_global_table_is_written_by_one_object_and_read_by_another():
    plant = Plant()
    plant.model.tables["Seen"] = [[0]]
    source, queue, sink = plant.arrivals(0, 1, 2), plant.add("Queue"), plant.add("Sink")
    plant.link(source, queue, sink)
    queue.properties["Triggers.OnEntry"] = CodeValue('Table("Seen")[1][1] += 1;')
    sink.properties["Triggers.OnEntry"] = CodeValue('print(Table("Seen")[1][1]);')

    once, twice = (list(plant.run(9, runner=code_runner()).output) for _ in range(2))

    assert once == twice == ["1", "2", "3"]  # each replication has its own


def test_rows_and_columns_of_a_global_table_are_called_by_their_headers():
    executed = execute("""
        Table t = Table("Times"); t.setSize(2, 2);
        t.setColHeader(2, "Time"); t.setRowHeader(2, "Mill"); t["Mill"]["Time"] = 4;
        Object source = Object.create("Source"); Object sink = Object.create("Sink");
        contextdragconnection(source, sink, "A");
        source.setProperty("InterArrivalTime", "Table(\\"Times\\")[\\"Mill\\"][\\"Time\\"]");
        sink.setProperty("Triggers.OnEntry", "Table(\\"Times\\").setRowHeader(2, \\"Saw\\");");
    """)
    once = RunConfig(4, replications=2)

    result = simulate(executed.model, once, runner=code_runner())
    again = run_experiment(executed.model, grid([]), once, Options(code_runner, workers=2))

    assert result.kpis["items_out"].mean == 1
    assert again.scenarios[0].values["items_out"] == (1, 1)


@pytest.mark.parametrize(
    "told",
    [
        'source.setProperty("ArrivalSchedule", t);',
        """source.setProperty("ArrivalSchedule", [[9, "?", 1, 1]]);
        Table own = source.getProperty("ArrivalSchedule"); own.setColHeader(4, "Type");
        own[1][1] = 2; own[1][2] = "A"; own[1]["Type"] = 5;
        print(source.getProperty("ArrivalSchedule").getColHeader(4));""",
    ],
)
def test_headers_of_a_schedule_name_the_labels(told):
    executed = execute(f"""
        Table t = Table("Arrivals"); t.setSize(1, 4); t.setColHeader(4, "Type");
        t[1][1] = 2; t[1][2] = "A"; t[1][3] = 1; t[1]["Type"] = 5;
        Object source = Object.create("Source"); Object sink = Object.create("Sink");
        contextdragconnection(source, sink, "A"); source.setProperty("ArrivalStyle", 2);
        sink.setProperty("Triggers.OnEntry", "print(Model.time, item.name, item.Type);");
        {told}
    """)

    result = simulate(executed.model, RunConfig(4), runner=code_runner())

    assert list(result.output) == ["2 A 5"]
