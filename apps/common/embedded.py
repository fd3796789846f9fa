"""Celery's workers in threads of the server process, for the default without a broker.

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
    """Start and stop the workers beside the server. Only one of these at a time in a process.

    Every queue has threads of its own, so that a long run keeps nobody from a script.
    """

    def __init__(self, threads: int | None = None) -> None:
        """`threads` for every queue instead of what the settings say."""
        self.pools = {queue: threads or most for queue, most in settings.EMBEDDED_POOLS.items()}
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        """Returns when tasks are taken. Raises RuntimeError where that does not come about."""
        app = current_app._get_current_object()  # noqa: SLF001 – a worker wants no proxy
        app.finalize()
        app.set_default()
        state.should_stop = state.should_terminate = None
        for queue, most in self.pools.items():
            # One after the other: what a worker takes is a setting of the app while it starts.
            controller = self._controller(app, queue, most)
            thread = threading.Thread(target=controller.start, name="worker", daemon=True)
            thread.start()
            self.threads.append(thread)
            if not controller.ready.wait(START_SECONDS):
                raise RuntimeError("The embedded worker did not start.")

    def _controller(self, app: Any, queue: str, threads: int) -> EmbeddedController:
        return EmbeddedController(
            app=app,
            hostname=f"{queue}@localhost",
            queues=[queue],
            pool="threads",
            concurrency=threads,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            quiet=True,
        )

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
        state.should_stop = 0
        deadline = time.monotonic() + seconds
        for thread in self.threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)
