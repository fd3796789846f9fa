"""What the rest of the product knows of a vision-language simulation model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

    from ..sketch.scene import Scene

AssumptionKind = Literal["default", "class", "name", "connection", "value", "sketch"]


@dataclass(frozen=True)
class Assumption:
    """Something the model decided that neither sketch nor prompt says outright."""

    kind: AssumptionKind
    text: str
    object: str | None = None
    confidence: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "text": self.text,
            "object": self.object,
            "confidence": self.confidence,
        }


@dataclass(frozen=True)
class GenerationRequest:
    """A prompt, with a sketch and/or an earlier script that the prompt refines; `language` is that
    of the answer's assumptions and errors, `scene` what `SketchReader.look` saw in the sketch
    where that is known already."""

    prompt: str
    sketch: Image | None = None
    base_source: str | None = None
    language: Literal["en", "zh"] = "en"
    scene: Scene | None = None


@dataclass(frozen=True)
class GenerationResult:
    """The script, what was assumed, and seconds spent per stage."""

    source: str
    assumptions: tuple[Assumption, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    model_name: str = ""


class GenerationError(Exception):
    """No script could be made; the message tells a user what is missing and how to mend it."""


class GenerationQuestion(GenerationError):
    """Something must be known before a script can be made; the message asks for it."""


class GenerationCancelled(Exception):
    """`should_stop` answered True."""


TextCallback = Callable[[str], None]
StopCallback = Callable[[], bool]


class Generator(Protocol):
    """A loaded model. `on_text` receives the script in pieces, in order, as it is decoded."""

    name: str

    def generate(
        self,
        request: GenerationRequest,
        on_text: TextCallback | None = None,
        should_stop: StopCallback | None = None,
    ) -> GenerationResult: ...
