"""Saving and loading: what was trained, in safetensors; frozen weights stay where they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from .configuration import FamilyConfig, config_from
from .modeling import FamilyModel

CONFIG, WEIGHTS = "member.json", "model.safetensors"


def own_state(model: FamilyModel) -> dict[str, Tensor]:
    """Trained parameters and the buffers that are part of a checkpoint, by name; tied ones once."""
    names = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    names |= {name for name, _ in model.named_buffers()}
    return {name: value for name, value in model.state_dict().items() if name in names}


def save_member(model: FamilyModel, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Write configuration, tokenizer and what was trained."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(model.config.as_dict(), indent=2)
    (folder / CONFIG).write_text(text, encoding="utf-8")
    tokenizer.save_pretrained(folder)
    state = {name: value.detach().contiguous() for name, value in own_state(model).items()}
    save_file(state, folder / WEIGHTS, metadata={"format": "pt"})


def load_member(folder: Path, language: str = "") -> tuple[FamilyModel, PreTrainedTokenizerFast]:
    """A saved member, ready to write. `language` is where its pretrained weights lie here.

    ValueError where the weights belong to another configuration.
    """
    config = _config(folder, language)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    model = FamilyModel(config, len(tokenizer))
    load_state(model, load_file(folder / WEIGHTS), str(folder))
    return model.eval(), tokenizer


def load_state(model: FamilyModel, state: dict[str, Tensor], where: str) -> None:
    """Copy every saved tensor to its place; ValueError unless exactly those fit."""
    own = own_state(model)
    wrong = sorted(set(own) ^ set(state)) or sorted(
        n for n in own if own[n].shape != state[n].shape
    )
    if wrong:
        raise ValueError(f"{where} holds weights of another member: {', '.join(wrong[:3])} differ.")
    with torch.no_grad():
        for name, value in own.items():
            value.copy_(state[name])


def _config(folder: Path, language: str) -> FamilyConfig:
    found = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config = config_from(found, str(folder / CONFIG))
    if language:
        config = replace(config, language=replace(config.language, folder=language))
    return config
