"""A member of the family is one JSON file: what sees, what connects, what writes, what is trained.

`members/` holds the known ones. Folders of pretrained weights are the user's: they stand in the
file or are given to `read_config`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_type_hints

MEMBERS = Path(__file__).parent / "members"
PREFIX = "Give me a Flexscript. "


@dataclass(frozen=True)
class Vision:
    """What looks at the sketch: our backbone, or a vision model of transformers."""

    kind: Literal["sketch", "clip_vision_model", "efficientnet"] = "sketch"
    folder: str = ""
    """Pretrained weights; "" is the shipped ones for `sketch` and new ones elsewhere."""
    sizes: dict[str, Any] = field(default_factory=dict)
    """Settings of transformers' configuration class, for new weights."""
    trained: bool = False


@dataclass(frozen=True)
class Connector:
    """From visual features to tokens of the language model."""

    kind: Literal["linear", "mlp", "perceiver", "qformer"] = "mlp"
    queries: int = 64
    """Visual tokens that perceiver and qformer make; the other two keep the encoder's number."""
    width: int = 256
    layers: int = 2
    heads: int = 4


@dataclass(frozen=True)
class Language:
    """What writes: new weights of a model type and sizes, or a folder (or a GGUF file in it)."""

    model_type: str = ""
    sizes: dict[str, Any] = field(default_factory=dict)
    folder: str = ""
    gguf: str = ""
    tokenizer_size: int = 4096
    """Of the byte-level BPE that is learned where there is no folder."""


@dataclass(frozen=True)
class Adapter:
    """How the language model is trained; rank, alpha and dropout are those of LoRA."""

    kind: Literal["full", "lora", "qlora"] = "full"
    rank: int = 32
    alpha: int = 64
    dropout: float = 0.05


@dataclass(frozen=True)
class FamilyConfig:
    """One member. Without `vision` it reads text only."""

    name: str
    language: Language
    vision: Vision | None = None
    connector: Connector = field(default_factory=Connector)
    adapter: Adapter = field(default_factory=Adapter)
    attention: str = "sdpa"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    max_length: int = 4096

    def __post_init__(self) -> None:
        given = (bool(self.language.model_type), bool(self.language.folder))
        if sum(given) != 1:
            raise ValueError(
                f"{self.name}: give language.model_type for new weights or language.folder for "
                "pretrained ones, for example from a download of Qwen2.5-Coder-0.5B-Instruct."
            )
        if self.adapter.kind != "full" and not self.language.folder:
            raise ValueError(f"{self.name}: an adapter needs pretrained weights (language.folder).")

    def as_dict(self) -> dict[str, Any]:
        """What `config_from` takes."""
        return asdict(self)


def read_config(path: Path, language: str = "", vision: str = "") -> FamilyConfig:
    """A member from its file, with the folders of this machine. ValueError says what is wrong."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is no JSON: {error}") from error
    if language:
        found.setdefault("language", {})["folder"] = language
    config = config_from(found, str(path))
    if vision and config.vision:
        config = replace(config, vision=replace(config.vision, folder=vision))
    return config


def config_from(found: dict[str, Any], where: str = "configuration") -> FamilyConfig:
    """A member from plain data; ValueError names unknown keys and wrong choices."""
    parts = {"language": Language, "vision": Vision, "connector": Connector, "adapter": Adapter}
    built = {
        key: _checked(parts[key], value or {}, f"{where}, {key}") if key in parts else value
        for key, value in found.items()
        if value is not None
    }
    return _checked(FamilyConfig, built, where)


Part = TypeVar("Part")


def _checked(kind: type[Part], found: dict[str, Any], where: str) -> Part:
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(found) - known)
    if unknown:
        raise ValueError(
            f"{where}: unknown {', '.join(unknown)}; known: {', '.join(sorted(known))}."
        )
    for name, hint in get_type_hints(kind).items():
        choices = get_args(hint) if getattr(hint, "__origin__", None) is Literal else ()
        if choices and name in found and found[name] not in choices:
            raise ValueError(f"{where}: {name} is one of {', '.join(choices)}, not {found[name]}.")
    try:
        return kind(**found)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from error
