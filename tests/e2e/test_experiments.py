"""An experiment from the form to its comparison, at both widths, watched by a viewer."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import SEED, Seat, Team
from tests.e2e.stack import Stack
from tests.e2e.test_pages import WIDTHS, check
from tests.generation.fakes import LINE

DONE = 120_000


def make_version(stack: Stack, team: Team) -> None:
    username = team.accounts["owner"].username
    call = f"print_version({team.project!r}, {username!r}, {LINE!r})"
    stack.manage("shell", "--command", SEED.read_text(encoding="utf-8") + f"\n{call}\n")


def start(page: Page) -> None:
    """Vary the mill's time, as the picker suggests it."""
    page.get_by_role("link", name="New experiment").first.click()
    expect(page.get_by_label("Object", exact=True)).to_have_value("Mill")
    page.get_by_label("Values", exact=True).fill("3, 5, 8")
    page.get_by_role("button", name="Add", exact=True).click()
    lines = page.get_by_role("textbox", name="Parameters")
    expect(lines).to_have_value("Mill.ProcessTime = 3, 5, 8")
    page.get_by_label("Replications", exact=True).fill("5")
    expect(page.get_by_text("4 scenarios · 20 runs")).to_be_visible()
    page.get_by_role("button", name="Start the experiment").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()


def row(page: Page, name: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def see_results(seat: Seat) -> None:
    page = seat.page
    expect(row(page, "Mill.ProcessTime = 8")).to_be_visible(timeout=DONE)
    # As it is, the mill takes 5: the same numbers give the same results.
    expect(row(page, "Mill.ProcessTime = 5")).to_contain_text("0.000 ± 0.000")
    expect(row(page, "Mill.ProcessTime = 8")).to_contain_text("sure")


def test_an_experiment_is_started_watched_and_read(embedded, team, open_page):
    make_version(embedded, team)
    editor = open_page(embedded, team.accounts["editor"])
    viewer = open_page(embedded, team.accounts["viewer"], size=WIDTHS["phone"])

    page = editor.goto(f"/projects/{team.project}/experiments/")
    start(page)
    viewer.goto(page.url)
    see_results(editor)
    see_results(viewer)

    page.get_by_label("Measure").select_option("Mill.utilisation")
    expect(page.get_by_text("Best in “Mill: Utilisation”: Mill.ProcessTime = 8.")).to_be_visible()
    page.get_by_label("Wanted precision (±)").fill("0.01")
    page.get_by_label("Wanted precision (±)").press("Enter")
    expect(page.get_by_role("columnheader", name="Replications for ± 0.01")).to_be_visible()
    expect(page).to_have_url(re.compile("measure=Mill.utilisation"))
    for seat, width in ((editor, "desktop"), (viewer, "phone")):
        check(seat.page, f"experiment-{width}")
        for name in ("boxes", "intervals", "response"):
            expect(seat.page.locator(f"[data-figure={name}] .main-svg").first).to_be_visible()


def test_an_experiment_can_be_cancelled_and_repeated(embedded, team, open_page):
    make_version(embedded, team)
    seat = open_page(embedded, team.accounts["owner"])
    page = seat.goto(f"/projects/{team.project}/experiments/new/")
    page.get_by_label("Horizon", exact=True).fill("3000")
    page.get_by_label("Unit of Horizon").select_option("d")
    page.get_by_label("Replications", exact=True).fill("50")
    page.get_by_role("button", name="Start the experiment").click()

    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("heading", name="This experiment was cancelled")).to_be_visible()
    page.get_by_role("link", name="Change and repeat").click()
    expect(page.get_by_label("Horizon", exact=True)).to_have_value("3000")
    expect(page.get_by_label("Replications", exact=True)).to_have_value("50")
