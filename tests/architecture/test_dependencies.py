"""Dependencies are pinned, agree with what is installed, and name no download address."""

import importlib.metadata
import json
import re
from itertools import chain

import pytest
from packaging.requirements import Requirement

from tests.architecture.tree import ROOT

PYTHON_LISTS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][A-Za-z0-9.]*")


def requirement_lines(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("name", [*PYTHON_LISTS, "requirements-gpu.txt"])
def test_python_packages_are_pinned_to_one_version(name):
    loose = [line for line in requirement_lines(name) if not PINNED.fullmatch(line)]

    assert loose == []


def test_installed_packages_are_the_pinned_ones():
    lines = chain.from_iterable(requirement_lines(name) for name in PYTHON_LISTS)
    different = {}
    for requirement in map(Requirement, lines):
        installed = importlib.metadata.version(requirement.name).partition("+")[0]
        if installed not in requirement.specifier:
            different[str(requirement)] = installed

    assert different == {}


def test_torch_and_triton_fit_cpu_and_cuda_hosts():
    lines = requirement_lines("requirements.txt")

    assert "torch==2.13.0" in lines
    assert "triton==3.7.1" in lines


def test_lock_file_holds_no_download_address():
    lock = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")

    packages = json.loads(lock)["packages"]

    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert "://registry" not in lock


def test_front_end_packages_are_pinned_to_one_version():
    manifest = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    wanted = {**manifest.get("dependencies", {}), **manifest.get("devDependencies", {})}

    loose = {name: range_ for name, range_ in wanted.items() if not re.match(r"\d", range_)}

    assert loose == {}
