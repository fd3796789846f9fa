"""The table of rules in docs/semantics.md names files and tests that exist."""

import re
from pathlib import Path

from apps.engines.simulation.library import CLASSES

ROOT = Path(__file__).parents[3]
TABLE = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
KERNEL = ROOT / "apps" / "engines" / "simulation" / "kernel"


def test_the_tests_of_the_table_exist():
    named = re.findall(r"`(\w+): (\w+)`", TABLE)
    assert len(named) > 60

    for file, name in named:
        if file == "file":
            continue  # how they are written
        text = (Path(__file__).parent / f"test_{file}.py").read_text(encoding="utf-8")
        assert f"def test_{name}(" in text, f"{file}: {name}"


def test_the_files_of_the_table_exist():
    for line in TABLE.splitlines():
        if not line.startswith("|"):
            continue
        for path in re.findall(r"`([\w./]+(?:\.py|/))`", line):
            assert (KERNEL / path).exists(), path


def test_every_class_that_is_simulated_has_a_row():
    """MergeSort and BasicConveyor are refused."""
    rows = "".join(line.split("|")[1] for line in TABLE.splitlines() if line.startswith("|"))
    for name in CLASSES.keys() - {"MergeSort", "BasicConveyor"}:
        assert re.search(rf"\b{name}\b", rows), name
