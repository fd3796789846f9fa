"""`mini` as a `Generator`: perception, decoding, spelling out, placing, assumptions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from .api import (
    Assumption,
    GenerationCancelled,
    GenerationError,
    GenerationQuestion,
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
from .batching import Batcher
from .contradictions import Contradiction, asked_twice, told_twice
from .decoding import Choice, Decoded
from .drawn_names import as_drawn
from .editing import apply_edits
from .examples import Inputs
from .layout import place_by_flow, place_by_sketch, place_new
from .patching import Snapshot, patch_text, snapshot, statement_lines
from .perception import from_prompt, from_script
from .repair import close_loose_ends
from .repair_calls import answer_calls, order_times
from .searching import likeliest
from .tagging import find_names
from .told import Told, heed, read_told, tells_way, turn_lines
from .wording import property_words, said, speaking
from .writer import ScriptWriter, build_model

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

    from ..simulation.model import Model, ModelObject
    from ..sketch.scene import Scene
    from .actions import Piece
    from .modeling import Memory, Vlsm


class MiniGenerator:
    """The small model that ships with the product.

    `generate` raises GenerationError with a reason a user can act on, and GenerationCancelled.
    """

    name = "gendt-mini-1"

    def __init__(
        self,
        model: Vlsm,
        tokenizer: PreTrainedTokenizerFast,
        constrained: bool = True,
        repaired: bool = True,
    ) -> None:
        """`constrained` keeps decoding inside the grammar, `repaired` closes loose ends; both are
        only turned off to measure what they are worth."""
        self.batcher = Batcher(model, tokenizer)
        self.constrained, self.repaired = constrained, repaired

    def generate(
        self,
        request: GenerationRequest,
        on_text: TextCallback | None = None,
        should_stop: StopCallback | None = None,
    ) -> GenerationResult:
        """A new script, or a refinement where `request.base_source` holds one."""
        turn = _Turn(self, request, on_text or _ignore, should_stop or _never)
        with speaking(request.language):
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
        self.batcher = generator.batcher
        self.constrained, self.repaired = generator.constrained, generator.repaired
        self.name = generator.name
        self.request, self.on_text, self.should_stop = request, on_text, should_stop
        self.prompt = request.prompt.strip()
        self.seen = request.scene
        self.timings: dict[str, float] = {}

    def create(self) -> GenerationResult:
        """Prompt, sketch or both to a new script."""
        if not self.prompt and self.request.sketch is None:
            raise GenerationError(said("no_prompt"))
        self._look()
        spans = self._drawn(self._names())
        told, scene = self._see(spans)
        if scene is not None and scene.objects:
            known = [item.label for item in scene.objects if item.label]
            labelled = self._drawn(self._names(known))
            if told is not None and labelled != spans:
                told, scene = self._see(labelled)
            spans = labelled
        inputs = from_prompt(self.prompt, spans, scene)
        if not inputs.entities:
            raise GenerationError(said("no_objects"))
        unused = self._heeded(told, inputs) if told is not None else []
        writer = ScriptWriter(inputs)
        with self._timed("decoding"):
            decoded = self._decode(
                inputs,
                lambda choice: self.on_text(writer.push(choice.piece)),
                lambda memory: _ask(told_twice(memory, inputs)),
            )
        model, made = build_model(inputs, decoded.pieces)
        mended = self._mended(model, made, decoded)
        self._place(model, made, inputs, scene)
        notes = [*mended, *default_assumptions(model), *class_assumptions(inputs, decoded)]
        notes += [*unsure_assumptions(inputs, decoded), *unused_names(inputs, model, unused)]
        if scene is not None:
            notes += sketch_assumptions(scene, model, inputs)
        return self._result(_printed(model), notes, decoded, len(mended))

    def _mended(
        self, model: Model, made: dict[int, ModelObject], decoded: Decoded
    ) -> list[Assumption]:
        if not self.repaired:
            return []
        closed = close_loose_ends(model, made, decoded.links)
        answered = answer_calls(model, made, decoded.links)
        return [*closed, *answered, *order_times(model)]

    def refine(self) -> GenerationResult:
        """An earlier script and a request to a changed script."""
        base = self.request.base_source or ""
        if not self.prompt:
            raise GenerationError(said("no_request"))
        model = _executed(base)
        known = [item.name for item in model]
        spans = self._names(known)
        inputs = from_script(self.prompt, spans, model)
        with self._timed("decoding"):
            decoded = likeliest(
                lambda begun, memory: self._decode(inputs, _ignore, begun=begun, memory=memory)
            )
        _ask(asked_twice(inputs, decoded.pieces))
        printed = statement_lines(_printed(model)) == statement_lines(base)
        before = snapshot(model)
        changes = list(apply_edits(model, inputs, decoded.pieces))
        if not changes:
            raise GenerationError(said("no_change"))
        added = [item for item in model if id(item) not in before.objects]
        place_new(model, added)
        source = _printed(model) if printed else _appended(base, before, model, self.prompt)
        for line in source.splitlines(keepends=True):
            self.on_text(line)
        assumed = [*default_assumptions(model, {id(item) for item in added})]
        assumed += unsure_assumptions(inputs, decoded)
        return self._result(source, assumed, decoded)

    def _names(self, known: Sequence[str] = ()) -> list[tuple[int, int]]:
        with self._timed("prompt"):
            batcher = self.batcher
            return find_names(batcher.model, batcher.tokenizer, self.prompt, known)

    def _drawn(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Names as the sketch writes them, if there is one."""
        return spans if self.seen is None else as_drawn(self.prompt, spans, self.seen)

    def _look(self) -> None:
        """Have the sketch read, if there is one that was not read before."""
        if self.request.sketch is not None and self.seen is None:
            from ..sketch.reader import load_reader

            with self._timed("sketch"):
                self.seen = load_reader().look(self.request.sketch)

    def _see(self, spans: list[tuple[int, int]]) -> tuple[Told | None, Scene | None]:
        """What the prompt tells by itself and the sketch in its light, if there is one."""
        if self.seen is None:
            return None, None
        from ..sketch.reader import named

        with self._timed("prompt"):
            told = read_told(self.batcher, from_prompt(self.prompt, spans, None))
        with self._timed("sketch"):
            scene = named(self.seen, list(told.classes), told.classes)
        self._check_stop()
        return told, scene

    def _heeded(self, told: Told, inputs: Inputs) -> list[str]:
        """Names that are no objects; drawn lines that words rule out are gone, others turned."""
        with self._timed("prompt"):
            turn_lines(told, inputs)
            whole = bool(inputs.scene_links) and tells_way(self.batcher, inputs)
            return heed(told, inputs, whole)

    def _decode(
        self,
        inputs: Inputs,
        on_choice: Callable[[Choice], None],
        on_read: Callable[[Memory], None] | None = None,
        begun: Sequence[Piece] = (),
        memory: Memory | None = None,
    ) -> Decoded:
        def watch(choice: Choice) -> bool:
            on_choice(choice)
            return self.should_stop()

        try:
            decoded = self.batcher.decode(inputs, watch, self.constrained, on_read, begun, memory)
        except torch.OutOfMemoryError as error:
            raise GenerationError(said("out_of_memory")) from error
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
            told = [*told, Assumption("value", said("cut_off"))]
        unique = tuple(dict.fromkeys(told))
        self.timings["interventions"] = float(decoded.interventions + mended)
        return GenerationResult(source, unique, self.timings, self.name)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - start


def _ask(found: Contradiction | None) -> None:
    """Ask back which of two values holds."""
    if found is not None:
        words = {"name": found.name, "first": found.first, "second": found.second}
        what = property_words(found.prop)
        raise GenerationQuestion(said("contradiction", what=what, **words))


def _printed(model: Model) -> str:
    from ..flexscript import print_model

    return print_model(model)


def _executed(source: str) -> Model:
    from ..flexscript import execute

    result = execute(source)
    errors = [item for item in result.diagnostics if item.severity == "error"]
    if result.model is None or errors:
        where = said("no_model")
        if errors:
            where = said("broken_line", line=errors[0].span.line, message=errors[0].message)
        raise GenerationError(said("broken_base", where=where))
    return result.model


def _appended(base: str, before: Snapshot, model: Model, prompt: str) -> str:
    gap = "" if base.endswith("\n") else "\n"
    return f"{base}{gap}\n{patch_text(before, model, prompt)}"


def _ignore(_: object) -> None:
    """No one listens."""


def _never() -> bool:
    return False
