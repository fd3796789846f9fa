"""Building blocks of `mini`: attention, decoder layer, scores of pairs of mentions.

Shapes: B batch, D width, H heads, Q queries, K memory, M mentions in order of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from .modeling import VlsmConfig


class Attention(nn.Module):
    """Multi-head attention with an additive bias (B, H, Q, K)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.memory = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def keys(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of a memory, (B, H, K, D/H) each."""
        key, value = self.memory(memory).chunk(2, dim=-1)
        return self._split(key), self._split(value)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, keys: tuple[Tensor, Tensor], bias: Tensor | None) -> Tensor:
        key, value = keys
        query = self._split(self.query(x))
        if bias is not None:
            bias = bias.to(query.dtype)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        return self.out(mixed.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    """Self-attention, cross-attention and a feed-forward net, normalised before each."""

    def __init__(self, config: VlsmConfig) -> None:
        super().__init__()
        width = config.width
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.self_attention = Attention(width, config.heads)
        self.cross_attention = Attention(width, config.heads)
        self.feed = nn.Sequential(
            nn.Linear(width, config.hidden), nn.GELU(), nn.Linear(config.hidden, width)
        )
        self.drop = nn.Dropout(config.dropout)

    def forward(
        self,
        x: Tensor,
        self_bias: Tensor | None,
        memory: tuple[Tensor, Tensor],
        memory_bias: Tensor,
        past: tuple[Tensor, Tensor] | None = None,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Returns the new states (B, Q, D) and the self-attention keys and values so far."""
        y = self.norms[0](x)
        keys = self.self_attention.keys(y)
        if past is not None:
            keys = (torch.cat([past[0], keys[0]], 2), torch.cat([past[1], keys[1]], 2))
        x = x + self.drop(self.self_attention(y, keys, self_bias))
        x = x + self.drop(self.cross_attention(self.norms[1](x), memory, memory_bias))
        return x + self.drop(self.feed(self.norms[2](x))), keys


class Pairs(nn.Module):
    """Scores of (query, mention) pairs from what both say and how many mentions lie between."""

    REACH = 8

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.from_query = nn.Linear(width, 2 * self.REACH + 1)
        self.from_key = nn.Linear(width, 2 * self.REACH + 1)
        self.base = nn.Parameter(torch.tensor(-3.0))

    def forward(self, queries: Tensor, ranks: Tensor, mentions: Tensor) -> Tensor:
        """queries (B, Q, D) at `ranks` (B, Q) in the order of mentions (B, M, D) → (B, Q, M)."""
        content = self.query(queries) @ self.key(mentions).transpose(1, 2)
        places = torch.arange(mentions.shape[1], device=ranks.device)[None, None]
        apart = (places - ranks.unsqueeze(2)).clamp(-self.REACH, self.REACH) + self.REACH
        near = self.from_query(queries).gather(2, apart)
        back = self.from_key(mentions).gather(2, apart.transpose(1, 2)).transpose(1, 2)
        return content * queries.shape[-1] ** -0.5 + near + back + self.base

    @staticmethod
    def evidence(scores: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
        """Sum scores (B, Q, M) over rows (B, R, Q) and columns (B, C, M): log(1 + sum of exp)."""
        odds = scores.float().clamp(max=16.0).exp()
        return (rows @ odds @ columns.transpose(1, 2)).float().log1p()

    @staticmethod
    def told_at(scores: Tensor, whose: Tensor) -> Tensor:
        """Of pairs of mentions (B, M, M) and entities (B, E, M), the rank (B, E, E) of the second
        entity's mention that tells most of both; M where there is none."""
        never = torch.finfo(scores.dtype).min
        first = scores.unsqueeze(1).masked_fill(whose.unsqueeze(-1) == 0, never).amax(2)
        both = first.unsqueeze(2).masked_fill(whose.unsqueeze(1) == 0, never)
        best, rank = both.max(-1)
        return torch.where(best > never, rank, scores.shape[-1])
