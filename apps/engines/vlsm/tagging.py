"""Names in a prompt: what the tagger marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from .encoding import encode_text
from .modeling import Vlsm
from .naming import Tags, choose_names

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast


@torch.inference_mode()
def find_names(
    model: Vlsm, tokenizer: PreTrainedTokenizerFast, prompt: str, known: Sequence[str] = ()
) -> list[tuple[int, int]]:
    """Character spans of the prompt that name objects; `known` are names from elsewhere."""
    text = encode_text(tokenizer, prompt, known)
    batch = {
        "input_ids": torch.tensor([text.ids]),
        "token_types": torch.tensor([text.types]),
        "glyphs": torch.tensor([text.glyphs]),
        "text_mask": torch.ones(1, len(text.ids), dtype=torch.bool),
    }
    batch = {key: value.to(model.device) for key, value in batch.items()}
    shares = model.tag(batch)[0].float().softmax(-1).cpu().numpy()
    own = [
        place
        for place, ((start, end), kind) in enumerate(zip(text.offsets, text.types, strict=True))
        if not kind and start < end
    ]
    tags = Tags.of([text.offsets[place] for place in own], shares[own])
    return choose_names(prompt, tags, known)
