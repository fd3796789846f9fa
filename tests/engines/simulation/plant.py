"""Short ways to write models down in tests."""

from itertools import pairwise

from apps.engines.simulation import RunConfig, RunResult, simulate
from apps.engines.simulation.model import (
    ArrayValue,
    CodeValue,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    Value,
)


def law(function, *args):
    return DistributionValue(function, tuple(float(value) for value in args))


def value_of(given) -> Value:
    if isinstance(given, bool | int | float):
        return NumberValue(float(given))
    if isinstance(given, str):
        return CodeValue(given)
    if isinstance(given, list | tuple):
        return ArrayValue(_tuples(given))
    return given


def _tuples(rows):
    return tuple(_tuples(cell) if isinstance(cell, list | tuple) else cell for cell in rows)


class Plant:
    """A model under construction: `plant.add("Queue", "Buffer", MaxContent=3)`."""

    def __init__(self):
        self.model = Model()

    def add(self, class_name, name=None, at=(0.0, 0.0), size=None, **properties) -> ModelObject:
        values = {key: value_of(given) for key, given in properties.items()}
        obj = ModelObject(name or class_name, class_name, (*at, 0.0), size=size, properties=values)
        return self.model.add(obj)

    def link(self, *chain):
        """Connect each object to the next one by "A"."""
        for source, target in pairwise(chain):
            self.model.connect(source, target)

    def centre(self, station, *executers):
        for executer in executers:
            self.model.connect(station, executer, "S")

    def arrivals(self, *times, name="Source"):
        """A source with one item at each of the times."""
        rows = [(float(time), "Box", 1) for time in times]
        return self.add("Source", name, ArrivalStyle=2, ArrivalSchedule=rows)

    def run(self, until, **config) -> RunResult:
        runner = config.pop("runner", None)
        return simulate(self.model, RunConfig(until, **config), runner=runner)


def journeys(result, name):
    """(item, enter, leave) of one object in order of leaving."""
    return [(item, enter, leave) for item, obj, enter, leave in result.trace.items if obj == name]


def spells(result, name):
    """(state number, start, end) of one object."""
    return [(state, start, end) for obj, state, start, end in result.trace.states if obj == name]


def exits(result, name):
    """Times at which items left an object."""
    return [leave for _, _, leave in journeys(result, name)]
