"""Writes to experiments."""

from itertools import pairwise

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.errors import ApplicationError, Conflict
from apps.common.jobs import job_cancel_request, job_fail, job_finish
from apps.common.models import JobStatus
from apps.experiments.design import MOST_RUNS, refuse, scenarios_of
from apps.experiments.models import Arrangement, Experiment, Part
from apps.experiments.payloads import experiment_payload
from apps.generation.models import DraftVersion
from apps.projects.enums import Verb
from apps.projects.rules import require_edit
from apps.projects.services import activity_record
from apps.realtime.events import publish
from apps.runs.bounds import RunSettings
from apps.runs.services import require_runnable

OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
MOST_OPEN = 5
MOST_PARTS = 32
RUNS_A_PART = 10  # at least: a process takes a second to start


def experiment_start(
    *,
    version: DraftVersion,
    actor: User,
    name: str = "",
    parameters: str = "",
    arrangement: str = Arrangement.GRID,
    with_base: bool = True,
    until: float,
    warmup: float = 0.0,
    replications: int = 10,
    seed: int = 1,
) -> Experiment:
    """Queue all runs of an experiment. For editors."""
    project = version.draft.project
    require_edit(actor, project)
    RunSettings(until=until, warmup=warmup, replications=replications, seed=seed).check()
    require_runnable(version)
    scenarios = scenarios_of(version, parameters, arrangement, with_base=with_base)
    require_few_runs(len(scenarios) * replications)
    with transaction.atomic():
        if project.experiments.filter(status__in=OPEN).count() >= MOST_OPEN:
            raise Conflict(_("Too many experiments are open."), "busy", _("Wait for one of them."))
        experiment = Experiment.objects.create(
            project=project,
            version=version,
            requested_by=actor,
            name=name.strip() or f"{version.draft.title} · {version.number}"[:120],
            parameters=parameters.strip(),
            arrangement=arrangement,
            with_base=with_base,
            scenarios=scenarios,
            until=until,
            warmup=warmup,
            replications=replications,
            seed=seed,
        )
        parts = Part.objects.bulk_create(parts_of(experiment))
        record(experiment, Verb.EXPERIMENT_STARTED)
        tell(experiment, "experiment.created")
        transaction.on_commit(lambda: enqueue(*parts))
    return experiment


def require_few_runs(runs: int) -> None:
    if runs > MOST_RUNS:
        text = _("%(n)d runs are more than the %(most)d that are possible.")
        raise refuse(text % {"n": runs, "most": MOST_RUNS}, "replications")


def parts_of(experiment: Experiment) -> list[Part]:
    """Parts of about equal size: many enough for several workers, long enough for a process."""
    runs = experiment.runs
    number = min(MOST_PARTS, -(-runs // RUNS_A_PART))
    edges = [runs * index // number for index in range(number + 1)]
    return [
        Part(
            experiment=experiment,
            requested_by=experiment.requested_by,
            first=first,
            count=last - first,
        )
        for first, last in pairwise(edges)
    ]


def enqueue(*parts: Part) -> None:
    """Send queued parts to the workers as a group; sending one twice does no harm."""
    from celery import group

    from apps.experiments.tasks import run_part

    group(run_part.si(str(part.pk)) for part in parts).apply_async()


@transaction.atomic
def experiment_cancel(*, experiment: Experiment, actor: User) -> Experiment:
    """End an experiment; parts that run stop soon after. Raises Conflict where it had ended."""
    require_edit(actor, experiment.project)
    if not job_finish(experiment, JobStatus.CANCELLED):
        raise Conflict(_("This is finished already."), "finished")
    stop_parts(experiment)
    tell(experiment, "experiment.failed")
    return experiment


@transaction.atomic
def experiment_fail(experiment: Experiment, error: ApplicationError | Exception) -> None:
    """One part could not be done, so the whole has no result."""
    if job_fail(experiment, error):
        stop_parts(experiment)
        tell(experiment, "experiment.failed")


@transaction.atomic
def experiment_succeed(experiment: Experiment, table: str) -> bool:
    """False where it had ended before, for example because somebody cancelled it."""
    done = job_finish(experiment, JobStatus.SUCCEEDED, table=table)
    if done:
        experiment.parts.all().delete()
        record(experiment, Verb.EXPERIMENT_FINISHED)
        tell(experiment, "experiment.finished")
    return done


def stop_parts(experiment: Experiment) -> None:
    for part in experiment.parts.filter(status__in=OPEN):
        job_cancel_request(part)


def tell(experiment: Experiment, event: str) -> None:
    payload = {"experiment": experiment_payload(experiment)}
    publish(experiment.project.topic, event, payload)


def record(experiment: Experiment, verb: Verb) -> None:
    keys = {"project_id": experiment.project_id, "experiment_id": experiment.pk}
    activity_record(
        project=experiment.project,
        actor=experiment.requested_by,
        verb=verb,
        target_label=experiment.name,
        url=reverse("experiments:detail", kwargs=keys),
        payload={"experiment": str(experiment.pk)},
    )
