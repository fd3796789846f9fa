"""The import order of ARCHITECTURE.md, and what a web process must not load."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

HEAVY = (
    "torch",
    "transformers",
    "triton",
    "numba",
    "scipy",
    "onnxruntime",
    "sklearn",
    "cv2",
    "pyarrow",
)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONWARNINGS": "default"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_import_contracts_are_kept():
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"

    result = run(sys.executable, "-c", program)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("module", ["gendt_web.asgi", "gendt_web.celery"])
def test_a_server_process_starts_without_the_heavy_libraries(module):
    loaded = "{name.partition('.')[0] for name in sys.modules}"
    program = f"import sys, {module}; print(*({set(HEAVY)!r} & {loaded}))"

    result = run(sys.executable, "-c", program)

    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []
