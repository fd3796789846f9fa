"""The script on its way to the page: text in batches, signs of life, a watch for cancels."""

import threading
import time
from collections.abc import Callable
from types import TracebackType

from django.db import connection, transaction
from django.utils import timezone

from apps.common.jobs import JobStopped, job_progress, job_should_stop
from apps.common.models import JobStatus
from apps.generation.models import GenerationJob
from apps.generation.payloads import job_payload
from apps.realtime.events import publish

BATCH_SECONDS = 0.08
ASK_SECONDS = 0.25
HEARTBEAT_SECONDS = 10.0


class TextStream:
    """Gathers pieces of text and publishes them at most every BATCH_SECONDS.

    What is published is also kept in the job's `partial`, so that a page that opens in the
    middle begins with all that was written before.
    """

    def __init__(self, job: GenerationJob, clock: Callable[[], float] = time.monotonic) -> None:
        self.job, self.clock = job, clock
        self.topic = job.draft.project.topic
        self.sent = ""
        self.waiting = ""
        self.last = clock() - BATCH_SECONDS

    def push(self, text: str) -> None:
        self.waiting += text
        if self.waiting and self.clock() - self.last >= BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        if not self.waiting:
            return
        offset, text = len(self.sent), self.waiting
        self.sent, self.waiting, self.last = self.sent + text, "", self.clock()
        payload = {"job": str(self.job.pk), "offset": offset, "text": text}
        with transaction.atomic():
            rows = GenerationJob.objects.filter(pk=self.job.pk, status=JobStatus.RUNNING)
            rows.update(partial=self.sent, heartbeat_at=timezone.now())
            publish(self.topic, "generation.text", payload)


class StopWatch:
    """Answers `should_stop` of a generator; asks the database only now and then."""

    def __init__(self, job: GenerationJob, clock: Callable[[], float] = time.monotonic) -> None:
        self.job, self.clock = job, clock
        self.stopped = False
        self.asked = clock() - ASK_SECONDS

    def __call__(self) -> bool:
        if not self.stopped and self.clock() - self.asked >= ASK_SECONDS:
            self.asked = self.clock()
            self.stopped = job_should_stop(self.job)
        return self.stopped


def tell_stage(job: GenerationJob, progress: float, stage: str) -> None:
    """Raises JobStopped where the job should end."""
    job_progress(job, progress, stage)
    publish(job.draft.project.topic, "generation.progress", {"job": job_payload(job)})


class Heartbeat:
    """Signs of life while the model thinks, from a thread of its own."""

    def __init__(self, job: GenerationJob, seconds: float = HEARTBEAT_SECONDS) -> None:
        self.job, self.seconds = job, seconds
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, name="heartbeat", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended.set()
        self.thread.join(5)

    def run(self) -> None:
        used = False
        while not self.ended.wait(self.seconds):
            used = True
            rows = GenerationJob.objects.filter(pk=self.job.pk, status=JobStatus.RUNNING)
            rows.update(heartbeat_at=timezone.now())
        if used:
            connection.close()


__all__ = ["Heartbeat", "JobStopped", "StopWatch", "TextStream", "tell_stage"]
