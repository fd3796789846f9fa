"""One browser for all, a stack for each way to run, and seats for the personas."""

import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.people import RESULTS, Seat, Team, make_team, open_seat
from tests.e2e.services import fresh_services, services_stack
from tests.e2e.stack import Stack, embedded_stack

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Charts take seconds on a machine of which the browser has half a core.
PATIENCE_MS = 20_000
NAMES = ("chromium", "chromium-browser", "google-chrome")

OpenSeat = Callable[..., Seat]


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium found (apt-get install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def embedded(tmp_path_factory) -> Iterator[Stack]:
    stack = embedded_stack(tmp_path_factory.mktemp("embedded"))
    yield from running(stack)


@pytest.fixture(scope="session")
def services(tmp_path_factory) -> Iterator[Stack]:
    with fresh_services() as fresh:
        stack = services_stack(tmp_path_factory.mktemp("services"), fresh)
        yield from running(stack)


def running(stack: Stack) -> Iterator[Stack]:
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        keep_logs(stack)


def keep_logs(stack: Stack) -> None:
    folder = RESULTS / "logs" / stack.name
    folder.mkdir(parents=True, exist_ok=True)
    for program in stack.programs:
        if program.log_path.exists():
            shutil.copy(program.log_path, folder / program.log_path.name)


@pytest.fixture(params=["embedded", pytest.param("services", marks=pytest.mark.services)])
def stack(request) -> Stack:
    """Both ways to run, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def team(request) -> Team:
    """People and a project of this test's own, in whichever stack the test uses."""
    names = ("stack", "embedded", "services")
    name = next(name for name in names if name in request.fixturenames)
    return make_team(request.getfixturevalue(name), f"t{uuid.uuid4().hex[:8]}")


@pytest.fixture
def open_page(browser, request) -> Iterator[OpenSeat]:
    """Open windows for people; at the end nothing may have gone wrong in any of them."""
    seats: list[Seat] = []

    def open_one(stack: Stack, account=None, **options) -> Seat:
        seat = open_seat(browser, stack, account, **options)
        seats.append(seat)
        return seat

    with ExitStack() as closing:
        closing.callback(close_all, seats)
        yield open_one
        if failed(request):
            take_pictures(seats, request.node.name)
            return
        unexpected = {seat.page.url: seat.watch.unexpected() for seat in seats}
        assert not {url: errors for url, errors in unexpected.items() if errors}


def close_all(seats: list[Seat]) -> None:
    for seat in seats:
        seat.context.close()


def failed(request) -> bool:
    report = getattr(request.node, "call_report", None)
    return report is None or report.failed


def take_pictures(seats: list[Seat], test: str) -> None:
    folder = RESULTS / "failures"
    folder.mkdir(parents=True, exist_ok=True)
    for seat in seats:
        who = seat.account.name.lower() if seat.account else "visitor"
        name = re.sub(r"[^\w-]+", "-", f"{test}-{who}")
        seat.page.screenshot(path=folder / f"{name}.png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.call_report = report
    return report
