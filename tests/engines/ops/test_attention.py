"""Kernels against their twin in the interpreter, and what needs no interpreter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from apps.engines.ops.attention.backward import key_kernel, query_kernel
from apps.engines.ops.attention.bounds import bounds_of_padding, make_bounds, visible
from apps.engines.ops.attention.forward import forward_kernel
from apps.engines.ops.attention.function import attention
from apps.engines.ops.attention.reference import reference_attention
from apps.engines.ops.attention.registration import mask_of_model, register
from apps.engines.ops.attention.resources import kernel_resources
from tests.architecture.tree import ROOT
from tests.engines.ops.interpreted import CASES, DECODED

ROUGH = {"bf16": 1e-2, "fp16": 1e-3, "decode bf16": 1e-2}


@pytest.fixture(scope="module")
def distances():
    environment = {**os.environ, "TRITON_INTERPRET": "1", "PYTHONPATH": str(ROOT)}
    program = Path(__file__).with_name("interpreted.py")
    done = subprocess.run(
        [sys.executable, program], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("case", [*CASES, *DECODED, "logits", "same text"])
def test_kernels_equal_their_twin(distances, case):
    assert distances[case] < ROUGH.get(case, 2e-6)


def test_visible_is_causal_with_a_prefix_and_without_padding():
    bounds = make_bounds(1, 4, 5, start=1, end=5, prefix=3)

    seen = visible(bounds, 4, 5)[0, 0].int().tolist()

    assert seen == [[0, 1, 1, 0, 0], [0, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 1]]


def test_bounds_of_padding_refuse_holes():
    padding = torch.tensor([[0, 1, 1, 0], [1, 1, 1, 1]])
    holes = torch.tensor([[1, 0, 1, 1]])

    assert bounds_of_padding(padding, 4).tolist() == [[1, 3, 0, 0], [0, 4, 0, 0]]
    assert bounds_of_padding(holes, 4) is None


@pytest.mark.parametrize("given", [None, {"prefix": 6}, {"start": 2, "end": 8}])
@pytest.mark.parametrize("queries", [3, 9])
def test_without_a_gpu_sdpa_gives_the_same(given, queries):
    torch.manual_seed(0)
    bounds = None if given is None else make_bounds(2, queries, 9, **given)
    q, k, v = (torch.randn(2, heads, n, 16) for heads, n in ((4, queries), (2, 9), (2, 9)))

    ours = attention(q, k, v, bounds)

    torch.testing.assert_close(ours, reference_attention(q, k, v, bounds))


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((1, 2, 3, 32), (1, 2, 2, 32), (1, 2, 2, 32)), "too many"),
        (((1, 3, 3, 32), (1, 2, 3, 32), (1, 2, 3, 32)), "share"),
        (((1, 2, 3, 32), (1, 2, 3, 64), (1, 2, 3, 64)), "do not fit"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(shapes, message):
    with pytest.raises(ValueError, match=message):
        attention(*(torch.zeros(shape) for shape in shapes))


def test_models_of_transformers_use_it_by_name():
    register()
    config = LlamaConfig(
        hidden_size=32, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
        vocab_size=20, attn_implementation="gendt_triton",
    )  # fmt: skip
    model = LlamaForCausalLM(config).eval()
    tokens = torch.randint(0, 20, (2, 7))
    padding = torch.tensor([[0, 0, 1, 1, 1, 1, 1], [1] * 7])

    with torch.no_grad():
        ours = model(tokens, attention_mask=padding).logits
        model.set_attn_implementation("eager")
        theirs = model(tokens, attention_mask=padding).logits

    torch.testing.assert_close(ours[padding.bool()], theirs[padding.bool()])


def test_masks_that_are_not_plain_stay_masks():
    holes = torch.tensor([[True, False, True]])

    assert mask_of_model(1, 3, 3) is None
    assert mask_of_model(1, 3, 3, attention_mask=holes).dtype == torch.bool
    assert mask_of_model(1, 3, 3, mask_function=lambda _b, _h, q, k: q == k).dtype == torch.bool


@pytest.mark.parametrize("kernel", [forward_kernel, key_kernel, query_kernel])
def test_kernels_compile_for_hopper_to_its_matrix_instructions(kernel):
    found = kernel_resources(kernel, kernel.configs[0], head_dim=64, rows=True)

    assert found.wgmma > 0
    assert found.spilled == 0
    assert found.shared <= 227 * 1024
