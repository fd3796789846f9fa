"""A model behind an OpenAI-compatible endpoint: a real HTTP server on loopback stands for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PIL import Image

from apps.engines.vlsm.api import GenerationCancelled, GenerationError, GenerationRequest
from apps.engines.vlsm.remote import RemoteGenerator, load_generator

SCRIPT = (
    'Object s = Object.create("Source");\ns.name = "In";\n'
    'Object k = Object.create("Sink");\nk.name = "Out";\ncontextdragconnection(s, k, "A");\n'
)


@dataclass
class Endpoint:
    """What the server answers, and what it was asked."""

    answers: list[str]
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    wanted = Endpoint([SCRIPT])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            wanted.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            wanted.keys.append(self.headers.get("Authorization", ""))
            self.send_response(wanted.status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            answer = wanted.answers[min(len(wanted.asked), len(wanted.answers)) - 1]
            for start in range(0, len(answer), 7):
                delta = {"choices": [{"delta": {"content": answer[start : start + 7]}}]}
                self.wfile.write(f"data: {json.dumps(delta)}\n\n".encode())
            self.wfile.write(b"data: [DONE]\n\n")

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    wanted.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield wanted
    server.shutdown()
    server.server_close()
    thread.join()


def generator(endpoint: Endpoint) -> RemoteGenerator:
    return RemoteGenerator(endpoint.url, "coder", "secret")


def test_the_script_streams_and_is_checked(endpoint: Endpoint) -> None:
    endpoint.answers = [f"Here it is:\n```flexscript\n{SCRIPT}```\nDone."]
    seen: list[str] = []

    result = generator(endpoint).generate(GenerationRequest("A source and a sink."), seen.append)

    assert "".join(seen) == result.source == SCRIPT
    assert len(seen) > 2
    assert endpoint.keys == ["Bearer secret"]
    assert endpoint.asked[0]["messages"][1]["content"].startswith("Give me a Flexscript. A source")
    assert result.timings["first_token"] <= result.timings["decoding"]
    assert [note.object for note in result.assumptions] == ["In"]


def test_a_script_without_a_fence_streams_too(endpoint: Endpoint) -> None:
    seen: list[str] = []

    generator(endpoint).generate(GenerationRequest("A source and a sink."), seen.append)

    assert "".join(seen) == SCRIPT
    assert len(seen) > 2


def test_a_sketch_goes_along_as_a_picture(endpoint: Endpoint) -> None:
    generator(endpoint).generate(GenerationRequest("As drawn.", Image.new("RGB", (2000, 900))))

    kinds = [part["type"] for part in endpoint.asked[0]["messages"][1]["content"]]
    assert kinds == ["text", "image_url"]


def test_an_earlier_script_goes_along(endpoint: Endpoint) -> None:
    generator(endpoint).generate(GenerationRequest("Rename In.", base_source=SCRIPT))

    assert SCRIPT in endpoint.asked[0]["messages"][1]["content"]


def test_errors_are_sent_back_to_be_mended(endpoint: Endpoint) -> None:
    endpoint.answers = ['Object s = createObject("Source");\n', SCRIPT]

    result = generator(endpoint).generate(GenerationRequest("A source and a sink."))

    assert result.source == SCRIPT
    assert result.timings["interventions"] == 1
    assert "line 1" in endpoint.asked[1]["messages"][-1]["content"]
    assert "Object.create" in endpoint.asked[1]["messages"][-1]["content"]


def test_what_cannot_be_mended_is_told(endpoint: Endpoint) -> None:
    endpoint.answers = ['Object s = createObject("Source");\n']

    with pytest.raises(GenerationError, match="could not mend"):
        generator(endpoint).generate(GenerationRequest("A source."))
    assert len(endpoint.asked) == 3


@pytest.mark.parametrize(
    ("status", "hint"), [(401, "key"), (404, "name or address"), (500, "later")]
)
def test_refusals_say_what_to_do(endpoint: Endpoint, status: int, hint: str) -> None:
    endpoint.status = status

    with pytest.raises(GenerationError, match=hint):
        generator(endpoint).generate(GenerationRequest("A source."))


def test_nobody_there(endpoint: Endpoint) -> None:
    nobody = RemoteGenerator("http://127.0.0.1:9/v1", "coder")

    with pytest.raises(GenerationError, match="does not answer"):
        nobody.generate(GenerationRequest("A source."))


def test_stopping(endpoint: Endpoint) -> None:
    with pytest.raises(GenerationCancelled):
        generator(endpoint).generate(GenerationRequest("A source."), should_stop=lambda: True)


def test_an_endpoint_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GENDT_MODEL_URL", raising=False)
    load_generator.cache_clear()

    with pytest.raises(FileNotFoundError, match="GENDT_MODEL_URL"):
        load_generator()
