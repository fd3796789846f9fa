"""Experiments in pages, over REST and as downloads, as every persona."""

import csv
import io

import pytest
from pyarrow import parquet

from apps.common.models import JobStatus
from apps.experiments.models import Experiment

pytestmark = pytest.mark.usefixtures("no_queue")

MILL = "Mill.ProcessTime = 4, 8"


@pytest.fixture
def done(begin, perform):
    return perform(begin(parameters=MILL, replications=4, until=600.0, name="=Faster mill"))


def page_of(experiment):
    return f"/projects/{experiment.project_id}/experiments/{experiment.pk}/"


def reads(found):
    project, page = f"/projects/{found.project_id}/", page_of(found)
    return [
        f"{project}experiments/",
        page,
        f"{page}results.csv",
        f"{page}results.parquet",
        f"/api/v1{project}experiments/",
        f"/api/v1/experiments/{found.pk}/",
        f"/api/v1/experiments/{found.pk}/report/",
        f"/api/v1/experiments/{found.pk}/figures/",
        f"/api/v1/versions/{found.version_id}/parameters/",
    ]


def test_members_read_and_strangers_find_nothing(client_of, team, done):
    for persona in ("owner", "editor", "commenter", "viewer"):
        client = client_of(team[persona])
        assert {client.get(path).status_code for path in reads(done)} == {200}
    client = client_of(team.stranger)
    assert {client.get(path).status_code for path in reads(done)} == {404}


def test_visitors_are_sent_to_sign_in(client_of, begin):
    found = begin()

    assert client_of().get(page_of(found)).status_code == 302
    assert client_of().get(f"/api/v1/experiments/{found.pk}/").status_code in {401, 403}


@pytest.mark.parametrize(
    ("persona", "status"),
    [("owner", 201), ("editor", 201), ("commenter", 403), ("viewer", 403), ("stranger", 404)],
)
def test_starting_over_rest(api_of, team, version, persona, status):
    path = f"/api/v1/drafts/{version.draft_id}/versions/1/experiments/"

    answer = api_of(team[persona]).post(path, {"parameters": MILL, "until": 600})

    assert answer.status_code == status
    assert Experiment.objects.count() == (status == 201)


@pytest.mark.parametrize(
    ("persona", "rest", "page"),
    [("editor", 200, 302), ("commenter", 403, 403), ("viewer", 403, 403), ("stranger", 404, 404)],
)
def test_cancelling(api_of, client_of, team, begin, persona, rest, page):
    one, two = begin(), begin()

    answer = api_of(team[persona]).post(f"/api/v1/experiments/{one.pk}/cancel/")
    response = client_of(team[persona]).post(f"{page_of(two)}cancel/")

    assert (answer.status_code, response.status_code) == (rest, page)
    ended = Experiment.objects.filter(status=JobStatus.CANCELLED).count()
    assert ended == (2 if persona == "editor" else 0)


FORM = {
    "parameters": MILL, "arrangement": "grid", "with_base": "on", "horizon": "2",
    "horizon_unit": "h", "warmup": "10", "warmup_unit": "min", "replications": "5", "seed": "7",
}  # fmt: skip


def test_the_form_starts_an_experiment(client_of, team, version):
    path = f"/projects/{team.project.pk}/experiments/new/"

    response = client_of(team.editor).post(path, {**FORM, "version": version.pk})

    found = Experiment.objects.get()
    assert response.url == page_of(found)
    assert (found.until, found.warmup, found.replications, found.seed) == (7200, 600, 5, 7)
    assert len(found.scenarios) == 3


@pytest.mark.parametrize(
    ("wrong", "field", "text"),
    [
        ({"parameters": "Moll.ProcessTime = 4"}, "parameters", "no object Moll"),
        ({"horizon": "0"}, "horizon", "longer than nothing"),
        ({"warmup": "999"}, "warmup", "before the horizon"),
        ({"replications": "0"}, "replications", "greater than or equal to 1"),
    ],
)
def test_the_form_says_what_is_wrong_where_it_is(client_of, team, version, wrong, field, text):
    path = f"/projects/{team.project.pk}/experiments/new/"

    response = client_of(team.editor).post(path, {**FORM, "version": version.pk, **wrong})

    assert response.status_code == 200
    assert text in " ".join(response.context["form"].errors[field])
    assert not Experiment.objects.exists()


def test_a_version_of_another_project_cannot_be_chosen(client_of, team, version):
    from tests.factories import MembershipFactory, ProjectFactory

    other = ProjectFactory()
    MembershipFactory(project=other, user=team.editor, role="owner")
    path = f"/projects/{other.pk}/experiments/new/"

    response = client_of(team.editor).post(path, {**FORM, "version": version.pk})

    assert "version" in response.context["form"].errors


@pytest.mark.parametrize(
    ("persona", "status"), [("editor", 200), ("viewer", 403), ("stranger", 404)]
)
def test_only_editors_see_the_form(client_of, team, version, persona, status):
    path = f"/projects/{team.project.pk}/experiments/new/"

    assert client_of(team[persona]).get(path).status_code == status


def test_an_experiment_can_be_repeated_with_changes(client_of, team, done):
    path = f"/projects/{team.project.pk}/experiments/new/?like={done.pk}"

    form = client_of(team.editor).get(path).context["form"]

    assert (form["parameters"].value(), form["horizon"].value()) == (MILL, "10")
    assert form["horizon_unit"].value() == "min"
    assert client_of(team.editor).get(f"{path}0").status_code == 404


def test_the_page_compares_ranks_and_calculates(client_of, team, done):
    query = "?measure=Mill.utilisation&confidence=0.9&base=1&half_width=0.05"

    response = client_of(team.viewer).get(f"{page_of(done)}{query}")

    report = response.context["report"]
    rows = report["scenarios"]
    assert [row["difference"] is None for row in rows] == [False, True, False]
    assert rows[2]["difference"]["mean"] > 0
    assert rows[2]["significant"]
    assert rows[2]["rank"] == {"best": 1, "worst": 1}
    assert all(row["needed"] >= 2 for row in rows)
    text = response.content.decode()
    assert "Best in “Mill: Utilisation”: Mill.ProcessTime = 8." in text
    assert "Mill.ProcessTime = 8" in text


WRONG = ("measure=speed", "base=9", "base=x", "confidence=2", "half_width=-1", "half_width=nan")


def test_a_wrong_question_is_told_and_the_first_answer_shown(client_of, api_of, team, done):
    for query in WRONG:
        response = client_of(team.viewer).get(f"{page_of(done)}?{query}")
        assert response.context["refusal"], query
        assert response.context["report"]["measure"] == "throughput_per_hour"
        api = api_of(team.viewer).get(f"/api/v1/experiments/{done.pk}/report/?{query}")
        assert api.status_code == 400, query


def test_figures_show_every_scenario(api_of, team, done):
    path = f"/api/v1/experiments/{done.pk}/figures/?measure=Mill.utilisation"

    found = api_of(team.viewer).get(path).json()

    assert [len(box["x"]) for box in found["boxes"]["data"]] == [4, 4, 4]
    (points,) = found["intervals"]["data"]
    assert points["y"] == ["1 · As it is", "2 · ProcessTime = 4", "3 · ProcessTime = 8"]
    assert len(points["x"]) == 3
    (line,) = found["response"]["data"]
    assert line["x"] == [4, 8]
    assert line["y"][0] < line["y"][1]
    assert all(width > 0 for width in line["error_y"]["array"])


def test_a_second_parameter_makes_curves(begin, perform, api_of, team):
    lines = f"{MILL}\nMill.SetupTime = 0, 2"
    done = perform(begin(parameters=lines, replications=2, until=300.0))

    found = api_of(team.viewer).get(f"/api/v1/experiments/{done.pk}/figures/").json()

    names = [line["name"] for line in found["response"]["data"]]
    assert names == ["Mill.SetupTime = 0", "Mill.SetupTime = 2"]


def test_downloads_have_a_row_for_each_run(client_of, team, done):
    client = client_of(team.viewer)

    table = parquet.read_table(io.BytesIO(client.get(f"{page_of(done)}results.parquet").content))
    response = client.get(f"{page_of(done)}results.csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == table.num_rows == 12
    assert [float(row["items_out"]) for row in rows] == table["items_out"].to_pylist()
    assert 'filename="faster-mill.csv"' in response["Content-Disposition"]
    assert client.get(f"{page_of(done)}results.pdf").status_code == 404


def test_an_open_experiment_has_a_page_and_no_results(client_of, team, begin):
    found = begin()
    client = client_of(team.viewer)

    response = client.get(page_of(found))

    assert "experiment-live" in response.content.decode()
    assert "cancel/" not in response.content.decode()
    assert "cancel/" in client_of(team.editor).get(page_of(found)).content.decode()
    for path in (f"{page_of(found)}results.csv", f"/api/v1/experiments/{found.pk}/report/"):
        assert client.get(path).status_code == 404


def test_a_failed_one_says_why(client_of, team, begin):
    from apps.common.errors import ApplicationError
    from apps.experiments.services import experiment_fail

    found = begin()
    experiment_fail(found, ApplicationError("The mill burst.", "simulation", "Mend it."))

    text = client_of(team.viewer).get(page_of(found)).content.decode()

    assert "The mill burst." in text
    assert "Mend it." in text


def test_lists_take_as_many_queries_for_many_rows(client_of, team, begin):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    paths = (f"/projects/{team.project.pk}/experiments/",
             f"/api/v1/projects/{team.project.pk}/experiments/")  # fmt: skip

    def count():
        with CaptureQueriesContext(connection) as captured:
            for path in paths:
                assert client_of(team.viewer).get(path).status_code == 200
        return len(captured)

    begin()
    few = count()
    for _ in range(3):
        begin()
    assert count() == few
