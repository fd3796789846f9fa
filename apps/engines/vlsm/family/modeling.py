"""A member: vision encoder → connector → language model, visual tokens before the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence
from transformers import PreTrainedModel
from transformers.masking_utils import create_masks_for_generate

from ...ops.attention.bounds import bounds_of_padding
from ...ops.attention.registration import NAME, as_mask
from .configuration import FamilyConfig
from .connectors import build_connector
from .data import Batch
from .language import build_language
from .vision import Encoder, build_vision

IGNORED = -100
"""The label that cross entropy leaves out."""


@dataclass(frozen=True)
class Sequences:
    """A batch as the language model takes it: embeds (B, L, D), the rest (B, L)."""

    embeds: Tensor
    padding: Tensor
    prefix: Tensor
    labels: Tensor

    @property
    def positions(self) -> Tensor:
        return (self.padding.long().cumsum(1) - 1).clamp(min=0)


class FamilyModel(nn.Module):
    """Sketch and prompt in, script out. Image and prompt see each other, the script is causal."""

    def __init__(self, config: FamilyConfig, vocabulary: int) -> None:
        super().__init__()
        self.config = config
        self.language: PreTrainedModel = build_language(config, vocabulary)
        self.vision: Encoder | None = build_vision(config.vision) if config.vision else None
        width = self._words.embedding_dim
        self.connector = (
            build_connector(config.connector, self.vision.width, width) if self.vision else None
        )

    @property
    def _words(self) -> nn.Embedding:
        words = self.language.get_input_embeddings()
        assert isinstance(words, nn.Embedding)
        return words

    @property
    def device(self) -> torch.device:
        return self._words.weight.device

    def forward(self, batch: Batch) -> Tensor:
        """Mean cross entropy of the scripts' tokens."""
        rows = self.sequences(batch)
        found = self.language(
            inputs_embeds=rows.embeds,
            attention_mask=self.masks(rows),
            position_ids=rows.positions,
            labels=rows.labels,
            use_cache=False,
        )
        return found.loss

    def sequences(self, batch: Batch, side: str = "right") -> Sequences:
        """Visual tokens, then text, each row padded on one side."""
        visual = self._visual(batch)
        parts: list[dict[str, Tensor]] = []
        for row, (tokens, prompt) in enumerate(zip(batch.tokens, batch.prompts, strict=True)):
            tokens = tokens.to(self.device)  # noqa: PLW2901
            embeds = self._words(tokens)
            labels = tokens.clone()
            labels[:prompt] = IGNORED
            seen = visual.get(row)
            if seen is not None:
                embeds = torch.cat([seen.to(embeds.dtype), embeds])
                labels = torch.cat([labels.new_full((len(seen),), IGNORED), labels])
            count = len(embeds)
            prefix = torch.arange(count, device=self.device) < count - len(tokens) + prompt
            parts.append({"embeds": embeds, "labels": labels, "prefix": prefix})

        def padded(tensors: Iterable[Tensor], value: int = 0) -> Tensor:
            return pad_sequence(list(tensors), True, value, side)

        return Sequences(
            padded(part["embeds"] for part in parts),
            padded(torch.ones_like(part["prefix"]) for part in parts),
            padded(part["prefix"] for part in parts),
            padded((part["labels"] for part in parts), IGNORED),
        )

    def masks(self, rows: Sequences, cache: Any = None) -> Any:
        """What the layers take as their mask: the prefix visible, padding hidden."""
        config = self.language.config.get_text_config()
        kinds = set(getattr(config, "layer_types", None) or ())
        window = getattr(config, "sliding_window", None)
        plain = kinds == {"full_attention"} or (not kinds and window is None)
        if config._attn_implementation == NAME and plain:  # noqa: SLF001 - transformers' own spelling
            places = torch.arange(1, rows.prefix.shape[1] + 1, device=self.device)
            end = (rows.prefix * places).amax(1)
            bounds = bounds_of_padding(rows.padding, rows.padding.shape[1], end)
            assert bounds is not None, "rows are padded at one end"
            mask = as_mask(bounds)
            return dict.fromkeys(kinds, mask) if kinds else mask
        return create_masks_for_generate(
            config,
            rows.embeds,
            rows.padding,
            cache,
            position_ids=rows.positions,
            block_sequence_ids=torch.where(rows.prefix, 0, -1),
        )

    def _visual(self, batch: Batch) -> dict[int, Tensor]:
        if batch.pixels is None or self.vision is None or self.connector is None:
            return {}
        pixels = batch.pixels.to(self.device, next(self.vision.parameters()).dtype)
        features = self.vision(pixels).to(next(self.connector.parameters()).dtype)
        return dict(zip(batch.pictured, self.connector(features), strict=True))
