"""Runs over REST and as downloads, as every persona."""

import csv
import gzip
import io
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pyarrow import parquet

from apps.generation.services import version_create_edited
from apps.runs.exports import trace_file
from apps.runs.services import run_start
from apps.runs.tasks import run_simulation
from tests.generation.fakes import LINE

pytestmark = pytest.mark.usefixtures("no_queue")


@pytest.fixture
def run(version, team):
    run = run_start(version=version, actor=team.editor, until=900.0, warmup=60, replications=2)
    run_simulation(str(run.pk))
    run.refresh_from_db()
    return run


def reads(team, run):
    page = f"/projects/{team.project.pk}/runs/{run.pk}/"
    return [
        f"/api/v1/projects/{team.project.pk}/runs/",
        f"/api/v1/drafts/{run.version.draft_id}/versions/1/runs/",
        f"/api/v1/runs/{run.pk}/",
        f"/api/v1/runs/{run.pk}/figures/",
        f"/api/v1/runs/{run.pk}/trace/",
        page,
        f"{page}kpis.csv",
        f"{page}trace.csv",
        f"{page}trace.parquet",
        f"{page}trace.xes",
    ]


@pytest.mark.parametrize(
    ("persona", "status"),
    [("owner", 200), ("editor", 200), ("commenter", 200), ("viewer", 200), ("stranger", 404)],
)
def test_members_read_and_strangers_find_nothing(client_of, team, run, persona, status):
    client = client_of(team[persona])
    found = {client.get(path).status_code for path in reads(team, run)}
    assert found == {status}


@pytest.mark.parametrize(
    ("persona", "status"), [("editor", 201), ("commenter", 403), ("viewer", 403), ("stranger", 404)]
)
def test_starting(api_of, team, version, persona, status):
    path = f"/api/v1/drafts/{version.draft_id}/versions/1/runs/"
    answer = api_of(team[persona]).post(path, {"until": 600, "replications": 3, "seed": 2})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("persona", "status"), [("editor", 200), ("commenter", 403), ("viewer", 403), ("stranger", 404)]
)
def test_cancelling(api_of, team, version, persona, status):
    run = run_start(version=version, actor=team.owner, until=600.0)
    answer = api_of(team[persona]).post(f"/api/v1/runs/{run.pk}/cancel/")
    assert answer.status_code == status


def test_refused_settings_name_their_field(api_of, team, version):
    path = f"/api/v1/drafts/{version.draft_id}/versions/1/runs/"
    for data, field in (
        ({}, "until"),
        ({"until": -1}, "until"),
        ({"until": 9, "seed": -1}, "seed"),
    ):
        answer = api_of(team.editor).post(path, data)
        assert answer.status_code == 400
        assert field in answer.json()["error"]["fields"]


def test_the_result_is_complete(api_of, team, run):
    result = api_of(team.viewer).get(f"/api/v1/runs/{run.pk}/").json()["result"]
    assert result["replications"] == 2
    mill = next(item for item in result["objects"] if item["name"] == "Mill")
    assert abs(sum(state["mean"] for state in mill["states"].values()) - 1) < 1e-9


def test_figures_have_one_bar_trace_per_state(api_of, team, run):
    figures = api_of(team.viewer).get(f"/api/v1/runs/{run.pk}/figures/").json()

    names = {"timeline", "wip", "throughput", "queues", "stay", "states", "utilisation"}
    assert set(figures) == names
    bars = figures["timeline"]["data"]
    names = [bar["name"] for bar in bars]
    assert len(names) == len(set(names))
    assert "processing" in names
    for bar in bars:
        assert len(bar["x"]) == len(bar["y"]) == len(bar["base"])
        assert all(width > 0 for width in bar["x"])
    ends = [base + x for bar in bars for base, x in zip(bar["base"], bar["x"], strict=True)]
    assert max(ends) == pytest.approx(900)
    assert figures["wip"]["layout"]["shapes"][0]["x0"] == 60
    out = figures["throughput"]["data"][0]["y"]
    assert out == sorted(out)
    assert out[-1] > 0


def test_the_trace_comes_packed_or_plain(client_of, team, run):
    path = f"/api/v1/runs/{run.pk}/trace/"
    plain = client_of(team.viewer).get(path, headers={"Accept-Encoding": "identity"})
    packed = client_of(team.viewer).get(path, headers={"Accept-Encoding": "gzip"})

    assert plain.json()["end"] == 900
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content)


def rows(response):
    body = response.getvalue() if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_kpis_as_csv(client_of, team, run):
    response = client_of(team.viewer).get(f"/projects/{team.project.pk}/runs/{run.pk}/kpis.csv")

    found = rows(response)
    assert 'filename="ore-line-v1-kpis.csv"' in response["Content-Disposition"]
    throughput = next(row for row in found if row["measure"] == "throughput_per_hour")
    assert float(throughput["mean"]) == run.result["kpis"]["throughput_per_hour"]["mean"]
    assert {row["object"] for row in found} == {"", "Ore Bin", "Mill", "Concentrate"}


def test_the_trace_as_csv(client_of, team, run):
    response = client_of(team.viewer).get(f"/projects/{team.project.pk}/runs/{run.pk}/trace.csv")

    found = rows(response)
    mill = [row for row in found if row["record"] == "state" and row["object"] == "Mill"]
    total = sum(float(row["end"]) - float(row["start"]) for row in mill)
    assert total == pytest.approx(900)


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_the_trace_as_parquet_and_event_log(client_of, team, run):
    page = f"/projects/{team.project.pk}/runs/{run.pk}/"
    client = client_of(team.viewer)

    table = parquet.read_table(io.BytesIO(body(client.get(f"{page}trace.parquet"))))
    log = ET.fromstring(body(client.get(f"{page}trace.xes")))  # noqa: S314 – our own

    items = {row["item"] for row in table.to_pylist() if row["record"] == "item"}
    traces = log.findall("{http://www.xes-standard.org/}trace")
    assert len(items) == len(traces) > 50
    assert client.get(f"{page}trace.pdf").status_code == 404


def test_a_trace_kept_as_csv_by_an_earlier_version_is_still_there(run):
    before = "".join(trace_file(run, "csv"))
    content = ContentFile(gzip.compress(before.encode()))
    run.record = default_storage.save("old.csv.gz", content)

    assert "".join(trace_file(run, "csv")) == before
    assert b"".join(trace_file(run, "parquet")).startswith(b"PAR1")


def test_names_that_look_like_formulas_are_quoted(client_of, team, draft):
    source = LINE.replace('"Mill"', '"=HYPERLINK(1)"').replace('"Ore Bin"', '"@SUM(A1)"')
    version = version_create_edited(draft=draft, actor=team.editor, source=source)
    run = run_start(version=version, actor=team.editor, until=900.0)
    run_simulation(str(run.pk))

    for name in ("kpis.csv", "trace.csv"):
        found = rows(
            client_of(team.viewer).get(f"/projects/{team.project.pk}/runs/{run.pk}/{name}")
        )
        objects = {row["object"] for row in found}
        assert {"'=HYPERLINK(1)", "'@SUM(A1)"} <= objects
        assert not any(cell.startswith(("=", "@", "+")) for cell in objects)


def test_a_run_without_results_has_none_to_take_away(client_of, team, version):
    run = run_start(version=version, actor=team.editor, until=900.0)
    client = client_of(team.viewer)
    page = f"/projects/{team.project.pk}/runs/{run.pk}/"
    for path in (f"{page}kpis.csv", f"{page}trace.csv", f"/api/v1/runs/{run.pk}/figures/"):
        assert client.get(path).status_code == 404
    assert client.get(page).status_code == 200


def test_lists_take_as_many_queries_for_many_rows(client_of, team, version):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as captured:
            answer = client_of(team.viewer).get(f"/api/v1/projects/{team.project.pk}/runs/")
        return len(captured), answer.json()["count"]

    run_start(version=version, actor=team.editor, until=900.0)
    few, one = count()
    for actor in (team.owner, team.editor):
        run_start(version=version, actor=actor, until=900.0)
    many, three = count()

    assert (one, three) == (1, 3)
    assert many == few
