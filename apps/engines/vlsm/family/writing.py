"""Writing scripts: prefill once, then token by token from a key-value cache, streamed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import DynamicCache, PreTrainedTokenizerFast

from .constraint import GrammarConstraint
from .data import Collator, Example
from .modeling import FamilyModel

TextCallback = Callable[[int, str], None]
"""Row and the text that has been added to it."""


@dataclass(frozen=True)
class Written:
    """A script; `complete` is false where it was cut off at the wanted length."""

    script: str
    tokens: int
    complete: bool
    interventions: int


@dataclass(frozen=True)
class WritingSettings:
    """Greedy at temperature 0; `constrained` keeps the text inside FlexScript's grammar."""

    longest: int = 2048
    temperature: float = 0.0
    constrained: bool = True
    seed: int = 0


@torch.inference_mode()
def write_scripts(
    model: FamilyModel,
    tokenizer: PreTrainedTokenizerFast,
    examples: Sequence[Example],
    settings: WritingSettings | None = None,
    on_text: TextCallback | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> list[Written]:
    """A script for each prompt and sketch, all in one batch."""
    settings = settings or WritingSettings()
    model.eval()
    rows = model.sequences(Collator(model.config, tokenizer, model.vision)(examples), side="left")
    cache = DynamicCache(config=model.language.config.get_text_config())
    found = model.language(
        inputs_embeds=rows.embeds,
        attention_mask=model.masks(rows),
        position_ids=rows.positions,
        past_key_values=cache,
        logits_to_keep=1,
    )
    choose = _Chooser(model, tokenizer, len(examples), settings)
    stream = _Stream(tokenizer, len(examples), on_text)
    padding, position = rows.padding, rows.positions[:, -1:]
    while True:
        token = choose(found.logits[:, -1])
        stream.push(choose.written, choose.ended)
        if choose.ended.all() or choose.written.shape[1] >= settings.longest:
            break
        if should_stop is not None and should_stop():
            break
        padding = torch.cat([padding, torch.ones_like(padding[:, :1])], 1)
        position = position + 1
        found = model.language(
            input_ids=token,
            attention_mask=padding,
            position_ids=position,
            past_key_values=cache,
            logits_to_keep=1,
        )
    return [
        Written(text, count, bool(ended), interventions)
        for text, count, ended, interventions in zip(
            stream.texts, choose.counts(), choose.ended, choose.interventions(), strict=True
        )
    ]


class _Chooser:
    """Picks the next token of every row and remembers what was written."""

    def __init__(
        self,
        model: FamilyModel,
        tokenizer: PreTrainedTokenizerFast,
        rows: int,
        settings: WritingSettings,
    ) -> None:
        self.end = int(tokenizer.eos_token_id)
        self.temperature = settings.temperature
        self.random = torch.Generator(model.device).manual_seed(settings.seed)
        self.written = torch.empty((rows, 0), dtype=torch.long, device=model.device)
        self.ended = torch.zeros(rows, dtype=torch.bool, device=model.device)
        vocabulary = model.language.get_output_embeddings().weight.shape[0]
        self.constraint = GrammarConstraint(tokenizer, vocabulary) if settings.constrained else None

    def __call__(self, scores: Tensor) -> Tensor:
        """(B, V) to the chosen tokens (B, 1)."""
        scores = scores.float()
        if self.constraint is not None:
            scores = self.constraint(self.written, scores)
        if self.temperature > 0:
            weights = (scores / self.temperature).softmax(-1)
            token = torch.multinomial(weights, 1, generator=self.random)
        else:
            token = scores.argmax(-1, keepdim=True)
        token = token.masked_fill(self.ended[:, None], self.end)
        self.written = torch.cat([self.written, token], 1)
        self.ended = self.ended | (token[:, 0] == self.end)
        return token

    def counts(self) -> list[int]:
        return (self.written != self.end).sum(1).tolist()

    def interventions(self) -> list[int]:
        return self.constraint.interventions if self.constraint else [0] * len(self.written)


class _Stream:
    """Turns tokens into text as it grows; a character in several tokens waits for the last."""

    def __init__(
        self, tokenizer: PreTrainedTokenizerFast, rows: int, on_text: TextCallback | None
    ) -> None:
        self.tokenizer, self.on_text = tokenizer, on_text
        self.texts = [""] * rows
        self.lines = [""] * rows
        self.begins = [0] * rows
        """Where the last line begins: only that is decoded anew."""

    def push(self, written: Tensor, ended: Tensor) -> None:
        for row, tokens in enumerate(written.tolist()):
            begin = self.begins[row]
            line = str(self.tokenizer.decode(tokens[begin:], skip_special_tokens=True))
            if line.endswith("\ufffd") and not ended[row]:
                continue
            added = line[len(self.lines[row]) :]
            self.texts[row] += added
            self.lines[row] = line
            if line.endswith("\n"):
                self.begins[row], self.lines[row] = len(tokens), ""
            if added and self.on_text is not None:
                self.on_text(row, added)
