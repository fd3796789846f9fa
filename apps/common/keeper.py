"""A thread of every worker that looks after jobs whose worker died."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from apps.common.jobs import recover_jobs

logger = logging.getLogger(__name__)

EVERY_SECONDS = 20.0


class Keeper:
    """Recovers once at the start, then every EVERY_SECONDS."""

    def __init__(self, *, alone: bool) -> None:
        self.alone = alone
        self.ended = threading.Event()

    def start(self) -> None:
        self.look(starting=True)
        threading.Thread(target=self.run, name="job keeper", daemon=True).start()

    def stop(self) -> None:
        self.ended.set()

    def run(self) -> None:
        while not self.ended.wait(EVERY_SECONDS):
            self.look(starting=False)

    def look(self, *, starting: bool) -> None:
        close_old_connections()
        try:
            recover_jobs(starting=starting, alone=self.alone and starting)
        except Exception:
            # The next look may go better; a worker must not die of a database that restarts.
            logger.exception("Jobs could not be recovered")
        finally:
            close_old_connections()


_keepers: list[Keeper] = []


def keep(**kwargs: Any) -> None:
    """Handler of Celery's worker_ready; of the workers of one process, the first has it."""
    del kwargs
    if _keepers:
        return
    keeper = Keeper(alone=settings.EMBEDDED_WORKER)
    _keepers.append(keeper)
    keeper.start()


def stop_keeping(**kwargs: Any) -> None:
    """Handler of Celery's worker_shutdown."""
    del kwargs
    while _keepers:
        _keepers.pop().stop()
