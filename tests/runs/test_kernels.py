"""Kernels are compiled ahead, once, by workers alone."""

import subprocess
from typing import Any

import pytest
from celery.signals import worker_ready

from apps.engines.simulation.compiled import cache
from apps.runs import kernels


@pytest.fixture
def begun(monkeypatch, settings) -> list[list[str]]:
    """The commands that were started."""
    commands: list[list[str]] = []

    class Process:
        def __init__(self, command: list[str], **options: Any) -> None:
            del options
            commands.append(command)

        def terminate(self) -> None:
            pass

    monkeypatch.setattr(kernels, "_compiling", [])
    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(kernels.atexit, "register", lambda call: call)
    settings.COMPILE_AHEAD = True
    return commands


def test_the_first_worker_compiles_what_is_not_there(begun, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(cache, "FOLDER", tmp_path)

    worker_ready.send(sender=None)
    worker_ready.send(sender=None)

    (command,) = begun
    assert command[-2:] == ["apps.engines.simulation", "--compile"]


def test_what_is_there_is_not_compiled_again(begun, monkeypatch, tmp_path) -> None:
    for name in ("lines", "plain", "more", "belts", "all"):
        (tmp_path / f"{name}-x.o").touch()
    monkeypatch.setattr(cache, "FOLDER", tmp_path)

    worker_ready.send(sender=None)

    assert begun == []
