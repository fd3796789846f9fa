"""Reader and model are loaded by two threads at once, in a process that has neither yet."""

import subprocess
import sys

PROGRAM = """
import django, threading
django.setup()
from apps.common.heavy import LOADING
from apps.generation.loading import load_generator

made = []
def write():
    made.append(load_generator())
def read():
    with LOADING:
        from apps.engines.sketch.reader import load_reader
        made.append(load_reader())
threads = [threading.Thread(target=work) for work in (read, write)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(made) == 2, made
"""


def test_two_threads_load_at_once():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"DJANGO_SETTINGS_MODULE": "gendt_web.settings.base", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
