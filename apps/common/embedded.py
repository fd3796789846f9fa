"""A Celery worker in a thread of the server process, for the default without a broker.

Done as `celery.contrib.testing.worker` does it, without its test gear. The broker is Celery's
transport in memory, so tasks and results never leave the process.
"""

import logging
import threading
import time
from typing import Any

from celery import current_app, signals
from celery.worker import WorkController, state
from django.conf import settings

logger = logging.getLogger(__name__)

START_SECONDS = 30.0


class EmbeddedController(WorkController):  # type: ignore[misc]
    """A worker that tells when it takes tasks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.ready = threading.Event()
        super().__init__(*args, **kwargs)

    def on_after_init(self, **kwargs: Any) -> None:
        super().on_after_init(**kwargs)
        # Celery's Django fixup hangs on this: it closes stale connections around each task.
        signals.worker_init.send(sender=self)

    def on_consumer_ready(self, consumer: Any) -> None:
        del consumer
        signals.worker_ready.send(sender=self)
        self.ready.set()


class EmbeddedWorker:
    """Start and stop a worker beside the server. Only one at a time in a process."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or settings.EMBEDDED_WORKER_THREADS
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Returns when tasks are taken. Raises RuntimeError where that does not come about."""
        app = current_app._get_current_object()  # noqa: SLF001 – a worker wants no proxy
        app.finalize()
        app.set_default()
        state.should_stop = state.should_terminate = None
        controller = EmbeddedController(
            app=app,
            hostname="embedded@localhost",
            pool="threads",
            concurrency=self.threads,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            quiet=True,
        )
        self.thread = threading.Thread(target=controller.start, name="worker", daemon=True)
        self.thread.start()
        if not controller.ready.wait(START_SECONDS):
            raise RuntimeError("The embedded worker did not start.")

    def finish(self, seconds: float = 5.0) -> bool:
        """For a process that ends: take no more tasks, wait for those that run. False where one
        still does; the worker's own loops, which sleep for seconds, are left to the process."""
        state.should_stop = 0
        deadline = time.monotonic() + seconds
        while state.reserved_requests and time.monotonic() < deadline:
            time.sleep(0.02)
        return not state.reserved_requests

    def stop(self, seconds: float = 5.0) -> bool:
        """Like `finish`, and the worker is gone afterwards. False where it is not yet."""
        if self.thread is None:
            return True
        state.should_stop = 0
        self.thread.join(seconds)
        return not self.thread.is_alive()
