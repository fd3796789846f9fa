"""Starting and cancelling: what is possible, how runs are shared out."""

import pytest

from apps.common.errors import ApplicationError, Conflict, NotFound, PermissionDenied
from apps.common.models import JobStatus
from apps.experiments import services
from apps.experiments.design import choices_of
from apps.generation.services import version_create_edited
from apps.projects.models import Activity
from apps.realtime.models import Event

pytestmark = pytest.mark.usefixtures("no_queue")

MILL = "Mill.ProcessTime = 4, 6"


def test_a_grid_comes_with_the_model_as_it_is(begin):
    found = begin(parameters=f"{MILL}\nMill.SetupTime = 1, exponential(0, 2)")

    assert found.scenarios == [
        [],
        [["Mill", "ProcessTime", 4.0], ["Mill", "SetupTime", 1.0]],
        [["Mill", "ProcessTime", 4.0], ["Mill", "SetupTime", "exponential(0, 2)"]],
        [["Mill", "ProcessTime", 6.0], ["Mill", "SetupTime", 1.0]],
        [["Mill", "ProcessTime", 6.0], ["Mill", "SetupTime", "exponential(0, 2)"]],
    ]
    assert found.name == "Ore line · 1"
    assert found.status == JobStatus.QUEUED


def test_a_list_takes_values_together(begin):
    found = begin(parameters=f"{MILL}\nMill.SetupTime = 1, 2", arrangement="list", with_base=False)

    assert [[value for *_, value in settings] for settings in found.scenarios] == [[4, 1], [6, 2]]


def test_without_parameters_the_model_itself_is_replicated(begin):
    assert begin().scenarios == [[]]


@pytest.mark.parametrize(("runs", "parts"), [(1, 1), (10, 1), (11, 2), (300, 30), (900, 32)])
def test_parts_cover_all_runs_once(begin, runs, parts):
    found = begin(replications=runs)

    shares = list(found.parts.values_list("first", "count"))
    covered = [number for first, count in shares for number in range(first, first + count)]
    assert covered == list(range(runs))
    assert len(shares) == parts


def test_the_parts_are_sent_when_all_is_written(
    begin, no_queue, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        found = begin(replications=25)

    assert {part.pk for part in no_queue} == set(found.parts.values_list("pk", flat=True))
    assert Event.objects.filter(type="experiment.created").count() == 1
    assert Activity.objects.filter(verb="experiment.started").get().target_label == found.name


@pytest.mark.parametrize(
    ("wishes", "field", "text"),
    [
        ({"parameters": "Mill ProcessTime 4"}, "parameters", "no parameter"),
        ({"parameters": "Moll.ProcessTime = 4"}, "parameters", "no object Moll"),
        ({"parameters": "Mill.Speed = 4"}, "parameters", "has no Speed"),
        ({"parameters": f"{MILL}\nMill.SetupTime = 1", "arrangement": "list"},
         "parameters", "as many"),
        ({"parameters": "Mill.ProcessTime = " + ",".join(map(str, range(201)))},
         "parameters", "201"),
        ({"until": -1}, "until", "longer"),
        ({"replications": 0}, "replications", "Between 1"),
        ({"warmup": 900.0}, "warmup", "before the horizon"),
        ({"seed": -1}, "seed", "whole number"),
        ({"parameters": "Mill.ProcessTime = " + ",".join(map(str, range(1, 9))),
          "replications": 1000}, "replications", "9000 runs"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(begin, wishes, field, text):
    with pytest.raises(ApplicationError, match=text) as refused:
        begin(**wishes)

    assert refused.value.field == field


def test_a_huge_grid_is_refused_before_it_is_made(begin):
    lines = "\n".join(
        f"Mill.{name} = " + ",".join(map(str, range(1, 200)))
        for name in ("ProcessTime", "SetupTime", "MaxContent") * 4
    )

    with pytest.raises(ApplicationError, match="scenarios are more than"):
        begin(parameters=lines)


def test_a_script_with_errors_does_not_run(begin, draft, team):
    broken = version_create_edited(draft=draft, actor=team.editor, source="Object = ;")

    with pytest.raises(ApplicationError, match="errors"):
        services.experiment_start(version=broken, actor=team.editor, until=900.0)


@pytest.mark.parametrize(
    ("persona", "refusal"),
    [("stranger", NotFound), ("viewer", PermissionDenied), ("commenter", PermissionDenied)],
)
def test_only_editors_start_and_cancel(begin, team, persona, refusal):
    with pytest.raises(refusal):
        begin(actor=team[persona])
    found = begin()
    with pytest.raises(refusal):
        services.experiment_cancel(experiment=found, actor=team[persona])


def test_few_are_open_at_a_time(begin):
    for _ in range(services.MOST_OPEN):
        begin()

    with pytest.raises(Conflict):
        begin()


def test_cancelling_ends_the_experiment_and_what_waits(begin, team):
    found = begin(replications=30)

    services.experiment_cancel(experiment=found, actor=team.owner)

    assert found.status == JobStatus.CANCELLED
    assert set(found.parts.values_list("status", flat=True)) == {JobStatus.CANCELLED}
    with pytest.raises(Conflict):
        services.experiment_cancel(experiment=found, actor=team.owner)


def test_what_can_be_varied_comes_with_its_present_value(version):
    found = {choice["object"]: choice["properties"] for choice in choices_of(version)}

    assert found["Ore Bin"][0] == {"name": "InterArrivalTime", "value": "exponential(0, 10)"}
    assert found["Mill"][0] == {"name": "ProcessTime", "value": "5"}
    assert {"name": "SetupTime", "value": None} in found["Mill"]
