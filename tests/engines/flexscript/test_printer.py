"""Printing a model and executing the print gives the model back, whatever its names and values."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.engines.flexscript import execute, format_source, print_model
from apps.engines.flexscript.analysis import analyse
from apps.engines.flexscript.parser import parse
from apps.engines.simulation.library import CLASSES
from apps.engines.simulation.model import (
    ArrayValue,
    CodeValue,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
)

from .test_scripts import description

# The printer writes six decimals; half-micrometres are not what this is about.
NUMBERS = st.integers(-(10**9), 10**9).map(lambda n: n / 1000)
POSITIVE = st.integers(1, 10**6).map(lambda n: n / 1000)
TRIPLES = st.tuples(NUMBERS, NUMBERS, NUMBERS)
TEXTS = st.text(max_size=20)
VALUES = st.one_of(
    NUMBERS.map(NumberValue),
    st.tuples(NUMBERS, POSITIVE).map(lambda args: DistributionValue("normal", args)),
    st.lists(st.one_of(NUMBERS, TEXTS), min_size=3, max_size=4).map(
        lambda items: ArrayValue(tuple(items))
    ),
    st.sampled_from(["return item.Type;", 'return "a\\"b";', "// x\nreturn 1 + 2;"]).map(CodeValue),
)
OBJECTS = st.builds(
    ModelObject,
    name=TEXTS,
    class_name=st.sampled_from(sorted(CLASSES)),
    location=TRIPLES,
    size=st.none() | st.tuples(POSITIVE, POSITIVE, POSITIVE),
    rotation=TRIPLES,
    color=st.none() | st.tuples(POSITIVE, POSITIVE, POSITIVE),
    properties=st.dictionaries(st.just("Triggers.OnExit"), VALUES),
    labels=st.dictionaries(st.text(min_size=1, max_size=8), st.one_of(NUMBERS, TEXTS), max_size=3),
)
LINKS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["A", "S", "D"])), max_size=6
)


@settings(max_examples=200, deadline=None)
@given(st.lists(OBJECTS, min_size=4, max_size=4), LINKS)
def test_a_printed_model_is_the_model(objects, links):
    model = Model()
    for item in objects:
        model.add(item)
    for source, target, kind in links:
        model.connect(objects[source], objects[target], kind)

    text = print_model(model)
    result = execute(text)

    assert not [item for item in result.diagnostics if item.severity == "error"], text
    assert same(description(result.model), description(model)), text
    # A trigger of the model may be one that never happens to the class.
    assert [item for item in analyse(parse(text).tree) if item.code != "trigger"] == []
    assert format_source(text) == text


def same(one, other):
    """Equal; numbers up to the six decimals that are printed."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, abs_tol=1e-6)
    return one == other
