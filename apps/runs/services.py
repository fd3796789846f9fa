"""Writes to runs."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.errors import ApplicationError, Conflict
from apps.common.jobs import job_cancel_request
from apps.common.models import JobStatus
from apps.generation.models import DraftVersion
from apps.projects.enums import Verb
from apps.projects.rules import require_edit
from apps.projects.services import activity_record
from apps.realtime.events import publish
from apps.runs.bounds import RunSettings
from apps.runs.models import Run
from apps.runs.payloads import run_payload

OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
MOST_OPEN_RUNS = 20


def run_start(
    *,
    version: DraftVersion,
    actor: User,
    until: float,
    warmup: float = 0.0,
    replications: int = 1,
    seed: int = 1,
) -> Run:
    """Queue a run of a version. For editors."""
    project = version.draft.project
    require_edit(actor, project)
    settings = RunSettings(until=until, warmup=warmup, replications=replications, seed=seed)
    settings.check()
    require_runnable(version)
    with transaction.atomic():
        if project.runs.filter(status__in=OPEN).count() >= MOST_OPEN_RUNS:
            raise Conflict(_("Too many runs are waiting."), "busy", _("Wait for some of them."))
        run = Run.objects.create(
            project=project,
            version=version,
            requested_by=actor,
            until=until,
            warmup=warmup,
            replications=replications,
            seed=seed,
        )
        record(run, Verb.RUN_STARTED)
        publish(project.topic, "run.created", {"run": run_payload(run)})
        transaction.on_commit(lambda: enqueue(run))
    return run


def require_runnable(version: DraftVersion) -> None:
    for found in version.diagnostics:
        if found["severity"] == "error":
            raise ApplicationError(
                _("The script has errors, so it cannot run. Line %(line)d: %(text)s")
                % {"line": found["span"]["line"], "text": found["message"]},
                "has_errors",
                _("Mend the script in the editor and save it."),
            )


def enqueue(run: Run) -> None:
    """Send a queued run to the workers; sending it twice does no harm."""
    from apps.runs.tasks import run_simulation

    run_simulation.delay(str(run.pk))


@transaction.atomic
def run_cancel(*, run: Run, actor: User) -> Run:
    """Ask a run to end; one that waits ends at once. Raises Conflict where it had ended."""
    require_edit(actor, run.project)
    if not job_cancel_request(run):
        raise Conflict(_("This is finished already."), "finished")
    if run.status == JobStatus.CANCELLED:
        announce_end(run)
    return run


def announce_end(run: Run) -> None:
    """Tell the members how a run ended."""
    name = "run.failed"
    if run.status == JobStatus.SUCCEEDED:
        name = "run.finished"
        record(run, Verb.RUN_FINISHED)
    publish(run.project.topic, name, {"run": run_payload(run)})


def record(run: Run, verb: Verb) -> None:
    activity_record(
        project=run.project,
        actor=run.requested_by,
        verb=verb,
        target_label=f"{run.version.draft.title} · {run.version.number}",
        url=reverse("runs:detail", kwargs={"project_id": run.project_id, "run_id": run.pk}),
        payload={"run": str(run.pk)},
    )
