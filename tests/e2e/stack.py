"""The product as separate processes: a server, and where asked a worker of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
STOP_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Program:
    """One process that can be started, killed without warning and started again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    _log: IO[bytes] | None = field(default=None, repr=False)

    @property
    def log_path(self) -> Path:
        return self.folder / f"{self.name}.log"

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        self._log = self.log_path.open("ab")
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """End the process and its children as a crash would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self._signal(number)
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self.process.wait(timeout=STOP_SECONDS)
        self.process = None
        if self._log is not None:
            self._log.close()

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return  # it ended between the question and the signal


@dataclass
class Stack:
    """A server on a port of its own, its database, and perhaps a worker."""

    name: str
    folder: Path
    services: dict[str, str]
    port: int = field(default_factory=free_port)
    separate_worker: bool = False

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = self._program("server", self._server_command())
        self.worker = self._program("worker", self._worker_command())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def programs(self) -> list[Program]:
        return [self.server, self.worker] if self.separate_worker else [self.server]

    def start(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        for program in self.programs:
            program.start()
        self.wait_until_ready()

    def stop(self) -> None:
        for program in reversed(self.programs):
            program.stop()

    def restart_server(self) -> None:
        self.server.start()
        self.wait_until_ready()

    def manage(self, *arguments: str, seconds: float = START_SECONDS) -> str:
        """Run a management command against this stack's database; its output."""
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.server.alive(), f"the server ended:\n{self.server.log()}"
            if self._answers():
                return
            time.sleep(0.2)
        raise AssertionError(f"no answer in {START_SECONDS} s:\n{self.server.log()}")

    def tracebacks(self) -> dict[str, str]:
        """What each process logged from its first traceback on."""
        found = {}
        for program in self.programs:
            head, mark, tail = program.log().partition("Traceback (most recent call last)")
            if mark:
                found[program.name] = head[-400:] + mark + tail[:4000]
        return found

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health/")
            return connection.getresponse().status == 200
        except (http.client.HTTPException, OSError):
            return False
        finally:
            connection.close()

    @property
    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("GENDT_")}
        return {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "gendt_web.settings.base",
            "GENDT_ENV": "development",
            "GENDT_ALLOWED_HOSTS": "127.0.0.1,localhost",
            "GENDT_DEMO_PASSWORD": "browser tests only",
            "GENDT_SECRET_KEY": "browser-tests-only-" + "k" * 40,
            "GENDT_MEDIA_ROOT": str(self.folder / "media"),
            "OMP_NUM_THREADS": "1",
            "PYTHONUNBUFFERED": "1",
            **self.services,
        }

    def _program(self, name: str, command: list[str]) -> Program:
        return Program(name, command, self.environment, self.folder)

    def _server_command(self) -> list[str]:
        address = ["--host", "127.0.0.1", "--port", str(self.port)]
        return [sys.executable, "manage.py", "serve", *address]

    def _worker_command(self) -> list[str]:
        options = ["--pool", "solo", "--prefetch-multiplier", "1", "--loglevel", "info"]
        return [sys.executable, "-m", "celery", "--app", "gendt_web", "worker", *options]


def embedded_stack(folder: Path) -> Stack:
    """SQLite, layer and broker in memory, the worker inside the server."""
    database = folder / "product.sqlite3"
    return Stack("embedded", folder, {"GENDT_DATABASE_URL": f"sqlite:///{database}"})
