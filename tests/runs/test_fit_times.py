"""`manage.py fit-times`: laws for a column, as text, JSON and figure."""

import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture
def log(tmp_path: Path) -> Path:
    draw = random.Random(4)
    rows = "\n".join(f"{n},{draw.expovariate(0.1)}" for n in range(60))
    path = tmp_path / "log.csv"
    path.write_text(f"job,seconds\n{rows}\n")
    return path


def test_the_best_law_comes_first(log: Path) -> None:
    out = StringIO()

    call_command("fit-times", str(log), "--column", "seconds", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert report["n"] == 60
    assert report["fits"][0]["p"] > 0.05
    assert report["fits"][0]["flexscript"].endswith("getstream(current))")


def test_a_figure_is_written(log: Path, tmp_path: Path) -> None:
    page = tmp_path / "fit.html"

    call_command(
        "fit-times", str(log), "--column", "seconds", "--figure", str(page), stdout=StringIO()
    )

    assert "Observed times and fitted laws" in page.read_text()


def test_a_wrong_column_is_refused_with_the_right_ones(log: Path) -> None:
    errors = StringIO()

    with pytest.raises(SystemExit):
        call_command("fit-times", str(log), "--column", "time", stderr=errors)

    assert "it has job, seconds" in errors.getvalue()
