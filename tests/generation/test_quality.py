"""The page of measured quality: figures, cases, differences."""

import json
from pathlib import Path

import pytest
from django.test import Client

from apps.generation import quality
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
FIGURE = {"value": 0.9, "interval": [0.8, 0.95]}
FIGURES = {"n": 2, **dict.fromkeys(quality.COLUMNS, FIGURE)}
TRUTH = 'Object a = Object.create("Source");\na.setLocation(0, 0, 0);\na.name = "A";\n'
ANSWER = 'Object a = Object.create("Source");\na.setLocation(5, 0, 0);\na.name = "B";\n'


def case(number: int, **changes: object) -> dict[str, object]:
    return {
        "number": number,
        "source": "text",
        "category": "food",
        "layout": "linear",
        "prompt": f"Prompt {number} <b>",
        "sketch": "",
        "truth": TRUTH,
        "answer": TRUTH,
        "error": "",
        "svr": 1.0,
        "pmr": 1.0,
        "exact": True,
        "executed": True,
        "behaves": True,
        "seconds": 1.2,
    } | changes


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(quality, "folder", lambda: tmp_path)
    made = {"date": "2026-11-21", "seed": 3, "split": "test", "kind": "drafts"}
    report = {"made": made, **FIGURES, "by_source": {"text": FIGURES}}
    (tmp_path / "report.json").write_text(json.dumps(report))
    cases = [
        case(0),
        case(1, source="sketch", sketch="00001.webp", answer=ANSWER, exact=False, svr=0.7),
    ]
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps(row) for row in cases))
    (tmp_path / "00001.webp").write_bytes(b"RIFF....WEBP")
    return tmp_path


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory())
    return client


def test_figures_and_cases_are_shown(client: Client, results: Path) -> None:
    page = client.get("/quality/").content.decode()

    assert "0.900" in page
    assert "0.800–0.950" in page
    assert "Prompt 0 &lt;b&gt;" in page
    assert "SVR 0.70" in page


def test_cases_can_be_chosen(client: Client, results: Path) -> None:
    page = client.get("/quality/?wrong=1&source=sketch").content.decode()

    assert "Prompt 1" in page
    assert "Prompt 0" not in page


def test_a_case_shows_what_differs(client: Client, results: Path) -> None:
    page = client.get("/quality/1/").content.decode()

    assert "2 lines differ" in page
    assert "− a.name = &quot;A&quot;;" in page
    assert "+ a.name = &quot;B&quot;;" in page
    assert "setLocation" not in page


def test_the_order_of_statements_is_no_difference() -> None:
    create, *rest = 'Object a = Object.create("Queue");', "a.first();", "a.second();"
    a, shuffled = ("\n".join([create, *rows]) for rows in (rest, reversed(rest)))
    b = 'Object b = Object.create("Sink");\nb.name = "B";'

    lines = quality.differences(f"// Objects\n{a}\n\n{b}\n", f"{b}\n\n{shuffled}\n")

    assert {line.kind for line in lines} == {"same"}


def test_pictures_are_those_of_cases(client: Client, results: Path) -> None:
    assert client.get("/quality/1/sketch.webp").status_code == 200
    assert client.get("/quality/0/sketch.webp").status_code == 404
    assert client.get("/quality/7/").status_code == 404


def test_without_figures_the_page_says_how_to_make_them(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "folder", lambda: tmp_path)

    assert "vlsm evaluate --out" in client.get("/quality/").content.decode()


def test_strangers_sign_in_first(results: Path) -> None:
    for path in ("/quality/", "/quality/1/", "/quality/1/sketch.webp"):
        assert Client().get(path).status_code == 302


def test_it_says_that_only_the_first_cases_can_be_looked_at(client: Client, results: Path) -> None:
    assert "The first" not in client.get("/quality/").content.decode()
    report = json.loads((results / "report.json").read_text())
    (results / "report.json").write_text(json.dumps(report | {"n": 500}))
    assert "The first 2 of 500 cases" in client.get("/quality/").content.decode()
