"""Compares the kernels with their twin under TRITON_INTERPRET=1; prints one JSON object.

Its own process, because Triton chooses interpreter or compiler when a kernel is decorated.
"""

import json
import math
from copy import deepcopy

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from apps.engines.ops.attention.bounds import make_bounds
from apps.engines.ops.attention.function import attention
from apps.engines.ops.attention.reference import reference_attention
from apps.engines.ops.attention.registration import register

PADDED = {"start": torch.tensor([0, 7]), "end": torch.tensor([40, 61])}
CASES = {
    # heads, group, queries, keys, head size, bounds, type
    "one odd tile": (1, 1, 33, 33, 32, None, torch.float32),
    "grouped heads, 64": (4, 2, 45, 45, 64, None, torch.float32),
    "one token": (2, 2, 1, 1, 32, None, torch.float32),
    "head size 128": (2, 1, 37, 37, 128, None, torch.float32),
    "longer keys": (2, 2, 35, 77, 32, None, torch.float32),
    "padded": (2, 2, 61, 61, 32, PADDED, torch.float32),
    "prefix": (2, 1, 61, 61, 32, {"prefix": torch.tensor([20, 50])}, torch.float32),
    "padded prefix": (2, 2, 61, 61, 32, PADDED | {"prefix": torch.tensor([9, 33])}, torch.float32),
    "all prefix": (1, 1, 40, 40, 32, {"prefix": 40}, torch.float32),
    "empty row": (1, 1, 40, 40, 32, {"end": torch.tensor([0, 40])}, torch.float32),
    "room in a static cache": (1, 1, 20, 64, 32, {"end": 30, "offset": 10}, torch.float32),
    "bf16": (2, 2, 45, 45, 64, {"prefix": 9}, torch.bfloat16),
    "fp16": (2, 2, 45, 45, 64, {"prefix": 9}, torch.float16),
}
DECODED = {
    "decode one": (4, 4, 1, 301, 64, None, torch.float32),
    "decode three, padded": (
        4, 2, 3, 301, 64, {"start": torch.tensor([0, 270]), "end": torch.tensor([300, 301])},
        torch.float32,
    ),
    "decode in a static cache": (2, 2, 1, 640, 32, {"end": 280, "offset": 279}, torch.float32),
    "decode bf16": (4, 4, 1, 301, 64, None, torch.bfloat16),
}  # fmt: skip


def poisoned(batch, heads, length, size, dtype):
    """Random numbers in the middle of memory that is NaN everywhere else."""
    memory = torch.full((batch, length + 3, heads + 1, size), math.nan, dtype=dtype)
    inside = memory[:, :length, :heads].transpose(1, 2)
    inside.copy_(torch.randn(inside.shape))
    return inside


def inputs(heads, group, queries, keys, size, given, dtype):
    bounds = None if given is None else make_bounds(2, queries, keys, **given)
    q = poisoned(2, heads, queries, size, dtype)
    k = poisoned(2, heads // group, keys, size, dtype)
    v = poisoned(2, heads // group, keys, size, dtype)
    if bounds is not None:
        for row, (start, end, _, offset) in enumerate(bounds.tolist()):
            for tensor in (k, v):
                tensor[row, :, :start] = tensor[row, :, end:] = math.nan
            for query in range(queries):
                if not start <= query + offset < end:
                    q[row, :, query] = math.nan
    return bounds, [tensor.requires_grad_() for tensor in (q, k, v)]


def distance(ours, theirs):
    """‖ours - theirs‖ / max(‖theirs‖, 1); NaN anywhere is infinity."""
    if not torch.isfinite(ours).all():
        return math.inf
    ours, theirs = ours.detach(), theirs.detach()
    return float((ours - theirs).norm() / theirs.norm().clamp(min=1))


def forward_and_backward(case):
    bounds, tensors = inputs(*case)
    ours, theirs = attention(*tensors, bounds), reference_attention(*tensors, bounds)
    grad = torch.randn_like(theirs)
    grad[theirs == 0] = math.nan  # what flows into padding must not matter
    clean = grad.nan_to_num(0.0)
    far = [distance(ours, theirs)]
    pairs = zip(
        torch.autograd.grad(ours, tensors, grad.to(ours.dtype)),
        torch.autograd.grad(theirs, tensors, clean),
        strict=True,
    )
    return max(far + [distance(a, b) for a, b in pairs])


def decode(case):
    bounds, tensors = inputs(*case)
    with torch.no_grad():
        return distance(attention(*tensors, bounds), reference_attention(*tensors, bounds))


def language_model():
    """A Llama with our attention and with SDPA: logits of a left-padded batch, and generation."""
    register()
    config = LlamaConfig(
        hidden_size=64, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=1, vocab_size=50, max_position_embeddings=64,
    )  # fmt: skip
    models = {}
    for name in ("sdpa", "gendt_triton"):
        torch.manual_seed(1)
        models[name] = LlamaForCausalLM._from_config(
            deepcopy(config), attn_implementation=name
        ).eval()
    tokens = torch.randint(3, 50, (2, 19))
    padding = torch.ones_like(tokens)
    padding[0, :5] = 0
    given = {"input_ids": tokens, "attention_mask": padding}
    with torch.no_grad():
        logits = [model(**given).logits[padding.bool()] for model in models.values()]
        written = [
            model.generate(**given, max_new_tokens=6, do_sample=False, pad_token_id=0, **cache)
            for model in models.values()
            for cache in ({}, {"cache_implementation": "static"})
        ]
    same = all(torch.equal(written[0], other) for other in written[1:])
    return {"logits": distance(logits[1], logits[0]), "same text": 0.0 if same else math.inf}


if __name__ == "__main__":
    torch.manual_seed(0)
    results = {name: forward_and_backward(case) for name, case in CASES.items()}
    results |= {name: decode(case) for name, case in DECODED.items()}
    print(json.dumps(results | language_model()))
