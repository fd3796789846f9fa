"""A server that is killed while its model writes: nothing hangs, nothing is lost."""

import sqlite3
import time

import pytest

from tests.e2e.stack import Stack

SEED = """
from apps.accounts.models import User
from apps.generation.services import draft_create, generation_start
from apps.projects.services import project_create
editor = User.objects.create_user(username="editor")
project = project_create(actor=editor, name="Foundry")
draft = draft_create(project=project, actor=editor, title="Ore line")
for prompt in ("A mill.", "And a second one."):
    generation_start(draft=draft, actor=editor, prompt=prompt)
"""
WAIT = 60


@pytest.fixture
def stack(tmp_path):
    environment = {
        "GENDT_DATABASE_URL": f"sqlite:///{tmp_path}/product.sqlite3",
        "GENDT_GENERATOR": "tests.generation.fakes.SlowGenerator",
    }
    stack = Stack("crash", tmp_path, environment)
    stack.manage("migrate", "--verbosity", "0")
    stack.manage("shell", "--command", SEED)
    yield stack
    stack.stop()


def rows(stack, query):
    path = stack.folder / "product.sqlite3"
    with sqlite3.connect(path, timeout=30) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def jobs(stack):
    query = "SELECT prompt, status, partial FROM generation_generationjob ORDER BY created_at"
    return rows(stack, query)


def wait_for(stack, done):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        found = jobs(stack)
        if done(found):
            return found
        time.sleep(0.3)
    raise AssertionError(f"still {jobs(stack)}\n{stack.server.log()}")


@pytest.mark.slow
def test_a_killed_server_tells_and_goes_on(stack):
    # Both prompts were left waiting by a process that is gone; the server takes them up.
    stack.server.start()
    first, second = wait_for(stack, lambda found: "// line 1" in found[0][2])
    assert (first[1], second[1]) == ("running", "queued")

    stack.server.kill()
    stack.server.start()

    first, second = wait_for(stack, lambda found: "// line 1" in found[1][2])
    assert (first[1], second[1]) == ("failed", "running")
    told = rows(stack, "SELECT kind, text FROM chat_message ORDER BY created_at")
    assert [kind for kind, _text in told] == ["prompt", "prompt", "error"]
    assert "Start it again." in told[-1][1]
    kinds = [kind for (kind,) in rows(stack, "SELECT type FROM realtime_event ORDER BY seq")]
    assert "generation.failed" in kinds
