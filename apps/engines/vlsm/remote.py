"""A larger model behind an OpenAI-compatible endpoint (vLLM, llama.cpp, a cloud), same contract.

GENDT_GENERATOR=apps.engines.vlsm.remote.load_generator chooses it; GENDT_MODEL_URL (ending in
/v1), GENDT_MODEL_NAME and GENDT_MODEL_KEY say which. The answer streams; it is checked by our own
parser, checker and runtime, and what they find is sent back to be mended, a few times at most.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import requests

from .api import (
    Assumption,
    GenerationCancelled,
    GenerationError,
    GenerationRequest,
    GenerationResult,
    Generator,
    StopCallback,
    TextCallback,
)

if TYPE_CHECKING:
    from PIL.Image import Image

CONNECT_SECONDS, READ_SECONDS = 5.0, 120.0
REPAIRS = 2
"""How often findings are sent back."""
LONGEST_SIDE = 1024
"""Pixels of a sketch as it is sent."""
INSTRUCTIONS = (
    "You write FlexScript, the language of FlexSim, that builds a discrete-event simulation model. "
    'Answer with the script alone. Create each object with Object.create("Class"), set .name '
    "exactly as the user writes it, place it with .setLocation(x, y, 0), set properties with "
    '.setProperty("Name", value), and connect with contextdragconnection(a, b, "A") in the '
    'direction of flow, "S" between a station and its operator, transporter or dispatcher. '
    "Classes: Source (InterArrivalTime), Queue (MaxContent, LIFO), Processor (ProcessTime, "
    "SetupTime, MaxContent, UseProcessOperators), Sink, Combiner (CombineMode, ComponentsList), "
    "Separator (SeparateMode, SeparateQty), Rack, Conveyor::StraightConveyor, Dispatcher, "
    "TaskExecuter, Operator, Transporter, Robot. Times are seconds; distributions are strings such "
    'as "exponential(0, 10, getstream(current))". Do not set what the user does not say.'
)  # fmt: skip
_CODE = re.compile(r"\s*(?://|/\*|[^\n]*[;{}][ \t]*\n)")
"""How a script begins, where no fence stands before it: a comment or a statement."""
_FENCE = re.compile(r"```[A-Za-z]*\n(.*?)(?:```|\Z)", re.DOTALL)


@dataclass
class RemoteGenerator:
    """A chat model that writes scripts. `url` ends in /v1; `key` may be empty."""

    url: str
    name: str
    key: str = field(default="", repr=False)

    def generate(
        self,
        request: GenerationRequest,
        on_text: TextCallback | None = None,
        should_stop: StopCallback | None = None,
    ) -> GenerationResult:
        """Raises GenerationError with what to do, and GenerationCancelled."""
        began = time.perf_counter()
        timings: dict[str, float] = {}
        messages = _messages(request)
        stop = should_stop or (lambda: False)
        source = self._answer(messages, on_text, stop, timings, began)
        repairs = 0
        while (findings := _findings(source)) and repairs < REPAIRS:
            repairs += 1
            messages += [
                {"role": "assistant", "content": source},
                {
                    "role": "user",
                    "content": f"Mend these errors and answer with the whole script:\n{findings}",
                },
            ]
            source = self._answer(messages, None, stop, timings, began)
        if findings:
            raise GenerationError(
                f"The model's script has errors that it could not mend:\n{findings}\n"
                "Say it in other words, or in smaller steps."
            )
        timings |= {"decoding": time.perf_counter() - began, "interventions": float(repairs)}
        return GenerationResult(source, tuple(_assumed(source)), timings, self.name)

    def _answer(
        self,
        messages: list[dict[str, Any]],
        on_text: TextCallback | None,
        stop: StopCallback,
        timings: dict[str, float],
        began: float,
    ) -> str:
        """One answer's script; `on_text` gets the lines of it as they come."""
        text, told = "", 0
        for piece in self._pieces(messages):
            timings.setdefault("first_token", time.perf_counter() - began)
            text += piece
            if stop():
                raise GenerationCancelled
            script = _script_of(text, whole=False)
            whole_lines = script.rfind("\n") + 1
            if on_text and whole_lines > told:
                on_text(script[told:whole_lines])
                told = whole_lines
        script = _script_of(text, whole=True)
        if not script.strip():
            raise GenerationError("The model gave no script. Say it in other words.")
        if on_text and len(script) > told:
            on_text(script[told:])
        return script

    def _pieces(self, messages: list[dict[str, Any]]) -> Iterator[str]:
        """Text as the endpoint sends it (server-sent events)."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        body: dict[str, Any] = {"model": self.name, "messages": messages, "stream": True}
        body["temperature"] = 0
        try:
            with requests.post(
                f"{self.url.rstrip('/')}/chat/completions",
                json=body,
                headers=headers,
                stream=True,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            ) as response:
                if response.status_code != requests.codes.ok:
                    raise GenerationError(_refused(response))
                for line in response.iter_lines():
                    if line.startswith(b"data:") and b"[DONE]" not in line:
                        yield _content(line.removeprefix(b"data:"))
        except requests.RequestException as error:
            raise GenerationError(
                f"The language model at {self.url} does not answer ({type(error).__name__}). "
                "Try again, or tell whoever runs the server."
            ) from error


def _refused(response: requests.Response) -> str:
    hints = {401: "Its key is wrong.", 404: "The model's name or address is wrong."}
    hint = hints.get(response.status_code, "Try again later.")
    return f"The language model refused ({response.status_code}). {hint}"


def _content(line: bytes) -> str:
    try:
        choices = json.loads(line).get("choices") or [{}]
        return str(choices[0].get("delta", {}).get("content") or "")
    except (ValueError, AttributeError, IndexError) as error:
        raise GenerationError("The language model sent something that is no answer.") from error


def _messages(request: GenerationRequest) -> list[dict[str, Any]]:
    prompt = f"Give me a Flexscript. {request.prompt.strip()}"
    if request.base_source:
        prompt = (
            f"Change this script:\n{request.base_source}\nWhat to change: {request.prompt.strip()}"
        )
    content: list[dict[str, Any]] = [{"type": "text", "text": prompt}]
    if request.sketch is not None:
        content.append({"type": "image_url", "image_url": {"url": _data_url(request.sketch)}})
    return [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": content if request.sketch is not None else prompt},
    ]


def _data_url(sketch: Image) -> str:
    small = sketch.convert("RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    buffer = io.BytesIO()
    small.save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _script_of(text: str, *, whole: bool) -> str:
    """The script inside an answer: what stands in its code fence, or all of it."""
    found = _FENCE.search(text)
    if found:
        return found[1]
    if whole:
        return text.strip() + "\n"
    return text if _CODE.match(text) else ""


def _findings(source: str) -> str:
    """Errors of a script, one a line; empty where it builds a model."""
    from ..flexscript import check, execute

    errors = [item for item in check(source) if item.severity == "error"]
    if not errors and execute(source).model is None:
        return "The script builds no model."
    return "\n".join(
        f"line {item.span.line}: {item.message}{f' ({item.hint})' if item.hint else ''}"
        for item in errors
    )


def _assumed(source: str) -> Iterator[Assumption]:
    from ..flexscript import execute
    from .assumptions import default_assumptions

    model = execute(source).model
    if model is not None:
        yield from default_assumptions(model)


@cache
def load_generator() -> Generator:
    """The endpoint that the environment names. Raises FileNotFoundError where none is named."""
    url, name = os.environ.get("GENDT_MODEL_URL", ""), os.environ.get("GENDT_MODEL_NAME", "")
    if not url or not name:
        raise FileNotFoundError("GENDT_MODEL_URL and GENDT_MODEL_NAME name the language model.")
    return RemoteGenerator(url, name, os.environ.get("GENDT_MODEL_KEY", ""))
