"""Tasks for the tests of the embedded worker."""

import threading

from celery import shared_task

DONE: list[tuple[int, str]] = []
ALL_DONE = threading.Event()
RELEASE = threading.Event()


@shared_task(name="tests.note")
def note(number: int, total: int) -> None:
    DONE.append((number, threading.current_thread().name))
    if len(DONE) >= total:
        ALL_DONE.set()


@shared_task(name="tests.block")
def block() -> None:
    RELEASE.wait(20)
    ALL_DONE.set()
