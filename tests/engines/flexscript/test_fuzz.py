"""Nothing that anybody writes takes the language down (more: `benchmarks/fuzz_flexscript.py`)."""

import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.engines.flexscript import Limits, check, execute, parse
from benchmarks import flexscript_programs as programs
from benchmarks import fuzz_flexscript as fuzz

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


def test_the_fuzzer_counts_what_it_tries():
    tally = fuzz.Counter()

    problems = [fuzz.attempt(1, number, tally) for number in range(40)]

    assert problems == [None] * 40
    assert tally["soup"] == tally["damaged"] == tally["program"] == tally["call"] == 10


def test_the_fuzzer_reports_a_crash(monkeypatch):
    def fail(_source):
        raise KeyError("broken")

    monkeypatch.setattr(fuzz, "analyse", fail)
    tally = fuzz.Counter()

    problems = [fuzz.attempt(1, number, tally) for number in range(40)]

    assert any(problem and "KeyError" in problem for problem in problems)
    assert tally["crashes"] > 0
