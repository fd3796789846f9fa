"""Triplets as the family reads them: visual tokens, prefix and prompt, script."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset
from transformers import PreTrainedTokenizerFast

from .configuration import PREFIX, FamilyConfig
from .vision import Encoder


@dataclass(frozen=True)
class Example:
    """A prompt, its sketch if there is one, and the script; "" where one is asked for."""

    prompt: str
    script: str = ""
    sketch: Image.Image | None = None


@dataclass(frozen=True)
class Batch:
    """Rows of tokens and the images of those that have one.

    tokens: a list of (L,) each; prompts: how many of them are prefix and prompt;
    pixels: (N, C, H, W) or None; pictured: rows of the N images.
    """

    tokens: list[Tensor]
    prompts: list[int]
    pixels: Tensor | None
    pictured: list[int]


class TripletFiles(Dataset[Example]):
    """The triplets of one split in a folder of shards, read when asked for."""

    def __init__(self, folder: Path, split: str = "train") -> None:
        self.folder = folder
        self.places: list[tuple[Path, int]] = []
        for path in sorted(folder.glob("triplets-*.jsonl")):
            place = 0
            for line in path.read_bytes().splitlines(keepends=True):
                if json.loads(line)["split"] == split:
                    self.places.append((path, place))
                place += len(line)
        if not self.places:
            raise ValueError(f"{folder} holds no triplets for “{split}”: make some first.")

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, index: int) -> Example:
        path, place = self.places[index]
        with path.open("rb") as file:
            file.seek(place)
            found = json.loads(file.readline())
        picture = self.folder / found["sketch"]
        sketch = None
        if found["sketch"] and picture.is_file():
            with Image.open(picture) as opened:
                sketch = opened.convert("RGB")
        return Example(found["prompt"], found["script"], sketch)


class Collator:
    """Examples to a batch; what is longer than the member's length loses its end."""

    def __init__(
        self, config: FamilyConfig, tokenizer: PreTrainedTokenizerFast, encoder: Encoder | None
    ) -> None:
        self.longest, self.tokenizer, self.encoder = config.max_length, tokenizer, encoder

    def __call__(self, examples: Sequence[Example]) -> Batch:
        prompts = [self._ids(f"{PREFIX}{item.prompt}\n") for item in examples]
        scripts = [
            [*self._ids(item.script), self.tokenizer.eos_token_id] if item.script else []
            for item in examples
        ]
        rows = [
            torch.tensor((prompt + script)[: self.longest], dtype=torch.long)
            for prompt, script in zip(prompts, scripts, strict=True)
        ]
        pictured = [i for i, item in enumerate(examples) if item.sketch and self.encoder]
        pixels = [self.encoder.prepare(examples[i].sketch) for i in pictured]  # type: ignore[union-attr,arg-type]
        return Batch(
            rows,
            [min(len(prompt), self.longest) for prompt in prompts],
            torch.stack(pixels) if pixels else None,
            pictured,
        )

    def _ids(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]
