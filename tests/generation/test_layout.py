"""The geometry that drawings are made from."""

from apps.engines.flexscript import execute
from apps.engines.simulation.library import CLASSES
from apps.engines.simulation.model import Model
from apps.generation.layout import layout_of
from apps.generation.payloads import diagnostic_payload
from tests.generation.fakes import LINE


def test_objects_have_place_and_size():
    layout = layout_of(execute(LINE).model)

    mill = layout["objects"][1]
    width, depth, height = CLASSES["Processor"].size
    assert mill == {
        "name": "Mill",
        "class": "Processor",
        "x": 6.0,
        "y": 0.0,
        "width": width,
        "depth": depth,
        "height": height,
    }
    assert [link["to"] for link in layout["connections"]] == ["Mill", "Concentrate"]


def test_bounds_hold_all_boxes():
    source = 'Object a = Object.create("Queue");\na.setLocation(-3, 7, 0);\na.setSize(4, 2, 1);\n'
    assert layout_of(execute(source).model)["bounds"] == [-5.0, 6.0, -1.0, 8.0]


def test_an_empty_model_has_empty_bounds():
    assert layout_of(Model()) == {"objects": [], "connections": [], "bounds": [0.0, 0.0, 0.0, 0.0]}


def test_findings_carry_their_place_as_a_span():
    found = {"severity": "error", "message": "no", "hint": None, "code": "x"}
    span = {"line": 2, "column": 3, "end_line": 2, "end_column": 9}
    assert diagnostic_payload({**found, **span}) == {**found, "span": span}
    assert diagnostic_payload({**found, "span": span}) == {**found, "span": span}
