"""The checks of the browser tests find what they look for."""

from tests.e2e.axe import grave_violations
from tests.e2e.test_pages import scrolls_sideways


def test_an_inaccessible_page_is_found(embedded, open_page):
    page = open_page(embedded).goto("/accounts/login/")

    page.evaluate("() => document.querySelectorAll('label').forEach((label) => label.remove())")

    assert any(found.startswith("critical label") for found in grave_violations(page))


def test_what_is_wider_than_the_window_is_found(embedded, open_page):
    page = open_page(embedded, size=(390, 844)).goto("/accounts/login/")

    page.evaluate("() => { document.querySelector('main').style.minWidth = '900px'; }")

    assert scrolls_sideways(page) > 400


def test_broken_policy_and_uncaught_errors_are_found(embedded, open_page):
    seat = open_page(embedded)
    page = seat.goto("/accounts/login/")
    seat.watch.allow("content policy", "Content Security Policy", "on purpose")

    page.evaluate(
        """() => {
          const element = document.createElement("script");
          element.textContent = "window.broken = true";
          document.head.append(element);
          setTimeout(() => { throw new Error("on purpose"); });
        }"""
    )
    page.wait_for_timeout(300)

    found = " ".join(seat.watch.errors)
    assert "content policy: script-src" in found
    assert "uncaught: " in found
