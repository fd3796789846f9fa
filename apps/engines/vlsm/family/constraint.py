"""A LogitsProcessor that lets only tokens through from which a FlexScript can still be finished."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import LogitsProcessor, PreTrainedTokenizerFast

from .grammar import llguidance_grammar


class GrammarConstraint(LogitsProcessor):
    """For one generation: it follows what each row has written. Works with `generate` too.

    `interventions` counts, per row, how often the likeliest token was not allowed.
    """

    def __init__(
        self, tokenizer: PreTrainedTokenizerFast, vocabulary: int, prompt_length: int = 0
    ) -> None:
        from llguidance import LLMatcher
        from llguidance.hf import from_tokenizer

        self._tokenizer = from_tokenizer(tokenizer, n_vocab=vocabulary, slices=[])
        self._grammar = LLMatcher.grammar_from_lark(llguidance_grammar())
        self._end = tokenizer.eos_token_id
        self._read = prompt_length
        self._rows: list[Any] = []
        self.interventions: list[int] = []

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Scores (B, V), minus infinity where not allowed. ValueError after a wrong token."""
        if not self._rows:
            self._begin(len(scores))
        for row, matcher in enumerate(self._rows):
            for token in input_ids[row, self._read :].tolist():
                if not matcher.is_stopped() and not matcher.consume_token(token):
                    raise ValueError(f"Row {row} left the grammar: {matcher.get_error()}")
        self._read = input_ids.shape[1]
        allowed = self._allowed(scores.shape[1]).to(scores.device)
        best = scores.argmax(-1, keepdim=True)
        refused = ~allowed.gather(1, best)[:, 0]
        self.interventions = [
            n + int(r) for n, r in zip(self.interventions, refused.tolist(), strict=True)
        ]
        return scores.masked_fill(~allowed, -torch.inf)

    def _begin(self, rows: int) -> None:
        from llguidance import LLMatcher

        self._rows = [LLMatcher(self._tokenizer, self._grammar) for _ in range(rows)]
        self.interventions = [0] * rows

    def _allowed(self, vocabulary: int) -> Tensor:
        """(B, V) from the matchers' bits; a row that has ended may only end."""
        allowed = torch.zeros((len(self._rows), vocabulary), dtype=torch.bool)
        for row, matcher in enumerate(self._rows):
            if matcher.is_stopped():
                allowed[row, self._end] = True
                continue
            packed = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
            bits = np.unpackbits(packed, bitorder="little")[:vocabulary].astype(bool)
            allowed[row, : len(bits)] = torch.from_numpy(bits)
        return allowed
