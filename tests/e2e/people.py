"""Accounts for the browser tests, made in the stack's database, and their signed-in browsers."""

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.stack import Stack
from tests.e2e.watch import Watch

SEED = Path(__file__).with_name("seed.py")
RESULTS = Path(__file__).resolve().parents[2] / "test-results"


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    password: str
    cookie: str
    session: str


@dataclass(frozen=True)
class Seat:
    """One person at one browser window."""

    account: Account | None
    context: BrowserContext
    page: Page
    watch: Watch
    stack: Stack

    def goto(self, path: str, status: int = 200) -> Page:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page


@dataclass(frozen=True)
class Team:
    """A project with one member of each role, and somebody who is no member."""

    project: str
    accounts: dict[str, Account]


def make_team(stack: Stack, name: str) -> Team:
    """Create a fresh project and its people through the product's own services."""
    program = SEED.read_text(encoding="utf-8") + f"\nprint_team({name!r})\n"
    made = json.loads(stack.manage("shell", "--command", program).splitlines()[-1])
    accounts = {role: Account(**fields) for role, fields in made["accounts"].items()}
    return Team(made["project"], accounts)


def open_seat(
    browser: Browser,
    stack: Stack,
    account: Account | None = None,
    *,
    size: tuple[int, int] = (1440, 900),
    **options: object,
) -> Seat:
    context = browser.new_context(
        base_url=stack.url,
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(15_000)
    if account is not None:
        cookie = {"name": account.cookie, "value": account.session, "url": stack.url}
        context.add_cookies([cookie])
    page = context.new_page()
    return Seat(account, context, page, Watch(page), stack)
