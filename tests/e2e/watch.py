"""What a page must not do while it is used: complain in the console or break the policy."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  const { violatedDirective, blockedURI, sourceFile } = event;
  console.error(`content policy: ${violatedDirective} ${blockedURI} ${sourceFile}`);
});
"""


@dataclass
class Watch:
    """Collects a page's errors until the test asks for them."""

    page: Page
    errors: list[str] = field(default_factory=list)
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.page.add_init_script(REPORT_VIOLATIONS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        self.page.on("requestfailed", self._request_failed)

    def allow(self, *fragments: str) -> None:
        """Errors that the test provokes on purpose."""
        self.allowed = (*self.allowed, *fragments)

    def unexpected(self) -> list[str]:
        return [e for e in self.errors if not any(fragment in e for fragment in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            place = message.location.get("url", "") if message.location else ""
            self.errors.append(f"{message.type}: {message.text} {place}")

    def _request_failed(self, request: Request) -> None:
        # A page that is left aborts what it was loading.
        if request.failure != "net::ERR_ABORTED":
            self.errors.append(f"request failed: {request.url} {request.failure}")
