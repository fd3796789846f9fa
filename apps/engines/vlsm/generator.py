"""`mini` as a `Generator`: perception, decoding, spelling out, placing, assumptions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .api import (
    Assumption,
    GenerationCancelled,
    GenerationError,
    GenerationRequest,
    GenerationResult,
    StopCallback,
    TextCallback,
)
from .assumptions import (
    class_assumptions,
    default_assumptions,
    sketch_assumptions,
    unsure_assumptions,
    unused_names,
)
from .decoding import Choice, Decoded, decode, find_names
from .examples import Inputs
from .layout import place_by_flow, place_by_sketch, place_new
from .patching import Snapshot, patch_text, snapshot, statement_lines
from .perception import from_prompt, from_script
from .repair import close_loose_ends
from .told import Told, heed, read_told
from .writer import ScriptWriter, apply_edits, build_model

if TYPE_CHECKING:
    from PIL.Image import Image
    from transformers import PreTrainedTokenizerFast

    from ..simulation.model import Model, ModelObject
    from ..sketch.scene import Scene
    from .modeling import Vlsm

NO_OBJECTS = (
    "No object was found in the prompt. Name at least where items come from, where they are worked "
    "on and where they leave, for example: “Source S1 feeds machine M1, which feeds sink Out”."
)
NO_CHANGE = (
    "No change was understood. Name the object and what should be different, for example "
    "“make Oven 90 s”, “add a second Mill in parallel” or “remove Buffer 2”."
)


class MiniGenerator:
    """The small model that ships with the product.

    `generate` raises GenerationError with a reason a user can act on, and GenerationCancelled.
    """

    name = "gendt-mini-1"

    def __init__(self, model: Vlsm, tokenizer: PreTrainedTokenizerFast) -> None:
        self.model, self.tokenizer = model, tokenizer

    def generate(
        self,
        request: GenerationRequest,
        on_text: TextCallback | None = None,
        should_stop: StopCallback | None = None,
    ) -> GenerationResult:
        """A new script, or a refinement where `request.base_source` holds one."""
        turn = _Turn(self, request, on_text or _ignore, should_stop or _never)
        return turn.refine() if request.base_source else turn.create()


class _Turn:
    """One generation: keeps timings and the callbacks together."""

    def __init__(
        self,
        generator: MiniGenerator,
        request: GenerationRequest,
        on_text: TextCallback,
        should_stop: StopCallback,
    ) -> None:
        self.model, self.tokenizer = generator.model, generator.tokenizer
        self.name = generator.name
        self.request, self.on_text, self.should_stop = request, on_text, should_stop
        self.prompt = request.prompt.strip()
        self.timings: dict[str, float] = {}

    def create(self) -> GenerationResult:
        """Prompt, sketch or both to a new script."""
        if not self.prompt and self.request.sketch is None:
            raise GenerationError("Write a prompt or add a sketch first.")
        with self._timed("prompt"):
            spans = find_names(self.model, self.tokenizer, self.prompt)
        told, scene = self._see(self.request.sketch, spans)
        if scene is not None and scene.objects:
            labels = [item.label for item in scene.objects if item.label]
            spans = find_names(self.model, self.tokenizer, self.prompt, labels)
        inputs = from_prompt(self.prompt, spans, scene)
        if not inputs.entities:
            raise GenerationError(NO_OBJECTS)
        if told is not None:
            heed(told, inputs)
        writer = ScriptWriter(inputs)
        with self._timed("decoding"):
            decoded = self._decode(inputs, lambda choice: self.on_text(writer.push(choice.piece)))
        model, made = build_model(inputs, decoded.pieces)
        mended = list(close_loose_ends(model, made, decoded.links))
        self._place(model, made, inputs, scene)
        notes = [*mended, *default_assumptions(model), *class_assumptions(inputs, decoded)]
        notes += [*unsure_assumptions(inputs, decoded), *unused_names(inputs, model)]
        if scene is not None:
            notes += sketch_assumptions(scene, model, inputs)
        return self._result(_printed(model), notes, decoded, len(mended))

    def refine(self) -> GenerationResult:
        """An earlier script and a request to a changed script."""
        base = self.request.base_source or ""
        if not self.prompt:
            raise GenerationError("Write what should change.")
        model = _executed(base)
        known = [item.name for item in model]
        with self._timed("prompt"):
            spans = find_names(self.model, self.tokenizer, self.prompt, known)
        inputs = from_script(self.prompt, spans, model)
        with self._timed("decoding"):
            decoded = self._decode(inputs, _ignore)
        printed = statement_lines(_printed(model)) == statement_lines(base)
        before = snapshot(model)
        changes = list(apply_edits(model, inputs, decoded.pieces))
        if not changes:
            raise GenerationError(NO_CHANGE)
        added = [item for item in model if id(item) not in before.objects]
        place_new(model, added)
        source = _printed(model) if printed else _appended(base, before, model, self.prompt)
        for line in source.splitlines(keepends=True):
            self.on_text(line)
        told = [Assumption("value", f"{change}.") for change in changes]
        told += default_assumptions(model, {id(item) for item in added})
        told += unsure_assumptions(inputs, decoded)
        return self._result(source, told, decoded)

    def _see(
        self, sketch: Image | None, spans: list[tuple[int, int]]
    ) -> tuple[Told | None, Scene | None]:
        """What the prompt tells by itself and the sketch read in its light, if there is one."""
        if sketch is None:
            return None, None
        from ..sketch.reader import load_reader

        with self._timed("prompt"):
            told = read_told(self.model, self.tokenizer, from_prompt(self.prompt, spans, None))
        with self._timed("sketch"):
            scene = load_reader().read(sketch, list(told.classes), told.classes)
        self._check_stop()
        return told, scene

    def _decode(self, inputs: Inputs, on_choice: Callable[[Choice], None]) -> Decoded:
        def watch(choice: Choice) -> bool:
            on_choice(choice)
            return self.should_stop()

        decoded = decode(self.model, self.tokenizer, inputs, watch)
        self._check_stop()
        return decoded

    def _check_stop(self) -> None:
        if self.should_stop():
            raise GenerationCancelled

    def _place(
        self, model: Model, made: dict[int, ModelObject], inputs: Inputs, scene: Scene | None
    ) -> None:
        if scene is None:
            place_by_flow(model)
            return
        centres = {
            id(item): inputs.entities[index].position
            for index, item in made.items()
            if inputs.entities[index].in_scene
        }
        place_by_sketch(model, centres, scene.width / max(scene.height, 1))

    def _result(
        self, source: str, told: Iterable[Assumption], decoded: Decoded, mended: int = 0
    ) -> GenerationResult:
        if not decoded.complete:
            told = [*told, Assumption("value", "The script was cut off: the model is too large.")]
        unique = tuple(dict.fromkeys(told))
        self.timings["interventions"] = float(decoded.interventions + mended)
        return GenerationResult(source, unique, self.timings, self.name)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - start


def _printed(model: Model) -> str:
    from ..flexscript import print_model

    return print_model(model)


def _executed(source: str) -> Model:
    from ..flexscript import execute

    result = execute(source)
    errors = [item for item in result.diagnostics if item.severity == "error"]
    if result.model is None or errors:
        where = (
            f"line {errors[0].span.line}: {errors[0].message}" if errors else "it builds no model"
        )
        raise GenerationError(f"The script to refine does not run ({where}). Mend it first.")
    return result.model


def _appended(base: str, before: Snapshot, model: Model, prompt: str) -> str:
    gap = "" if base.endswith("\n") else "\n"
    return f"{base}{gap}\n{patch_text(before, model, prompt)}"


def _ignore(_: object) -> None:
    """No one listens."""


def _never() -> bool:
    return False
