"""The worker inside the server process."""

import threading
import time

import pytest

from apps.common import keeper
from apps.common.embedded import EmbeddedWorker
from tests.common import embedded_tasks as tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh():
    tasks.DONE.clear()
    tasks.ALL_DONE.clear()
    tasks.RELEASE.clear()


def test_tasks_run_in_another_thread_and_soon(embedded_worker):
    began = time.monotonic()
    for number in range(20):
        tasks.note.delay(number, 20)

    assert tasks.ALL_DONE.wait(10)
    assert time.monotonic() - began < 5
    assert sorted(number for number, _thread in tasks.DONE) == list(range(20))
    assert threading.current_thread().name not in {thread for _number, thread in tasks.DONE}


def test_asking_for_a_task_does_not_wait_for_it(embedded_worker):
    began = time.monotonic()
    tasks.block.delay()
    asked = time.monotonic() - began
    tasks.RELEASE.set()

    assert tasks.ALL_DONE.wait(10)
    assert asked < 0.5


def test_a_long_job_keeps_nobody_from_a_script():
    worker = EmbeddedWorker(threads=1)
    worker.start()
    tasks.block.delay()
    tasks.note.apply_async((1, 1), queue="generation")

    assert tasks.ALL_DONE.wait(10)
    assert len(tasks.DONE) == 1
    tasks.RELEASE.set()
    assert worker.stop(20)


def test_stopping_waits_for_a_task_and_tells_when_it_does_not_end():
    worker = EmbeddedWorker(threads=1)
    worker.start()
    tasks.block.delay()
    time.sleep(0.5)

    early = worker.stop(0.5)
    tasks.RELEASE.set()
    late = worker.stop(20)

    assert (early, late) == (False, True)


def test_a_worker_looks_after_lost_jobs_when_it_starts(monkeypatch):
    looks = []
    monkeypatch.setattr(keeper, "recover_jobs", lambda **options: looks.append(options))
    worker = EmbeddedWorker(threads=1)

    worker.start()
    worker.stop(20)

    assert looks == [{"starting": True, "alone": True}]


def test_a_worker_survives_a_look_that_fails(monkeypatch, caplog):
    monkeypatch.setattr(keeper, "recover_jobs", lambda **options: 1 / 0)

    keeper.Keeper(alone=False).look(starting=False)

    assert "could not be recovered" in caplog.text


def test_a_process_that_ends_waits_only_for_tasks():
    worker = EmbeddedWorker(threads=1)
    worker.start()
    began = time.monotonic()
    idle = worker.finish(5)
    taken = time.monotonic() - began
    worker.stop(20)

    assert idle is True
    assert taken < 0.5
