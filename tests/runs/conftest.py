"""Fixtures of runs: a version that runs, and a queue that waits."""

import pytest

from tests.generation.fakes import LINE


@pytest.fixture
def draft(team):
    from apps.generation.services import draft_create

    return draft_create(project=team.project, actor=team.editor, title="Ore line")


@pytest.fixture
def version(draft, team):
    from apps.generation.services import version_create_edited

    return version_create_edited(draft=draft, actor=team.editor, source=LINE)


@pytest.fixture
def no_queue(monkeypatch):
    """Runs stay where they are until the test runs them; the ids that would have been sent."""
    from apps.runs.tasks import run_simulation

    sent = []
    monkeypatch.setattr(run_simulation, "delay", sent.append)
    return sent
