"""A model becomes JSON and a model again."""

import json
from pathlib import Path

import pytest

from apps.engines.flexscript import execute, print_model
from apps.engines.simulation import SimulationError
from apps.engines.simulation.experiment_runs import flatten
from apps.engines.simulation.plain import from_plain, to_plain

SCRIPTS = sorted((Path(__file__).parents[2] / "data" / "flexscript").glob("*.fs"))
OBJECT_IN_LABEL = """
Object mill = Object.create("Processor");
Object tank = Object.create("Queue");
mill.labels.assert("next", tank);
mill.labels.assert("list", [1, 2]);
mill.labels.assert("weight", 2.5);
mill.setProperty("TimeTables", [[1, "a"], [2, "b"]]);
Group("Pair").addMember(tank);
contextdragconnection(mill, tank, "S");
"""


def there_and_back(source):
    model = execute(source).model
    return model, from_plain(json.loads(json.dumps(to_plain(model))))


def ports_of(model):
    return [
        [[other.name for other in ports] for ports in (x.in_ports, x.out_ports, x.center_ports)]
        for x in model
    ]


@pytest.mark.parametrize(
    "source",
    [*(path.read_text(encoding="utf-8") for path in SCRIPTS), OBJECT_IN_LABEL],
    ids=[*(path.stem for path in SCRIPTS), "object in label"],
)
def test_nothing_that_a_script_says_gets_lost(source):
    model, again = there_and_back(source)

    assert print_model(again) == print_model(model)
    assert again.to_json() == model.to_json()
    assert ports_of(again) == ports_of(model)
    assert [x.properties for x in again] == [x.properties for x in model]
    assert all(item in again.objects for members in again.groups.values() for item in members)


def test_labels_that_hold_objects_are_still_refused_in_experiments():
    model, again = there_and_back(OBJECT_IN_LABEL)

    assert again.objects[0].labels == {"weight": 2.5, "next": again.objects[1]}
    for found in (model, again):
        with pytest.raises(SimulationError, match="label next holds an object"):
            flatten(found)
