"""Fixtures of conversations."""

import pytest

from apps.generation.tasks import run_generation


@pytest.fixture
def no_queue(monkeypatch):
    """Jobs stay where they are."""
    monkeypatch.setattr(run_generation, "delay", lambda key: None)


@pytest.fixture
def conversation(team, no_queue):
    from apps.generation.services import draft_create

    draft = draft_create(project=team.project, actor=team.editor, title="Ore line")
    return draft.conversation
