"""From a sketch to a run, by two people at once, and what others are refused."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.factory import CONNECTIONS, OBJECTS, PROMPT, REFINEMENT, SKETCH
from tests.e2e.models import connections, new_model, objects, only_difference
from tests.e2e.people import Seat
from tests.e2e.runs import ResultPage
from tests.e2e.socket_probe import ask
from tests.e2e.studio import Api, Studio


def test_two_people_take_a_sketch_to_results(stack, team, open_page):
    owner = open_page(stack, team.accounts["owner"])
    editor = open_page(stack, team.accounts["editor"])

    address = new_model(owner, team.project, "Ore line")
    a, b = Studio(owner.page), Studio(editor.page).open(address)
    expect(owner.page.get_by_role("img", name="Editor is here")).to_be_visible()

    a.upload(SKETCH)
    b.record_live_text()
    a.say(PROMPT)
    expect(b.message(PROMPT[:60])).to_be_visible()
    a.wait_for_version(1)
    b.wait_for_version(1)
    seen = b.recorded_live_text()
    assert len(seen) > 1
    assert all(after.startswith(before) for before, after in pairwise(seen))
    assert "Object.create" in seen[0]

    first = Api(owner.page).versions(address)[-1]
    assert objects(first["source"]) == OBJECTS
    assert sorted(connections(first["source"])) == sorted(CONNECTIONS)

    b.start_run()
    result = b.wait_for_result()
    assert a.wait_for_result() == result
    for seat in (owner, editor):
        see_results(seat, result)

    a.open(address)
    b.open(address)
    a.say(REFINEMENT)
    a.wait_for_version(2)
    b.wait_for_version(2)
    second = Api(editor.page).versions(address)[-1]
    change = only_difference(first["source"], second["source"])
    assert change == ("Mill", "ProcessTime", {"kind": "number", "value": 90})


def see_results(seat: Seat, address: str) -> None:
    page = ResultPage(seat.page).open(address)
    assert page.number("Throughput") > 0
    expect(page.figure("timeline")).to_be_visible()


def test_typing_is_seen_and_notes_reach_the_team(stack, team, open_page):
    owner = open_page(stack, team.accounts["owner"])
    commenter = open_page(stack, team.accounts["commenter"])
    address = new_model(owner, team.project, "Notes")
    a, c = Studio(owner.page), Studio(commenter.page).open(address)
    # Typing is told to those who are there, and kept for nobody.
    expect(owner.page.get_by_role("img", name="Commenter is here")).to_be_visible()

    a.composer.press_sequentially("Who knows the oven?")
    expect(commenter.page.get_by_text("Owner is typing…")).to_be_visible()
    c.say("The oven takes 90 s.")

    expect(a.message("The oven takes 90 s.")).to_be_visible()
    expect(a.message("The oven takes 90 s.")).to_have_count(1)


def test_a_viewer_sees_all_and_changes_nothing(stack, team, open_page):
    owner = open_page(stack, team.accounts["owner"])
    viewer = open_page(stack, team.accounts["viewer"])
    address = new_model(owner, team.project, "Read only")
    draft = address.rstrip("/").rpartition("/")[2]

    studio = Studio(viewer.page).open(address)

    expect(studio.composer).to_have_count(0)
    expect(viewer.page.get_by_role("button", name=re.compile("^Run"))).to_have_count(0)
    api = Api(viewer.page)
    assert api.status("GET", f"drafts/{draft}/versions/") == 200
    assert api.status("POST", f"drafts/{draft}/versions/", {"source": "// mine"}) == 403
    assert api.status("POST", f"drafts/{draft}/generate/", {"prompt": "Add a queue."}) == 403
    reply = ask(viewer.page, "generation.save", {"draft": draft, "source": "//", "parent": None})
    assert reply["error"]["code"] == "permission_denied"


@pytest.mark.parametrize("page", ["", "members/", "settings/", "sketches/", "models/new/"])
def test_a_stranger_learns_of_no_page(embedded, team, open_page, page):
    stranger = open_page(embedded, team.accounts["stranger"])
    stranger.watch.allow("404")

    stranger.goto(f"/projects/{team.project}/{page}", status=404)


def test_a_stranger_learns_of_no_model(stack, team, open_page):
    owner = open_page(stack, team.accounts["owner"])
    stranger = open_page(stack, team.accounts["stranger"])
    stranger.watch.allow("404")
    address = new_model(owner, team.project, "Secret")
    draft = address.rstrip("/").rpartition("/")[2]
    Studio(owner.page).upload(SKETCH)
    picture = owner.page.get_by_role("img", name=re.compile("^Sketch:")).get_attribute("src")

    stranger.goto(address, status=404)
    stranger.goto(str(picture), status=404)
    stranger.goto("/projects/")

    assert Api(stranger.page).status("GET", f"drafts/{draft}/versions/") == 404
    topic = {"topic": f"project:{team.project}", "since": 0}
    assert ask(stranger.page, "realtime.subscribe", topic)["error"]["code"] == "not_found"
    chat = {"conversation": draft, "text": "let me in", "kind": "note"}
    assert not ask(stranger.page, "chat.send", chat)["ok"]


def test_a_visitor_is_asked_to_sign_in(embedded, team, open_page):
    visitor = open_page(embedded)

    visitor.page.goto(f"/projects/{team.project}/")

    expect(visitor.page).to_have_url(re.compile("/accounts/login/"))
