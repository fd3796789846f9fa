"""Ranges of numbered names."""

from __future__ import annotations

import re

import pytest

from apps.engines.vlsm.ranges import names_between, ranges_in


def found(prompt: str) -> list[str]:
    spans = [match.span() for match in re.finditer(r"(?:Mill|M-)\s?\d+", prompt)]
    return [name for name, _ in ranges_in(prompt, spans)]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Mill 1 to Mill 4 work in parallel", ["Mill 2", "Mill 3"]),
        ("Mill 1-Mill 3 take 5 s", ["Mill 2"]),
        ("“Mill 1” through the “Mill 3”", ["Mill 2"]),
        ("M-01 … M-04", ["M-02", "M-03"]),
        ("parts go from Mill 1 to Mill 3", []),
        ("connect Mill 1 to Mill 3", []),
        ("工件经Mill 1到Mill 3", []),
        ("Mill 1 to Mill 2", []),
        ("Mill 3 to Mill 1", []),
        ("Mill 1 feeds Mill 4", []),
    ],
)
def test_what_a_range_names(prompt: str, names: list[str]) -> None:
    assert found(prompt) == names


def test_a_name_of_a_range_has_its_characters() -> None:
    prompt = "so Mill 1 to Mill 3 run"
    spans = [(3, 9), (13, 19)]

    assert list(ranges_in(prompt, spans)) == [("Mill 2", (3, 19))]


def test_other_stems_are_no_range() -> None:
    assert names_between("Mill 1", "Saw 3") == []
