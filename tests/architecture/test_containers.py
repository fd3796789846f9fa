"""What can be said of the containers without a container engine."""

import re
import subprocess

import pytest
import yaml

from tests.architecture.tree import ROOT

DOCKER = ROOT / "docker"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))


def test_compose_has_the_promised_services(compose):
    assert {"web", "worker", "generator", "postgres", "redis"} <= set(compose["services"])
    assert compose["services"]["gpu-generator"]["profiles"] == ["gpu"]


def test_every_service_that_is_waited_for_exists(compose):
    waited_for = {
        name for service in compose["services"].values() for name in service.get("depends_on", {})
    }

    assert waited_for <= set(compose["services"])


def test_every_volume_is_declared(compose):
    mounted = {
        mount.partition(":")[0]
        for service in compose["services"].values()
        for mount in service.get("volumes", [])
    }

    assert mounted == set(compose["volumes"])


def test_no_secret_has_a_default(compose):
    text = (DOCKER / "compose.yaml").read_text(encoding="utf-8")

    for name in ("GENDT_SECRET_KEY", "POSTGRES_PASSWORD", "GENDT_ALLOWED_HOSTS"):
        assert re.findall(rf"\$\{{{name}(?!:\?)", text) == []


def test_every_role_in_compose_is_known_to_the_entry_point(compose):
    entry = (DOCKER / "entrypoint").read_text(encoding="utf-8")
    roles = [
        service["command"][0]
        for service in compose["services"].values()
        if service.get("image") == "gendt-web"
    ]

    assert roles
    for role in roles:
        assert re.search(rf"^  {role}\)$", entry, re.MULTILINE), role


def test_image_runs_as_an_ordinary_user_with_a_health_check():
    instructions = (DOCKER / "Dockerfile").read_text(encoding="utf-8")

    last_user = re.findall(r"^USER (\S+)", instructions, re.MULTILINE)[-1]
    assert last_user.partition(":")[0] not in {"root", "0"}
    assert "\nHEALTHCHECK " in instructions


@pytest.mark.parametrize("name", ["entrypoint", "healthcheck"])
def test_entry_points_are_executable_and_parse(name):
    script = DOCKER / name

    result = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)

    assert script.stat().st_mode & 0o111
    assert result.returncode == 0, result.stderr
