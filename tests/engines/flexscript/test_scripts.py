"""Whole scripts in the styles that people publish, against the models that they should build."""

import json
from pathlib import Path

import pytest

from apps.engines.flexscript import check, execute, print_model

FOLDER = Path(__file__).parents[2] / "data" / "flexscript"
SCRIPTS = sorted(FOLDER.glob("*.fs"))
BROKEN = sorted((FOLDER.parent / "flexscript_broken").glob("*.fs"))


def description(model):
    """The model as the expectations are written: what is empty is left out."""
    objects = []
    for item in model:
        described = {
            "name": item.name,
            "class": item.class_name,
            "location": list(item.location),
            "size": item.size and list(item.size),
            "rotation": list(item.rotation) if any(item.rotation) else None,
            "color": item.color and list(item.color),
            "properties": {name: value.to_json() for name, value in item.properties.items()},
            "labels": item.labels,
        }
        objects.append({name: value for name, value in described.items() if value})
    links = [[link.source.name, link.target.name, link.kind] for link in model.connections]
    return {"objects": objects, "connections": links}


def test_there_are_scripts():
    assert len(SCRIPTS) >= 7


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_script_builds_what_it_says(path):
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    result = execute(path.read_text(encoding="utf-8"))

    assert result.diagnostics == []
    assert result.output == expected.pop("output")
    assert description(result.model) == expected


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_printed_model_builds_the_same(path):
    model = execute(path.read_text(encoding="utf-8")).model

    again = execute(print_model(model))

    assert again.diagnostics == []
    assert description(again.model) == description(model)


def test_there_are_broken_scripts():
    assert len(BROKEN) >= 6


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_script_is_told_all_that_is_wrong(path):
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    found = check(path.read_text(encoding="utf-8"))

    assert [
        [f"{item.span.line}:{item.span.column}", item.severity, item.code, item.message, item.hint]
        for item in found
    ] == expected
