"""What is compared when answers run."""

from __future__ import annotations

from apps.engines.simulation.model import Model, ModelObject, NumberValue
from apps.engines.vlsm.evaluation import (
    cases,
    compare_runs,
    in_order_of,
    laid_out_as,
    run_case,
)
from apps.engines.vlsm.evaluation_crew import by_crew
from apps.engines.vlsm.loader import mini_generator
from apps.engines.vlsm.weights import FOLDER
from apps.engines.vlsm.writer import time_value


def line(*order: str) -> Model:
    """Source, queue, processor and sink, created in the order given."""
    classes = {"S": "Source", "Q": "Queue", "P": "Processor", "K": "Sink"}
    made = {name: ModelObject(name, classes[name]) for name in order}
    made["S"].properties["InterArrivalTime"] = time_value("exponential", (10.0,))
    made["P"].properties["ProcessTime"] = time_value("exponential", (8.0,))
    model = Model()
    for item in made.values():
        model.add(item)
    for a, b in ("SQ", "QP", "PK"):
        model.connect(made[a], made[b])
    return model


def test_the_order_of_creation_does_not_tell_twins_apart() -> None:
    assert compare_runs(line("K", "P", "Q", "S"), line("S", "Q", "P", "K")) == (True, True)


def test_what_the_truth_lacks_comes_last() -> None:
    model = line("K", "P", "Q", "S")
    model.objects.insert(0, ModelObject("Extra", "Queue"))
    names = [item.name for item in in_order_of(line("S", "Q", "P", "K"), model)]
    assert names == ["S", "Q", "P", "K", "Extra"]
    assert model.objects[0].name == "Extra"


def test_where_objects_stand_makes_no_difference() -> None:
    near, far = (fetched(distance) for distance in (0.0, 500.0))
    assert compare_runs(far, near) == (True, True)
    assert [item.location[0] for item in laid_out_as(near, far)] == [0.0] * 4
    assert far.objects[1].location[0] == 500.0


def fetched(distance: float) -> Model:
    """Items that an operator carries from one queue to another, so far away."""
    source, queue = ModelObject("S", "Source"), ModelObject("Q", "Queue")
    sink, ann = ModelObject("K", "Sink"), ModelObject("Ann", "Operator")
    source.properties["InterArrivalTime"] = time_value("exponential", (30.0,))
    source.properties["UseTransport"] = NumberValue(1.0)
    queue.location = (distance, 0.0, 0.0)
    model = Model()
    for item in (source, queue, sink, ann):
        model.add(item)
    model.connect(source, queue)
    model.connect(queue, sink)
    model.connect(source, ann, "S")
    return model


def test_a_slower_machine_behaves_otherwise() -> None:
    slow = line("S", "Q", "P", "K")
    slow.objects[2].properties["ProcessTime"] = time_value("exponential", (20.0,))
    assert compare_runs(slow, line("S", "Q", "P", "K")) == (True, False)


def test_no_model_neither_runs_nor_behaves() -> None:
    assert compare_runs(None, line("S", "Q", "P", "K")) == (False, False)


def test_processes_give_the_same_outcomes_in_order() -> None:
    chosen = list(cases(4, seed=3, sources=["text"]))
    alone = [run_case(mini_generator(), case) for case in chosen]

    together = list(by_crew(FOLDER, 2)(chosen))

    assert [o.case.number for o in together] == [0, 1, 2, 3]
    assert [(o.answer, o.scores) for o in together] == [(o.answer, o.scores) for o in alone]
