"""Processes that die in the middle of a script: a clear word or resumption, and nothing lost."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import running
from tests.e2e.factory import TOLD
from tests.e2e.models import new_model
from tests.e2e.people import Seat, make_team
from tests.e2e.services import OWN, fresh_services, services_stack
from tests.e2e.stack import Stack, embedded_stack
from tests.e2e.studio import Studio

RECOVERY = 120_000
LOST = ("ERR_CONNECTION_REFUSED", "WebSocket", "request failed")


@pytest.fixture
def own_embedded(tmp_path):
    yield from running(embedded_stack(tmp_path / "own"))


@pytest.fixture
def own_services(tmp_path):
    with fresh_services(OWN) as fresh:
        yield from running(services_stack(tmp_path / "own", fresh))


def begin(stack: Stack, open_page) -> tuple[Seat, Studio]:
    """The owner's studio in the middle of a script being written."""
    team = make_team(stack, f"t{uuid.uuid4().hex[:8]}")
    owner = open_page(stack, team.accounts["owner"])
    owner.watch.allow(*LOST)
    new_model(owner, team.project, "Fragile")
    studio = Studio(owner.page)
    studio.say(TOLD)
    studio.wait_for_live_text("Object.create")
    return owner, studio


def recover(owner: Seat, studio: Studio) -> None:
    """The page says what happened; trying again brings the version; nothing is there twice."""
    again = studio.conversation.get_by_role("button", name="Try again")
    expect(again).to_be_visible(timeout=RECOVERY)
    expect(studio.message(TOLD[:60])).to_have_count(1)
    again.click()
    studio.wait_for_version(1)
    before = studio.conversation.locator("[data-message]").count()
    owner.page.reload()
    studio.ready()
    expect(studio.conversation.locator("[data-message]")).to_have_count(before)


def test_a_server_killed_in_mid_stream(own_embedded, open_page):
    owner, studio = begin(own_embedded, open_page)

    own_embedded.server.kill()
    expect(owner.page.get_by_text("Connection lost.")).to_be_visible()
    own_embedded.restart_server()

    recover(owner, studio)


def test_a_worker_killed_in_mid_stream(own_services, open_page):
    owner, studio = begin(own_services, open_page)

    own_services.worker.kill()
    own_services.worker.start()

    recover(owner, studio)


def test_a_server_killed_while_the_worker_goes_on(own_services, open_page):
    owner, studio = begin(own_services, open_page)

    own_services.server.kill()
    own_services.restart_server()

    studio.wait_for_version(1)
    expect(studio.message(TOLD[:60])).to_have_count(1)
    owner.page.reload()
    studio.ready()
    assert studio.version_count() == 1
