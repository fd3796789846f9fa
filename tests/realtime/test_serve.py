"""The `serve` command as a process: pages, socket, live events from the worker, clean end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    processes = []

    def run(port, **environment):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("GENDT_")}
        clean |= {
            "DJANGO_SETTINGS_MODULE": "gendt_web.settings.base",
            "GENDT_DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
            "GENDT_SECRET_KEY": "tests" * 10,
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=clean, check=True, timeout=60)
        process = subprocess.Popen(
            [*manage, "serve", "--port", str(port)],
            cwd=ROOT,
            env=clean,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def fetch(port, path="/health/", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def wait_until_up(port, seconds=40):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return fetch(port)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def test_it_serves_refuses_strange_sockets_and_ends_cleanly(start):
    port = free_port()
    process = start(port)

    assert wait_until_up(port) == 200
    assert fetch(port, "/accounts/login/") == 200
    assert fetch(port, "/health/", Host="evil.example") == 400
    assert fetch(port, "/ws/", **UPGRADE) == 403
    assert fetch(port, "/ws/", **UPGRADE, Origin="https://evil.example") == 403
    assert fetch(port, "/elsewhere/", **UPGRADE) == 403
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 0
    assert time.monotonic() - began < 3
    assert f"http://127.0.0.1:{port}/" in output
    assert "Traceback" not in output


def test_a_taken_port_is_said(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(taken.getsockname()[1])
        output, _ = process.communicate(timeout=40)

    assert process.returncode == 1
    assert "Cannot listen" in output
