"""Vision encoders: from a sketch to features (B, T, C), one for each place of the sketch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PreTrainedModel

from ...sketch.network import SketchConfig, SketchNetwork
from ...sketch.reader import WEIGHTS, load_network
from ...sketch.samples import letterbox
from .configuration import Vision

CLIP_MEAN, CLIP_STD = (0.481, 0.458, 0.408), (0.269, 0.261, 0.276)
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class SketchEncoder(nn.Module):
    """The coarsest scale of the sketch network, seen whole: 280 places of 128 features."""

    def __init__(self, network: SketchNetwork) -> None:
        super().__init__()
        self.width = network.config.channels[-1]
        self.parts = nn.Sequential(
            network.stem, network.down1, network.down2, network.down3, network.attention
        )

    def prepare(self, image: Image.Image) -> Tensor:
        """Ink (1, 448, 640)."""
        return torch.from_numpy(letterbox(image.convert("RGB"))[0])[None]

    def forward(self, pixels: Tensor) -> Tensor:
        return self.parts(pixels).flatten(2).transpose(1, 2)


class PretrainedEncoder(nn.Module):
    """CLIP's vision tower or EfficientNet, from a folder or, for tests and ablation, new."""

    def __init__(self, vision: Vision) -> None:
        super().__init__()
        if vision.folder:
            self.model: PreTrainedModel = AutoModel.from_pretrained(vision.folder)
            self.model = getattr(self.model, "vision_model", self.model)
        else:
            config = AutoConfig.for_model(vision.kind, **vision.sizes)
            self.model = AutoModel.from_config(config)
        config = self.model.config
        clip = vision.kind == "clip_vision_model"
        self.width = int(config.hidden_size if clip else config.hidden_dim)
        self.image_size = int(config.image_size)
        self.mean, self.std = (CLIP_MEAN, CLIP_STD) if clip else (IMAGENET_MEAN, IMAGENET_STD)

    def prepare(self, image: Image.Image) -> Tensor:
        """Colours (3, S, S), the whole sketch on white, normalised as in pretraining."""
        square = Image.new("RGB", (max(image.size),) * 2, "white")
        left, top = (square.width - image.width) // 2, (square.height - image.height) // 2
        square.paste(image.convert("RGB"), (left, top))
        small = square.resize((self.image_size,) * 2, Image.Resampling.BICUBIC)
        colours = np.asarray(small, dtype=np.float32) / 255
        scaled = (torch.from_numpy(colours) - torch.tensor(self.mean)) / torch.tensor(self.std)
        return scaled.permute(2, 0, 1).contiguous()

    def forward(self, pixels: Tensor) -> Tensor:
        found = self.model(pixels).last_hidden_state
        return found if found.ndim == 3 else found.flatten(2).transpose(1, 2)


Encoder = SketchEncoder | PretrainedEncoder


def build_vision(vision: Vision) -> Encoder:
    """The encoder of a configuration; frozen unless it is to be trained."""
    encoder: Encoder
    if vision.kind == "sketch":
        encoder = SketchEncoder(_sketch_network(vision))
    else:
        encoder = PretrainedEncoder(vision)
    encoder.requires_grad_(vision.trained)
    return encoder


def _sketch_network(vision: Vision) -> SketchNetwork:
    sizes: dict[str, Any] = vision.sizes
    if sizes:
        return SketchNetwork(SketchConfig(**sizes))
    return load_network(Path(vision.folder) if vision.folder else WEIGHTS)
