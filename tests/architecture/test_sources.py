"""Limits that keep the sources readable, and words that must not stay in them."""

import re

import pytest

from tests.architecture.tree import functions, own_files, relative

SOURCES = (".py", ".ts", ".css", ".html", ".sh")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|home/\w+)/")


def test_the_checks_see_the_tree():
    seen = {relative(path) for path in own_files(".py")}

    assert "apps/engines/simulation/model.py" in seen


def test_files_are_short():
    too_long = {
        relative(path): lines
        for path in own_files(*SOURCES)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert too_long == {}


def test_functions_are_short():
    too_long = {
        f"{relative(path)}:{node.lineno} {node.name}": length
        for path in own_files(".py")
        for node in functions(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert too_long == {}


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE_PATH], ids=["unfinished", "machine path"])
def test_sources_are_free_of(pattern):
    found = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in own_files(*SOURCES)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]

    assert found == []


INLINE = {
    "script": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript link": re.compile(r"href\s*=\s*[\"']javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("kind", INLINE)
def test_templates_need_no_exception_from_the_content_policy(kind):
    found = [
        relative(path)
        for path in own_files(".html")
        if INLINE[kind].search(path.read_text("utf-8"))
    ]

    assert found == []
