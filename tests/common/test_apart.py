"""Calls in a process of their own: whatever happens there, the caller gets an answer in time."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.common.apart import Helpers, Limits, Stopped
from apps.common.errors import TooMany
from tests.architecture.tree import ROOT
from tests.common import hostile


@pytest.fixture
def helpers():
    """`helpers(seconds=1)` have these limits."""
    made = []

    def make(**limits):
        made.append(Helpers(Limits(**limits)))
        return made[-1]

    yield make
    for found in made:
        found.end()


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def wait_until(done, seconds=10):
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.02)
    return done()


def test_one_process_answers_call_after_call(helpers):
    call = helpers().call

    assert call(hostile.echo, {"name": "矿石", "sizes": [1.5, None]}) == {
        "name": "矿石",
        "sizes": [1.5, None],
    }
    assert call(hostile.pid) == call(hostile.pid) != os.getpid()


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (hostile.hang, "too_slow"),
        (hostile.spin, "too_slow"),
        (hostile.eat, "memory"),
        (hostile.crash, "memory"),
        (hostile.talk, "memory"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_an_accident_ends_the_process_and_the_next_call_begins_another(helpers, function, code):
    call = helpers(seconds=2.0, memory=400 * 2**20, answer=10**5, helpers=1).call
    first = call(hostile.pid)

    with pytest.raises(Stopped) as stopped:
        call(function)

    assert stopped.value.code == code
    assert stopped.value.hint
    assert gone(first)
    assert call(hostile.echo, "still here") == "still here"


def test_our_own_faults_are_no_refusals(helpers):
    call = helpers(helpers=1).call

    with pytest.raises(RuntimeError, match="no such wheel"):
        call(hostile.fail)
    with pytest.raises(RuntimeError, match="ended with 7"):
        call(hostile.leave)
    assert call(hostile.echo, 1) == 1


def test_a_process_killed_from_outside_is_begun_anew(helpers):
    call = helpers(helpers=1).call
    first = call(hostile.pid)

    os.kill(first, signal.SIGKILL)

    assert call(hostile.pid) != first
    assert gone(first)


def test_callers_at_once_get_their_own_answers_from_a_few_processes(helpers):
    call = helpers(helpers=2).call
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: call(hostile.echo, number), range(40)))
        pids = set(pool.map(lambda number: call(hostile.pid, number), range(40)))

    assert answers == list(range(40))
    assert 1 <= len(pids) <= 2


def test_who_waits_too_long_for_a_turn_is_told(helpers):
    call = helpers(helpers=1, seconds=3.0, wait=0.2).call
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(call, hostile.hang)
        time.sleep(0.1)
        with pytest.raises(TooMany) as refused:
            call(hostile.pid)
        assert isinstance(long.exception(), Stopped)

    assert refused.value.code == "busy"
    assert call(hostile.pid)


def test_scripts_find_neither_secrets_nor_django_there(helpers, monkeypatch):
    from apps.generation import checks
    from tests.generation.fakes import LINE

    monkeypatch.setenv("GENDT_MODEL_KEY", "secret")
    call = helpers(helpers=1).call

    assert call(checks.inspection, LINE)["layout"]
    assert call(checks.tree, LINE)
    assert call(hostile.surroundings) == {"secrets": [], "django": False}


def our_server(program):
    """A process of its own that has helpers, and is then killed; its first words."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gendt_web.settings.test"}
    begin = "from apps.common.apart import call; from tests.common import hostile\n"
    with subprocess.Popen(
        [sys.executable, "-c", "import os, time; " + begin + program],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            return process.stdout.readline().split()
        finally:
            process.kill()


def test_the_process_ends_with_its_server_even_amid_a_call(tmp_path):
    mark = tmp_path / "pid"
    program = f"""
import threading
threading.Thread(target=call, args=[hostile.hang, {str(mark)!r}], daemon=True).start()
while not os.path.exists({str(mark)!r}): time.sleep(0.02)
print("begun", flush=True)
time.sleep(600)
"""
    assert our_server(program) == ["begun"]

    pid = int(mark.read_text(encoding="ascii"))

    assert wait_until(lambda: gone(pid))


def test_a_forked_server_has_processes_of_its_own():
    program = """
before = call(hostile.pid)
if os.fork() == 0:
    os.write(write, f"{call(hostile.pid)} {os.getpid()}".encode())
    time.sleep(600)
forked = os.read(read, 100).decode()
print(before, forked, call(hostile.pid), flush=True)
time.sleep(600)
"""
    before, inner, child, after = map(int, our_server("read, write = os.pipe()" + program))

    try:
        assert after == before != inner
        assert wait_until(lambda: gone(before))  # although the forked one lives on
        assert not gone(inner)
    finally:
        os.kill(child, signal.SIGKILL)
    assert wait_until(lambda: gone(inner))
