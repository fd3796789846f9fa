"""Accessibility of a page as it stands, by axe-core."""

from typing import Any

from playwright.sync_api import Page

from tests.e2e.stack import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}


def grave_violations(page: Page) -> list[str]:
    """Violations of impact serious or critical, one line each with the elements."""
    if not page.evaluate("() => typeof window.axe === 'object'"):
        # evaluate() is not bound by the page's content policy, a script element would be.
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("options => window.axe.run(document, options)", options)
    return [line(found) for found in result["violations"] if found["impact"] in GRAVE]


def line(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"][:5]
    places = "; ".join(f"{' '.join(map(str, node['target']))} ({summary(node)})" for node in nodes)
    return f"{violation['impact']} {violation['id']}: {violation['help']} – {places}"


def summary(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("failureSummary", "")).split())[:300]
