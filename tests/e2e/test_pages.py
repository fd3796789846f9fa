"""Every page at both widths and in both themes: looks taken, accessible, silent."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import grave_violations
from tests.e2e.demo import DemoProject, demo_project
from tests.e2e.people import RESULTS

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}

VISITOR = {
    "landing": "/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
}
MEMBER = {
    "projects": "/projects/",
    "project-new": "/projects/new/",
    "project": "/projects/{project}/",
    "members": "/projects/{project}/members/",
    "settings": "/projects/{project}/settings/",
    "sketches": "/projects/{project}/sketches/",
    "sketch": "/projects/{project}/sketches/{sketch}/",
    "draw": "/projects/{project}/sketches/draw/",
    "model-new": "/projects/{project}/models/new/",
    "studio": "/projects/{project}/models/{draft}/",
    "model-settings": "/projects/{project}/models/{draft}/settings/",
    "run": "/projects/{project}/runs/{run}/",
    "experiments": "/projects/{project}/experiments/",
    "experiment-new": "/projects/{project}/experiments/new/",
    "profile": "/accounts/profile/",
    "password": "/accounts/password/",
    "tokens": "/accounts/tokens/",
    "help": "/help/",
    "api-docs": "/api/v1/docs/",
}


@pytest.fixture(scope="session")
def project(embedded) -> DemoProject:
    return demo_project(embedded)


def settle(page: Page) -> None:
    """Wait for islands, figures and fonts, so that a picture shows the page as it stays."""
    page.wait_for_load_state("networkidle")
    waiting = page.locator("[data-island][data-state=loading]")
    # Figures load when they come into view.
    while waiting.count():
        first = waiting.first.element_handle()
        first.scroll_into_view_if_needed()
        first.wait_for_selector("xpath=self::*[not(@data-state='loading')]", timeout=20_000)
    page.evaluate("() => document.fonts.ready.then(() => scrollTo(0, 0))")


def check(page: Page, name: str) -> None:
    settle(page)
    folder = RESULTS / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    assert scrolls_sideways(page) == 0
    assert grave_violations(page) == []


def scrolls_sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    script = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", VISITOR)
def test_pages_of_visitors(embedded, open_page, name, width):
    seat = open_page(embedded, size=WIDTHS[width])

    seat.goto(VISITOR[name])

    check(seat.page, f"{name}-{width}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MEMBER)
def test_pages_of_members(embedded, project, open_page, name, width):
    seat = open_page(embedded, project.owner, size=WIDTHS[width])

    seat.goto(project.path(MEMBER[name]))

    check(seat.page, f"{name}-{width}")


@pytest.mark.parametrize("name", ["projects", "project", "studio", "run", "help"])
def test_pages_in_the_dark(embedded, project, open_page, name):
    seat = open_page(embedded, project.owner, color_scheme="dark")

    seat.goto(project.path(MEMBER[name]))

    check(seat.page, f"{name}-dark")


@pytest.mark.parametrize("name", ["projects", "project", "studio", "run", "help"])
def test_pages_in_chinese(embedded, project, open_page, name):
    seat = open_page(embedded, project.owner, locale="zh-CN")

    seat.goto(project.path(MEMBER[name]))

    expect(seat.page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    check(seat.page, f"{name}-chinese")


@pytest.mark.parametrize("name", ["project", "studio", "run"])
def test_pages_can_be_read_without_scripts(embedded, project, open_page, name):
    seat = open_page(embedded, project.owner, java_script_enabled=False)

    seat.goto(project.path(MEMBER[name]))

    expect(seat.page.get_by_role("heading", level=1)).to_have_count(1)
    assert len(seat.page.get_by_role("main").inner_text()) > 100


def test_a_page_that_is_not_there(embedded, project, open_page):
    seat = open_page(embedded, project.owner)
    seat.watch.allow("404")

    seat.goto("/nothing/here/", status=404)

    check(seat.page, "not-found-desktop")
