"""The page of a finished run."""

import re

from playwright.sync_api import Locator, Page, expect


class ResultPage:
    """Page object of /projects/<p>/runs/<r>/."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> "ResultPage":
        self.page.goto(address)
        expect(self.page.locator("[data-island=player][data-state=ready]")).to_have_count(1)
        return self

    def kpi(self, name: str) -> Locator:
        return self.page.locator(".kpi").filter(has_text=name)

    def number(self, name: str) -> float:
        text = self.kpi(name).first.inner_text()
        found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
        assert found, text
        return float(found.group().replace(",", ""))

    def figure(self, name: str) -> Locator:
        """The drawn chart; it is drawn when it is near the visible part of the page."""
        place = self.page.locator(f"[data-figure={name}]")
        place.scroll_into_view_if_needed()
        return place.locator(".main-svg").first
