"""Signing up, founding a project, inviting, joining, leaving; with nothing but the pages."""

import re
import uuid

from playwright.sync_api import expect

from tests.e2e.people import Seat

PASSWORD = "seventeen quiet mills"


def sign_up(seat: Seat, username: str, name: str) -> None:
    page = seat.goto("/accounts/signup/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page).to_have_url(re.compile("/projects/$"))


def new_project(seat: Seat, name: str) -> str:
    page = seat.goto("/projects/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("main").get_by_role(
        "button", name=re.compile("project", re.IGNORECASE)
    ).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return page.url


def invite(seat: Seat, project: str, role: str) -> str:
    page = seat.goto(f"{project}members/")
    page.get_by_label("Role", exact=True).select_option(role)
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Invitation link").input_value()


def test_a_team_forms_by_link(embedded, open_page):
    suffix = uuid.uuid4().hex[:8]
    founder, guest = open_page(embedded), open_page(embedded)
    sign_up(founder, f"founder-{suffix}", "Founder")
    project = new_project(founder, f"Foundry {suffix}")
    link = invite(founder, project, "viewer")

    sign_up(guest, f"guest-{suffix}", "Guest")
    guest.goto(link)
    guest.page.get_by_role("button", name="Join the project").click()

    heading = guest.page.get_by_role("heading", name=f"Foundry {suffix}")
    expect(heading).to_be_visible()
    expect(guest.page.get_by_role("link", name="New model")).to_have_count(0)

    guest.watch.allow("404")
    guest.page.on("dialog", lambda dialog: dialog.accept())
    guest.goto(f"{project}members/")
    guest.page.get_by_role("button", name="Leave").click()
    expect(guest.page).to_have_url(re.compile("/projects/$"))
    guest.goto(project, status=404)


def test_a_link_works_once(embedded, team, open_page):
    owner = open_page(embedded, team.accounts["owner"])
    stranger = open_page(embedded, team.accounts["stranger"])
    late = open_page(embedded)
    late.watch.allow("404")
    link = invite(owner, f"/projects/{team.project}/", "editor")

    stranger.goto(link)
    stranger.page.get_by_role("button", name="Join the project").click()
    sign_up(late, f"late-{uuid.uuid4().hex[:8]}", "Late")

    late.goto(link, status=404)


def test_signing_in_leads_back_to_the_page_that_was_asked_for(embedded, team, open_page):
    account = team.accounts["viewer"]
    seat = open_page(embedded)

    seat.page.goto(f"/projects/{team.project}/members/")
    seat.page.get_by_label("Username").fill(account.username)
    seat.page.get_by_label("Password").fill(account.password)
    seat.page.get_by_role("main").get_by_role("button", name="Sign in").click()

    expect(seat.page).to_have_url(re.compile(rf"/projects/{team.project}/members/$"))


def test_signing_out_ends_the_session(embedded, team, open_page):
    seat = open_page(embedded, team.accounts["viewer"])
    page = seat.goto("/projects/")

    page.locator("summary", has_text="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/projects/")

    expect(page).to_have_url(re.compile("/accounts/login/"))
