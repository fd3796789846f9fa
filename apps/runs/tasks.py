"""What workers do for this app."""

import json
import tempfile
from pathlib import Path

from celery import shared_task
from django.core.files import File
from django.db import transaction
from django.utils import translation

from apps.common.jobs import JobStopped, job_fail, job_finish, job_start, job_ticker
from apps.common.models import JobStatus
from apps.realtime.events import publish_ephemeral
from apps.runs.models import Run
from apps.runs.payloads import run_payload
from apps.runs.process import simulate_apart
from apps.runs.services import announce_end

TICK_SECONDS = 0.4


@shared_task(name="runs.run_simulation", acks_late=True)  # type: ignore[untyped-decorator]
def run_simulation(run_id: str) -> None:
    """Simulate a queued run. Harmless when delivered more than once."""
    rows = Run.objects.select_related("project", "version__draft", "requested_by")
    run = rows.filter(pk=run_id).first()
    if run is None:
        return
    language = run.requested_by.language if run.requested_by else ""
    with translation.override(language or None):
        if run.status == JobStatus.QUEUED and job_start(run):
            tell(run)
            work(run)


def work(run: Run) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="gendt-run-") as name:
            folder = Path(name)
            tick = job_ticker(run, TICK_SECONDS, lambda: tell(run))
            simulate_apart(order_of(run), folder, tick)
            succeed(run, folder)
    except JobStopped:
        end(run)
    except Exception as error:  # noqa: BLE001 – a run must end, whatever went wrong
        fail(run, error)


def order_of(run: Run) -> dict[str, object]:
    return {
        "source": run.version.source,
        "until": run.until,
        "warmup": run.warmup,
        "replications": run.replications,
        "seed": run.seed,
    }


def tell(run: Run) -> None:
    publish_ephemeral(run.project.topic, "run.progress", {"run": run_payload(run)})


def succeed(run: Run, folder: Path) -> None:
    """Files first; they go again where the run was cancelled meanwhile."""
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    keep(run, "trace", folder / "trace.json.gz")
    keep(run, "record", folder / "record.parquet")
    with transaction.atomic():
        fields = {"result": result, "trace": run.trace.name, "record": run.record.name}
        done = job_finish(run, JobStatus.SUCCEEDED, **fields)
        if done:
            announce_end(run)
    if not done:
        run.trace.storage.delete(str(fields["trace"]))
        run.record.storage.delete(str(fields["record"]))


def keep(run: Run, field: str, path: Path) -> None:
    if path.exists():
        with path.open("rb") as file:
            getattr(run, field).save(path.name, File(file), save=False)


@transaction.atomic
def end(run: Run) -> None:
    if job_finish(run, JobStatus.CANCELLED):
        announce_end(run)


@transaction.atomic
def fail(run: Run, error: Exception) -> None:
    if job_fail(run, error):
        announce_end(run)


@transaction.atomic
def interrupted(run: Run) -> None:
    """Tell the members of a run whose worker died."""
    announce_end(run)
