"""What workers do for this app: parts of experiments, each on its own; the last one gathers."""

import json
import tempfile
from pathlib import Path
from typing import Any

from celery import shared_task
from django.core.files import File
from django.db import transaction
from django.db.models import F, FloatField, Sum
from django.utils import translation

from apps.common.errors import ApplicationError
from apps.common.jobs import JobStopped, job_finish, job_progress, job_start, job_ticker
from apps.common.models import JobStatus
from apps.experiments.models import Experiment, Part
from apps.experiments.payloads import experiment_payload
from apps.experiments.results import gathered
from apps.experiments.services import OPEN, experiment_fail, experiment_succeed
from apps.realtime.events import publish_ephemeral
from apps.runs.process import Bounds, simulate_apart

JSON = dict[str, Any]
TICK_SECONDS = 0.5
SANDBOX = "apps.experiments.sandbox"
BOUNDS = Bounds(seconds=3600.0)  # a part may hold more than a hundred runs


@shared_task(name="experiments.run_part", acks_late=True)  # type: ignore[untyped-decorator]
def run_part(part_id: str) -> None:
    """Simulate a queued part. Harmless when delivered more than once."""
    rows = Part.objects.select_related(
        "experiment__project", "experiment__version__draft", "experiment__requested_by"
    )
    part = rows.filter(pk=part_id).first()
    if part is None:
        return
    author = part.experiment.requested_by
    with translation.override((author.language if author else "") or None):
        if part.status == JobStatus.QUEUED and job_start(part):
            job_start(part.experiment)  # the first part that starts, starts the whole
            work(part)


def work(part: Part) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="gendt-experiment-") as name:
            folder = Path(name)
            tick = job_ticker(part, TICK_SECONDS, lambda: show_progress(part.experiment))
            simulate_apart(order_of(part), folder, tick, BOUNDS, SANDBOX)
            outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
            if deliver(part, outcome):
                finish(part, folder)
    except JobStopped:
        job_finish(part, JobStatus.CANCELLED)
    except Exception as error:  # noqa: BLE001 – an experiment must end, whatever went wrong
        fail(part, error)


def order_of(part: Part) -> JSON:
    experiment = part.experiment
    names = ("scenarios", "until", "warmup", "replications", "seed")
    return {
        "source": experiment.version.source,
        "first": part.first,
        "count": part.count,
        **{name: getattr(experiment, name) for name in names},
    }


def show_progress(experiment: Experiment) -> None:
    """The whole is as far as its parts are."""
    done = Sum(F("progress") * F("count"), output_field=FloatField())
    runs = experiment.parts.aggregate(done=done)["done"] or 0.0
    job_progress(experiment, runs / experiment.runs, "simulating")
    payload = {"experiment": experiment_payload(experiment)}
    publish_ephemeral(experiment.project.topic, "experiment.progress", payload)


@transaction.atomic
def deliver(part: Part, outcome: JSON) -> bool:
    """Keep the outcome. True for the last part: it is left running, so that a worker that dies
    while it gathers is noticed."""
    Experiment.objects.select_for_update().get(pk=part.experiment_id)
    part.outcome = outcome
    part.save(update_fields=["outcome"])
    others = part.experiment.parts.filter(status__in=OPEN).exclude(pk=part.pk)
    if not others.exists():
        return True
    if not job_finish(part):
        raise JobStopped
    return False


def finish(part: Part, folder: Path) -> None:
    """Put all outcomes together. The file first; it goes again where somebody was quicker."""
    from apps.engines.simulation.experiment_table import write_experiment

    experiment, path = part.experiment, folder / "table.parquet"
    write_experiment(gathered(experiment), path)
    with path.open("rb") as file:
        experiment.table.save(path.name, File(file), save=False)
    name = str(experiment.table.name)
    if not experiment_succeed(experiment, name):
        experiment.table.storage.delete(name)
        raise JobStopped


def fail(part: Part, error: Exception) -> None:
    job_finish(part, JobStatus.FAILED)
    experiment_fail(part.experiment, error)


def interrupted(part: Part) -> None:
    """The part's worker died; see `common.jobs`."""
    error = part.error or {}
    reason = ApplicationError(error.get("message"), error.get("code"), error.get("hint"))
    experiment_fail(part.experiment, reason)
