"""Names of the prompt as the sketch writes them."""

from __future__ import annotations

import pytest

from apps.engines.sketch.scene import Scene, SceneObject
from apps.engines.vlsm.drawn_names import as_drawn


def drawn(*labels: str, confidence: float = 0.95) -> Scene:
    box = (0.1, 0.1, 0.2, 0.2)
    return Scene(100, 100, tuple(SceneObject(box, label, confidence, {}) for label in labels))


def named(prompt: str, taken: list[str], scene: Scene) -> list[str]:
    """Names of `prompt` after the tagger took those for names."""
    spans = [(prompt.index(name), prompt.index(name) + len(name)) for name in taken]
    return [prompt[a:b] for a, b in as_drawn(prompt, spans, scene)]


@pytest.mark.parametrize(
    ("prompt", "taken", "label", "wanted"),
    [
        ("queue Dirdo Waiting Line: cap 23", ["Dirdo Waiting"], "Dirdo Waiting Line", None),
        ("The Backlog queue is LIFO.", ["Backlog queue"], "Backlog", None),
        ("The buffer_622 buffer holds 17.", ["buffer_622 buffer"], "buffer_622", None),
        ("Times: Booth=5 s, Mill=6 s", ["Mill"], "Booth", ["Booth", "Mill"]),
        ("Times: Scale B=5 s, Mill=6 s", ["Mill"], "Scde B", ["Scale B", "Mill"]),
    ],
)
def test_labels_mend_names(
    prompt: str, taken: list[str], label: str, wanted: list[str] | None
) -> None:
    assert named(prompt, taken, drawn(label)) == (wanted or [label])


@pytest.mark.parametrize(
    ("prompt", "taken", "scene"),
    [
        ("Dirdo Waiting Line holds 5", ["Dirdo Waiting Line"], drawn("Waiting Line")),
        ("packing station takes 5 s", ["packing station"], drawn("packing")),
        ("Mill and Mill 2 take 5 s", ["Mill", "Mill 2"], drawn("Mill", "Mill 2")),
        ("The Backlog queue is LIFO.", ["Backlog queue"], drawn("Backlog", confidence=0.6)),
        ("Make a line of two", [], drawn("line")),
    ],
)
def test_what_the_sketch_does_not_settle_stays(prompt: str, taken: list[str], scene: Scene) -> None:
    assert named(prompt, taken, scene) == taken
