"""Nothing that anybody writes takes the language down (more: `benchmarks/fuzz_flexscript.py`)."""

import os
import string
import time
from collections import Counter
from mmap import MAP_PRIVATE, mmap
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.engines.flexscript import Limits, check, execute, parse
from apps.engines.flexscript.analysis import analyse
from apps.engines.simulation.compiled import engine
from benchmarks import flexscript_mutations as mutations
from benchmarks import flexscript_programs as programs
from benchmarks import fuzz_code
from benchmarks import fuzz_flexscript as fuzz
from benchmarks.fuzz_watch import Watch

QUICK = Limits(steps=2_000, depth=30, seconds=2, objects=100, connections=200)
RANDOM = st.randoms(use_true_random=False)


def tried(source):
    """The result of an execution within small limits; it must explain itself."""
    result = execute(source, limits=QUICK)
    errors = [item for item in result.diagnostics if item.severity == "error"]
    assert (result.model is None) == bool(errors), source
    assert not [item for item in errors if item.code == "internal"], (source, errors)
    for item in result.diagnostics:
        assert item.message
        assert item.span.line >= 1
        assert item.span.column >= 1
    return result


def inside(span, source):
    lines = source.split("\n")
    return span.line <= len(lines) and span.column <= len(lines[span.line - 1]) + 1


@settings(max_examples=300, deadline=None)
@given(st.text())
@example("\x00")
@example("\ufeffint a;")
@example('"\\')
@example("/*/")
@example("#define")
@example("٣ + ³")
def test_any_text(source):
    parsed = parse(source)

    assert (parsed.tree is None) == bool(parsed.diagnostics)
    assert all(inside(item.span, source) for item in parsed.diagnostics)
    tried(source)


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_any_bytes(content):
    tried(content.decode("utf-8", errors="replace"))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=string.punctuation + "a1 \n"))
def test_punctuation(source):
    tried(source)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(programs.SOUP)))
def test_tokens_in_any_order(words):
    tried(" ".join(words))


@settings(max_examples=200, deadline=None)
@given(RANDOM)
def test_damaged_programs(random):
    source = programs.damaged(random, programs.Programs(random).source())

    assert all(inside(item.span, source) for item in parse(source).diagnostics)
    tried(source)


@settings(max_examples=200, deadline=None)
@given(RANDOM)
def test_programs_run_and_are_checked(random):
    source = programs.Programs(random).runnable()

    result = tried(source)

    if result.model is None:
        assert [item for item in check(source) if item.severity == "error"]


@settings(max_examples=400, deadline=None)
@given(RANDOM)
def test_single_calls_with_values_of_any_kind(random):
    tried(programs.Programs(random).single_call(fuzz.COMMAND_NAMES, fuzz.METHOD_NAMES))


@settings(max_examples=50, deadline=None)
@given(RANDOM)
def test_the_same_program_gives_the_same_result(random):
    source = programs.Programs(random).runnable()

    first, second = execute(source, limits=QUICK), execute(source, limits=QUICK)

    assert first.diagnostics == second.diagnostics
    assert first.output == second.output


@settings(max_examples=300, deadline=None)
@given(RANDOM)
def test_damaged_scripts_and_absurd_ones(random):
    for make in (mutations.damaged_bytes, mutations.damaged_tokens, mutations.absurd):
        source = make(random)
        parsed = parse(source)

        assert (parsed.tree is None) == bool(parsed.diagnostics)
        assert all(inside(item.span, source) for item in parsed.diagnostics)
        if parsed.rest is not None:
            analyse(parsed.rest, parsed.unsure)


@pytest.mark.parametrize(
    ("part", "count"), [("parser", 300), ("runtime", 300), ("plain", 60), ("code", 6)]
)
def test_the_fuzzer_finds_nothing(part, count, monkeypatch):
    monkeypatch.setattr(engine, "LONG", engine.LONG)  # which the fuzzer changes
    monkeypatch.setattr(engine, "BUDGET", engine.BUDGET)
    fuzz.warm_up()
    tally = Counter()

    assert [fuzz.ATTEMPTS[part](7, number, tally) for number in range(count)] == [None] * count
    assert tally["inputs"] == count
    assert tally["beyond programs"] < count / 2


def test_the_fuzzer_hears_of_code_that_means_something_else(monkeypatch):
    monkeypatch.setattr(fuzz_code, "_in_a_run", lambda _source: ("something else",))

    assert "something else" in fuzz.ATTEMPTS["plain"](7, 1, Counter())


def test_the_fuzzer_reports_a_crash(monkeypatch):
    monkeypatch.setattr(fuzz, "parse", lambda _source: 1 // 0)

    assert "ZeroDivisionError" in fuzz.parser_attempt(1, 1, Counter())


def test_the_fuzzer_hears_of_an_escape(monkeypatch):
    monkeypatch.setattr(fuzz, "execute", lambda *_a, **_k: Path(__file__).read_text())
    tally = Counter()

    assert "reached for open" in fuzz.runtime_attempt(1, 0, tally)
    assert tally["escapes"] == 1


def odd(_seed, number, tally):
    """Dies at 3, hangs at 5."""
    tally["inputs"] += 1
    if number == 3:
        os._exit(9)
    if number == 5:
        time.sleep(600)
    return "odd" if number == 7 else None


def test_the_watch_goes_on_behind_deaths_and_hangs():
    watch = Watch(odd, 1, hang=8)

    with mmap(-1, 4 << 30, flags=MAP_PRIVATE):  # a parent that has loaded much
        watch.run(0, 10, 60)

    assert watch.problems == [(3, "ended with 9"), (5, "took longer than 8 s"), (7, "odd")]
    assert watch.tally["deaths"] == watch.tally["hangs"] == 1
