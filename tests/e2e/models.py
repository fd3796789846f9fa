"""What a script means, and making a new model in a project."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.people import Seat
from tests.e2e.studio import Studio

Change = tuple[str, str, dict[str, Any] | None]


def new_model(seat: Seat, project: str, title: str) -> str:
    """Make an empty model through the page; returns the studio's address."""
    page = seat.goto(f"/projects/{project}/models/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Open the studio").click()
    studio = Studio(page)
    expect(studio.composer).to_be_visible()
    studio.ready()
    return page.url


def inspect(source: str) -> dict[str, Any]:
    from apps.engines.flexscript import inspect as inspect_script

    found: dict[str, Any] = inspect_script(source, "<e2e>")
    assert not [item for item in found["diagnostics"] if item["severity"] == "error"]
    return found


def objects(source: str) -> dict[str, str]:
    return {item["name"]: item["class"] for item in inspect(source)["objects"]}


def connections(source: str) -> list[tuple[str, str]]:
    return [(item["from"], item["to"]) for item in inspect(source)["connections"]]


def only_difference(before: str, after: str) -> Change:
    """The single property that differs between two scripts: (object, property, new value)."""
    old, new = properties(before), properties(after)
    assert (objects(before), connections(before)) == (objects(after), connections(after))
    changed = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
    assert len(changed) == 1, changed
    name, prop = changed[0]
    return name, prop, new.get(changed[0])


def properties(source: str) -> dict[tuple[str, str], Any]:
    return {
        (item["name"], prop): value
        for item in inspect(source)["objects"]
        for prop, value in item["properties"].items()
    }
