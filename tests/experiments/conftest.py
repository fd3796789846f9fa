"""Fixtures of experiments: a version that runs, and a queue that waits."""

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
def begin(version, team):
    """`begin(parameters=…)` starts an experiment."""
    from apps.experiments.services import experiment_start

    def start(actor=None, **wishes):
        wishes = {"until": 900.0, "replications": 3, "seed": 3, **wishes}
        return experiment_start(version=version, actor=actor or team.editor, **wishes)

    return start


@pytest.fixture
def no_queue(monkeypatch):
    """Nothing is sent to workers."""
    sent = []
    monkeypatch.setattr("apps.experiments.services.enqueue", lambda *parts: sent.extend(parts))
    return sent


@pytest.fixture
def perform(no_queue, monkeypatch):
    """`perform(experiment)` does all its parts in this process, and returns it as it then is."""
    from apps.experiments import sandbox, tasks

    def here(order, folder, tick, bounds, module):
        assert sandbox.simulate({**order, "max_seconds": 60.0}, folder) == {"done": True}

    def run(experiment):
        monkeypatch.setattr(tasks, "simulate_apart", here)
        for pk in list(experiment.parts.values_list("pk", flat=True)):
            tasks.run_part(str(pk))
        experiment.refresh_from_db()
        return experiment

    return run
