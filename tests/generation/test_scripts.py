"""Strangers' scripts are read in another process; the answers are the engine's."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apps.common.apart import Helpers, Limits
from apps.common.errors import TooLarge
from apps.engines.flexscript import execute, inspect, print_model
from apps.generation import scripts
from apps.generation.layout import layout_of
from apps.generation.payloads import diagnostic_payload
from tests.generation.fakes import LINE

DATA = Path(__file__).parents[1] / "data"
SCRIPTS = sorted([*DATA.glob("flexscript/*.fs"), *DATA.glob("flexscript_broken/*.fs")])
HUNGRY = "Array all;\nwhile (1)\n  all.push(Array(100000).fill(1));\n"


@pytest.fixture
def limited(monkeypatch):
    """`limited(seconds=1)` lets scripts be read within these limits."""
    made = []

    def limit(**limits):
        made.append(Helpers(Limits(helpers=1, **limits)))
        monkeypatch.setattr(scripts, "call", made[-1].call)

    yield limit
    for helpers in made:
        helpers.end()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.stem} {path.stem}")
def test_the_answers_are_those_of_the_engine(path):
    source = path.read_text(encoding="utf-8")
    found, model = inspect(source), execute(source).model
    findings = [diagnostic_payload(item) for item in found["diagnostics"]]
    layout = None if model is None else layout_of(model)

    told = scripts.inspection_of(source)

    assert told["diagnostics"] == scripts.diagnostics_of(source) == findings
    assert told["layout"] == scripts.layout_of_source(source) == layout
    assert (told["objects"], told["connections"]) == (found["objects"], found["connections"])
    again = scripts.model_of(source)
    assert (again and print_model(again)) == (model and print_model(model))


def test_a_script_that_takes_too_long_is_stopped_and_told_of(limited):
    limited(seconds=0.05)
    started = time.monotonic()

    found = scripts.inspection_of("while (1) {}\n")

    assert time.monotonic() - started < 2
    (finding,) = found["diagnostics"]
    assert (finding["severity"], finding["code"]) == ("error", "stopped")
    assert "longer than" in finding["message"]
    assert finding["hint"]
    assert finding["span"]["line"] == 1
    assert (found["objects"], found["connections"], found["layout"]) == ([], [], None)
    assert scripts.diagnostics_of("while (1) {}")[0]["code"] == "stopped"
    assert scripts.layout_of_source("while (1) {}") is None
    assert scripts.model_of("while (1) {}") is None


def test_a_script_that_eats_memory_is_told_where(limited):
    limited(memory=230 * 2**20)

    (finding,) = scripts.diagnostics_of(HUNGRY)

    assert (finding["severity"], finding["code"]) == ("error", "limit")
    assert "memory" in finding["message"]
    assert finding["span"]["line"] in {2, 3}
    assert scripts.diagnostics_of(LINE) == []


def test_a_script_that_builds_more_than_can_be_told_is_told_of(limited):
    limited(answer=1000)

    (finding,) = scripts.inspection_of(LINE)["diagnostics"]

    assert finding["code"] == "stopped"
    assert "memory" in finding["message"]


def test_too_long_a_script_is_refused_at_once():
    with pytest.raises(TooLarge):
        scripts.inspection_of("x" * 400_001)


def test_several_people_check_at_once():
    texts = [LINE.replace("Mill", f"Mill {number}") for number in range(24)]

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(scripts.inspection_of, texts))

    names = [answer["objects"][1]["name"] for answer in found]
    assert names == [f"Mill {number}" for number in range(24)]
