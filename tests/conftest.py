"""Fixtures of all Python tests: personas, clients, sockets and a worker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from channels.layers import channel_layers
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

ROLES = ("owner", "editor", "commenter", "viewer")
PERSONAS = (*ROLES, "stranger")


@dataclass(frozen=True)
class Team:
    """A project with one member of each role, and a stranger."""

    project: object
    owner: object
    editor: object
    commenter: object
    viewer: object
    stranger: object

    def __getitem__(self, persona: str):
        return getattr(self, persona)


@pytest.fixture(autouse=True)
def clean_process_state(settings):
    """Nothing that a process remembers passes from test to test."""
    cache.clear()
    channel_layers.backends.clear()


@pytest.fixture
def team(db) -> Team:
    return make_team()


def make_team() -> Team:
    from tests.factories import MembershipFactory, ProjectFactory, UserFactory

    people = {role: UserFactory(username=role, display_name=role.title()) for role in PERSONAS}
    project = ProjectFactory(name="Foundry")
    for role in ROLES:
        MembershipFactory(project=project, user=people[role], role=role)
    return Team(project=project, **people)


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """`client_of(user)` is a signed-in browser, `client_of()` a visitor."""

    def make(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def api_of() -> Callable[..., APIClient]:
    """`api_of(user)` calls the API as the user, `api_of()` as nobody."""

    def make(user=None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def embedded_worker(transactional_db) -> Iterator[None]:
    """A worker in a thread, as in the server process; needs committed rows."""
    from apps.common.embedded import EmbeddedWorker

    worker = EmbeddedWorker(threads=1)
    worker.start()
    yield
    assert worker.stop(20), "a job is still running"
