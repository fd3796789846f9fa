"""The command line without Django, as a shell sees it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BROKEN = "int a = 1;\nint b = ;\nf(1, 2;\n"
UNTIDY = 'Object q=Object.create("Queue"); // buffer\n'
TIDY = 'Object q = Object.create("Queue"); // buffer\n'


def flexscript(*words):
    return subprocess.run(
        [sys.executable, "-m", "apps.engines.flexscript", *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def untidy(tmp_path):
    path = tmp_path / "untidy.fs"
    path.write_text(UNTIDY)
    return path


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.fs"
    path.write_text(BROKEN)
    return path


def test_fmt_prints_and_leaves_the_file(untidy):
    done = flexscript("fmt", untidy)

    assert (done.returncode, done.stdout) == (0, TIDY)
    assert untidy.read_text() == UNTIDY


def test_fmt_check_names_what_would_change(untidy):
    done = flexscript("fmt", "--check", untidy)

    assert done.returncode == 1
    assert done.stdout == f"{untidy}: would be reformatted\n"


def test_fmt_write_replaces_and_is_then_content(untidy):
    assert flexscript("fmt", "--write", untidy).returncode == 0

    assert untidy.read_text() == TIDY
    assert flexscript("fmt", "--check", untidy).returncode == 0


def test_fmt_writes_or_checks_and_not_both(untidy):
    done = flexscript("fmt", "--write", "--check", untidy)

    assert done.returncode == 2
    assert untidy.read_text() == UNTIDY


def test_fmt_leaves_a_broken_file_and_names_the_place(broken):
    done = flexscript("fmt", "--write", broken)

    assert done.returncode == 1
    assert done.stdout.startswith(f"{broken}:2:9: error: ")
    assert f"{broken}:3:7: error: " in done.stdout
    assert broken.read_text() == BROKEN


def test_check_and_missing_files(untidy, broken):
    done = flexscript("check", untidy, broken, "missing.fs")

    assert done.returncode == 1
    assert f"{broken}:2:9: error: Unexpected “;”." in done.stdout
    assert "missing.fs: No such file" in done.stderr


def test_inspect_is_json(untidy):
    found = json.loads(flexscript("inspect", untidy).stdout)

    assert found["objects"][0]["class"] == "Queue"
