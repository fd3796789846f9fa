"""Connectors: visual features (B, T, C) to tokens of the language model (B, Q, D)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import Blip2QFormerConfig, Blip2QFormerModel

from .configuration import Connector


class Resampler(nn.Module):
    """Learned queries look at the features and at each other (Perceiver; Alayrac et al. 2022)."""

    def __init__(self, inside: int, outside: int, config: Connector) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.randn(config.queries, config.width) * 0.02)
        self.inward = nn.Linear(inside, config.width)
        self.looks = nn.ModuleList(
            nn.MultiheadAttention(config.width, config.heads, batch_first=True)
            for _ in range(config.layers)
        )
        self.thoughts = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(config.width), *_perceptron(config.width, config.width))
            for _ in range(config.layers)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(config.width) for _ in range(config.layers))
        self.outward = nn.Sequential(nn.LayerNorm(config.width), nn.Linear(config.width, outside))

    def forward(self, features: Tensor) -> Tensor:
        seen = self.inward(features)
        queries = self.queries.expand(len(features), -1, -1)
        for look, thought, norm in zip(self.looks, self.thoughts, self.norms, strict=True):
            asked = norm(queries)
            around = torch.cat([seen, asked], 1)
            queries = queries + look(asked, around, around, need_weights=False)[0]
            queries = queries + thought(queries)
        return self.outward(queries)


class QueryingTransformer(nn.Module):
    """The Q-Former of BLIP-2 (Li et al. 2023), in transformers' class."""

    def __init__(self, inside: int, outside: int, config: Connector) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.randn(config.queries, config.width) * 0.02)
        self.former = Blip2QFormerModel(
            Blip2QFormerConfig(
                hidden_size=config.width,
                num_hidden_layers=config.layers,
                num_attention_heads=config.heads,
                intermediate_size=4 * config.width,
                encoder_hidden_size=inside,
                cross_attention_frequency=1,
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
            )
        )
        self.outward = nn.Linear(config.width, outside)

    def forward(self, features: Tensor) -> Tensor:
        queries = self.queries.expand(len(features), -1, -1)
        found = self.former(query_embeds=queries, encoder_hidden_states=features)
        return self.outward(found.last_hidden_state)


def build_connector(config: Connector, inside: int, outside: int) -> nn.Module:
    """From features of width `inside` to tokens of width `outside`."""
    if config.kind == "linear":
        return nn.Linear(inside, outside)
    if config.kind == "mlp":
        return nn.Sequential(*_perceptron(inside, outside))
    kinds = {"perceiver": Resampler, "qformer": QueryingTransformer}
    return kinds[config.kind](inside, outside, config)


def _perceptron(inside: int, outside: int) -> list[nn.Module]:
    return [nn.Linear(inside, outside), nn.GELU(), nn.Linear(outside, outside)]
