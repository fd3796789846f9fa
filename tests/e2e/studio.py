"""The studio as a person handles it: by roles, labels and visible words."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

# A draft has to appear within ten seconds; the machine of a test may be busier than a user's.
GENERATION = 90_000
RUN = 60_000


class Studio:
    """Page object of /projects/<p>/models/<d>/."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.conversation = page.get_by_role("log", name="Conversation")
        self.composer = page.get_by_role("textbox", name="Message", exact=True)
        self.send_button = page.get_by_role("button", name="Send", exact=True)

    def open(self, path: str) -> "Studio":
        self.page.goto(path)
        self.ready()
        return self

    def ready(self) -> None:
        """Every island is mounted."""
        expect(self.page.locator("[data-island]:not([data-state=ready])")).to_have_count(0)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=re.compile(rf"^{name}")).click()

    def upload(self, picture: Path) -> None:
        with self.page.expect_file_chooser() as chosen:
            self.page.get_by_role("button", name="Upload", exact=True).click()
        chosen.value.set_files(picture)
        expect(self.page.get_by_role("img", name=re.compile("^Sketch:"))).to_be_visible()

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.send_button.click()

    def note(self, text: str) -> None:
        self.page.get_by_role("combobox", name="Kind of message").select_option("note")
        self.say(text)

    def message(self, text: str) -> Locator:
        return self.conversation.get_by_role("listitem").filter(has_text=text)

    def wait_for_live_text(self, text: str) -> None:
        """Looks at every frame: the stream may last less than a second."""
        script = "(text) => document.querySelector('.script-live')?.textContent.includes(text)"
        self.page.wait_for_function(script, arg=text, polling="raf", timeout=GENERATION)

    def record_live_text(self) -> None:
        """Keep every state of the live text: on a fast machine it is gone within a second."""
        self.page.evaluate(
            """() => {
              window.liveText = [];
              const record = () => {
                const text = document.querySelector(".script-live")?.textContent;
                if (text && text !== window.liveText.at(-1)) window.liveText.push(text);
              };
              new MutationObserver(record).observe(document.body,
                { subtree: true, childList: true, characterData: true });
            }"""
        )

    def recorded_live_text(self) -> list[str]:
        return self.page.evaluate("() => window.liveText")

    def answer(self, number: int) -> Locator:
        """The model's message that brought this version."""
        items = self.conversation.get_by_role("listitem")
        return items.filter(has=self.page.get_by_text(f"Version {number}", exact=True))

    def wait_for_version(self, number: int) -> None:
        row = self.page.locator(f"[data-version='{number}']")
        expect(row).to_have_count(1, timeout=GENERATION)

    def version_count(self) -> int:
        return self.page.locator("[data-version]").count()

    def restore(self, number: int) -> None:
        self.tab("Versions")
        self.page.get_by_role("button", name=f"Restore version {number}", exact=True).click()

    def start_run(self, *, hours: int = 1, replications: int = 3, seed: int = 7) -> None:
        self.tab("Runs")
        self.page.get_by_label("Horizon", exact=True).fill(str(hours))
        self.page.get_by_label("Replications", exact=True).fill(str(replications))
        self.page.get_by_label("Seed", exact=True).fill(str(seed))
        self.page.get_by_role("button", name=re.compile("^Run version")).click()

    def result_link(self) -> Locator:
        return self.page.get_by_role("link", name="Open results").first

    def wait_for_result(self) -> str:
        """The address of the newest finished run."""
        self.tab("Runs")
        expect(self.result_link()).to_be_visible(timeout=RUN)
        return str(self.result_link().get_attribute("href"))


class Api:
    """REST calls with a seat's own session, to compare what is stored with what is seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def get(self, path: str) -> Any:
        answer = self.page.request.get(f"/api/v1/{path}")
        assert answer.ok, f"{path}: {answer.status} {answer.text()[:300]}"
        return answer.json()

    def versions(self, studio: str) -> list[dict[str, Any]]:
        """All versions of the model at this address with their sources, oldest first."""
        draft = studio.rstrip("/").rpartition("/")[2]
        listed = self.get(f"drafts/{draft}/versions/")
        rows = listed["results"] if isinstance(listed, dict) else listed
        numbers = sorted(row["number"] for row in rows)
        return [self.get(f"drafts/{draft}/versions/{number}/") for number in numbers]

    def status(self, method: str, path: str, data: dict[str, Any] | None = None) -> int:
        headers = {"X-CSRFToken": self.csrf(), "Content-Type": "application/json"}
        body = None if data is None else json.dumps(data)
        options = {"method": method, "headers": headers, "data": body}
        return int(self.page.request.fetch(f"/api/v1/{path}", **options).status)

    def csrf(self) -> str:
        cookies = {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}
        return str(cookies.get("csrftoken", ""))
