"""Figures and numbers of a run: what did not happen, and what does no work."""

import pytest
from django.template.loader import render_to_string

from apps.runs.figures import utilisation_figure

NOTHING = {"mean": 0.0, "half_width": None, "low": 0.0, "high": 0.0, "min": 0.0, "max": 0.0, "n": 0}
SEEN = NOTHING | {"mean": 0.5, "n": 1}


@pytest.mark.parametrize("name", ["estimate", "percent", "kpi"])
def test_what_was_not_seen_is_no_zero(name):
    shown = render_to_string(f"runs/{name}.html", {"e": NOTHING, "digits": "1g"})

    assert "–" in shown
    assert "0" not in shown.replace('"kpi', "")


def test_utilisation_is_of_what_works():
    objects = [
        {"name": name, "class": name, "utilisation": SEEN}
        for name in ("Source", "Rack", "StraightConveyor", "Processor", "Operator")
    ]

    assert utilisation_figure(objects)["data"][0]["y"] == ["Processor", "Operator"]
