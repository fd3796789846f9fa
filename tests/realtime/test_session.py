"""Sockets end with the session that opened them, and with the account."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from apps.accounts.models import User
from apps.accounts.services import password_change
from tests.conftest import make_team
from tests.realtime.sockets import Socket, in_thread

pytestmark = pytest.mark.django_db(transaction=True)

run = in_thread(lambda call: call())


@pytest.fixture
def team(transactional_db):
    return make_team()


@pytest.fixture
def browser(team):
    client = Client()
    client.force_login(team.viewer)
    return client


def session_of(browser):
    return SessionStore(browser.session.session_key)


async def closing_code(socket):
    while (frame := await socket.wire.receive_output(timeout=5))["type"] != "websocket.close":
        pass
    return frame["code"]


async def test_signing_out_closes_the_socket(team, browser):
    session = await run(lambda: session_of(browser))
    async with Socket(team.viewer, session) as socket:
        await socket.call("realtime.subscribe", topic=team.project.topic)

        await run(lambda: browser.post("/accounts/logout/"))

        assert await closing_code(socket) == 4401


async def test_changing_the_password_closes_other_sockets(team, browser):
    session = await run(lambda: session_of(browser))
    async with Socket(team.viewer, session) as socket:
        await run(lambda: password_change(user=team.viewer, password="another phrase 99"))

        assert await closing_code(socket) == 4401


async def test_a_ping_notices_that_the_account_is_closed(team, browser):
    session = await run(lambda: session_of(browser))
    async with Socket(team.viewer, session) as socket:
        await in_thread(User.objects.filter(pk=team.viewer.pk).update)(is_active=False)
        await socket.post("realtime.ping")

        assert await closing_code(socket) == 4401


async def test_a_living_session_stays(team, browser):
    session = await run(lambda: session_of(browser))
    async with Socket(team.viewer, session) as socket:
        reply = await socket.call("realtime.ping")

    assert reply["ok"] is True
