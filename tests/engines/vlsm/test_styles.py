"""Every style of script builds the model it was written from."""

from __future__ import annotations

from random import Random

import pytest

from apps.engines.factories.factory import sample_factory
from apps.engines.flexscript import execute
from apps.engines.vlsm.metrics import compare
from apps.engines.vlsm.styles import STYLES, write_script
from apps.engines.vlsm.truth import truth_model


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(12))
def test_scripts_build_the_model_they_were_written_from(style: str, seed: int) -> None:
    truth = truth_model(sample_factory(Random(seed)))

    built = execute(write_script(truth, style))

    assert [item.message for item in built.diagnostics if item.severity == "error"] == []
    assert compare(truth, built.model).exact
    assert built.model is not None
    assert [item.location for item in built.model] == [item.location for item in truth]


def test_styles_differ() -> None:
    truth = truth_model(sample_factory(Random(1)))

    assert len({write_script(truth, style) for style in STYLES}) == len(STYLES)
