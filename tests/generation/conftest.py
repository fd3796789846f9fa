"""Fixtures of generation: a draft, and a model that answers at once."""

import pytest

from apps.generation import work
from tests.generation.fakes import LineGenerator


@pytest.fixture
def draft(team):
    from apps.generation.services import draft_create

    return draft_create(project=team.project, actor=team.editor, title="Ore line")


@pytest.fixture
def answer_with(monkeypatch):
    """`answer_with(generator)` lets that generator answer."""

    def use(generator):
        monkeypatch.setattr(work, "load_generator", lambda: generator)
        return generator

    return use


@pytest.fixture
def generator(answer_with):
    return answer_with(LineGenerator())


@pytest.fixture
def no_queue(monkeypatch):
    """Jobs stay where they are until the test runs them; the ids that would have been sent."""
    from apps.generation.tasks import run_generation

    sent = []
    monkeypatch.setattr(run_generation, "delay", sent.append)
    return sent
