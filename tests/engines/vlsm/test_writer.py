"""Pieces spelled out as FlexScript, edits carried out on model trees, places on the floor."""

from __future__ import annotations

from itertools import pairwise

from apps.engines.simulation.model import DistributionValue, Model, ModelObject, NumberValue
from apps.engines.vlsm.actions import Piece, token
from apps.engines.vlsm.editing import apply_edits
from apps.engines.vlsm.examples import Entity, Inputs, fresh_entities
from apps.engines.vlsm.layout import place_by_flow, place_by_sketch, place_new
from apps.engines.vlsm.numerals import find_numerals
from apps.engines.vlsm.patching import patch_text, snapshot
from apps.engines.vlsm.writer import ScriptWriter, build_model, variable_name


def line_of(*names: str) -> Model:
    """A source, processors and a sink in a line."""
    model = Model()
    classes = ["Source", *["Processor"] * (len(names) - 2), "Sink"]
    items = [model.add(ModelObject(n, c)) for n, c in zip(names, classes, strict=True)]
    for a, b in pairwise(items):
        model.connect(a, b)
    return model


def inputs_for(model: Model, prompt: str, *new: str) -> Inputs:
    entities = [Entity(item.name, in_base=True) for item in model]
    entities += [Entity(name) for name in new]
    return Inputs(prompt, entities + fresh_entities(), find_numerals(prompt))


def links(model: Model) -> list[tuple[str, str]]:
    return [(link.source.name, link.target.name) for link in model.connections]


def entity(index: int) -> Piece:
    return Piece("entity", index)


def number(index: int) -> Piece:
    return Piece("number", index)


def test_statements_come_out_as_soon_as_they_are_complete() -> None:
    inputs = Inputs(
        "exp 1.5 min", [Entity('Ore "A"'), Entity("出口")], find_numerals("exp 1.5 min")
    )
    writer = ScriptWriter(inputs)
    pieces = [
        token("NEW"), entity(0), token("CLASS:Source"), token("PROP:InterArrivalTime"),
        token("DIST:exponential"), token("UNIT:min"), number(0), token("NEW"), entity(1),
        token("CLASS:Sink"), token("LINK"), entity(0), entity(1),
    ]  # fmt: skip

    texts = [writer.push(piece) for piece in pieces]

    assert (
        texts[2]
        == '// Objects\nObject oreA = Object.create("Source");\noreA.name = "Ore \\"A\\"";\n'
    )
    assert (
        texts[6]
        == 'oreA.setProperty("InterArrivalTime", "exponential(0, 90, getstream(current))");\n'
    )
    assert texts[9] == '\nObject obj = Object.create("Sink");\nobj.name = "出口";\n'.replace(
        "obj", writer.variables[1]
    )
    assert texts[-1].endswith(f'contextdragconnection(oreA, {writer.variables[1]}, "A");\n')


def test_rates_become_intervals_and_ranges_are_ordered() -> None:
    inputs = Inputs("", [Entity("S"), Entity("M")], find_numerals("30 9 5"))
    pieces = [
        token("NEW"), entity(0), token("CLASS:Source"), token("PROP:InterArrivalTime"),
        token("DIST:constant"), token("UNIT:/h"), number(0), token("NEW"), entity(1),
        token("CLASS:Processor"), token("PROP:ProcessTime"), token("DIST:uniform"),
        token("UNIT:s"), number(1), number(2),
    ]  # fmt: skip

    model, _ = build_model(inputs, pieces)

    assert model.objects[0].properties["InterArrivalTime"] == NumberValue(120.0)
    assert model.objects[1].properties["ProcessTime"] == DistributionValue("uniform", (5.0, 9.0))


def test_a_parallel_twin_has_the_same_settings_and_neighbours() -> None:
    model = line_of("In", "Mill", "Out")
    model.objects[1].properties["ProcessTime"] = NumberValue(7)
    inputs = inputs_for(model, "add a second mill in parallel")

    list(apply_edits(model, inputs, [token("CLONE"), entity(1), entity(3)]))

    twin = model.objects[-1]
    assert (twin.name, twin.properties) == ("Mill 2", {"ProcessTime": NumberValue(7)})
    assert set(links(model)) == {
        ("In", "Mill"),
        ("Mill", "Out"),
        ("In", "Mill 2"),
        ("Mill 2", "Out"),
    }


def test_removing_joins_the_neighbours() -> None:
    model = line_of("In", "Mill", "Lathe", "Out")

    list(apply_edits(model, inputs_for(model, ""), [token("DELETE"), entity(1)]))

    assert links(model) == [("Lathe", "Out"), ("In", "Lathe")]
    assert model.objects[0].out_ports == [model.objects[1]]


def test_an_edit_that_was_cut_off_changes_nothing() -> None:
    for head in ("UNLINK", "LINK", "CLONE", "RENAME"):
        model = line_of("In", "Mill", "Out")
        before = links(model)

        assert not list(apply_edits(model, inputs_for(model, ""), [token(head), entity(1)]))
        assert (links(model), len(model.objects)) == (before, 3)


def test_renaming_keeps_the_object_and_refuses_a_taken_name() -> None:
    model = line_of("In", "Mill", "Out")
    inputs = inputs_for(model, "", "out")

    list(apply_edits(model, inputs, [token("RENAME"), entity(1), entity(3)]))

    assert [item.name for item in model] == ["In", "out 2", "Out"]


def test_a_patch_names_old_objects_and_creates_new_ones() -> None:
    model = line_of("In", "Mill", "Out")
    before = snapshot(model)
    inputs = inputs_for(model, "12", "Lathe")
    pieces = [
        token("UNLINK"), entity(0), entity(1), token("NEW"), entity(3), token("CLASS:Processor"),
        token("LINK"), entity(0), entity(3), token("SET"), entity(1), token("PROP:ProcessTime"),
        token("DIST:constant"), token("UNIT:s"), number(0), token("DELETE"), entity(2),
    ]  # fmt: skip
    list(apply_edits(model, inputs, pieces))

    text = patch_text(before, model, "change it")

    assert 'contextdragconnection(Model.find("In"), Model.find("Mill"), "Q");' in text
    assert 'contextdragconnection(Model.find("In"), newLathe, "A");' in text
    assert 'Model.find("Mill").setProperty("ProcessTime", 12);' in text
    assert 'Model.find("Out").destroy();' in text


def test_variable_names_are_flexscript_identifiers() -> None:
    assert variable_name("Curing Oven 2", set()) == "curingOven2"
    assert variable_name("1st-mill", set()) == "obj1stMill"
    assert variable_name("Queue", {"queue"}) == "queue_2"
    assert variable_name("Model", set()) == "objModel"
    assert variable_name("铣床", set()) == "obj_2"


def test_flow_places_columns_from_left_to_right_and_survives_loops() -> None:
    model = line_of("In", "A", "B", "Out")
    model.connect(model.objects[2], model.objects[1])

    place_by_flow(model)

    assert [item.location[0] for item in model] == [0.0, 8.0, 16.0, 24.0]


def test_new_objects_find_room() -> None:
    model = line_of("In", "Mill", "Out")
    place_by_flow(model)
    twin = model.add(ModelObject("Mill 2", "Processor"))
    model.connect(model.objects[0], twin)
    model.connect(twin, model.objects[2])

    place_new(model, [twin])

    assert twin.location != model.objects[1].location
    assert twin.location[0] == 8.0


def test_the_sketch_sets_the_floor_plan() -> None:
    model = line_of("In", "Mill", "Out")
    centres = {id(o): (0.2 + 0.3 * i, -0.5 - 0.1 * i) for i, o in enumerate(model)}

    place_by_sketch(model, centres, 1.5)

    xs = [item.location[0] for item in model]
    ys = [item.location[1] for item in model]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
