"""Which precision pays: by what the processor says of itself."""

import pytest
import torch

from apps.engines.ops.precision import bfloat16_pays


@pytest.mark.parametrize(
    ("units", "pays"),
    [({"avx2": True}, False), ({"amx_bf16": True}, True), ({"avx512_bf16": True}, True)],
)
def test_processors_pay_where_they_have_units(monkeypatch, units, pays):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: units)

    assert bfloat16_pays("cpu") is pays
    assert bfloat16_pays("cuda")
