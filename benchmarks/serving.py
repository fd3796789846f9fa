"""How long people wait for a script, with 1, 4 and 16 of them at once.

`make bench-serving` starts the product as `make run` does (one process, SQLite), or with --services
as a server and a worker on PostgreSQL and Redis. Every user has a project of their own, uploads a
sketch, writes for half a minute, sends one held-out prompt over the socket as the page does, waits
for the version, and sends again.
Time to first token: from sending to the first text of the script; whole script: to the version.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import requests  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402

from apps.engines.vlsm.evaluation import Case, cases  # noqa: E402
from tests.e2e.services import fresh_services, services_stack  # noqa: E402
from tests.e2e.stack import Stack, embedded_stack  # noqa: E402

OBJECTS = 14
CROWDS = (1, 4, 16)
TURNS = 3
GIVE_UP_S = 600.0
WRITING_S = 30.0
SEEDER = """
from apps.accounts.services import token_create
from apps.generation.services import draft_create

def print_users(count):
    users = []
    for number in range(count):
        user = make_user(f"reader-{number}", "owner")
        project = project_create(actor=user, name=f"Plant {number}", description="")
        draft = draft_create(project=project, actor=user, title="Plant")
        found = {"project": str(project.pk), "chat": str(draft.conversation.pk)}
        found["token"] = token_create(user=user, name="bench")[1]
        users.append(describe(user) | found)
    print(json.dumps(users))
"""


@dataclass(frozen=True)
class Waited:
    """Seconds from sending a prompt; `first` is to the first text, `whole` to the version."""

    first: float
    whole: float


def case_of(objects: int) -> Case:
    """A held-out prompt and sketch of a factory with this many stations."""
    found = cases(1000, sources=("both",))
    return next(case for case in found if len(case.factory.stations) == objects)


class Reader:
    """One user's socket."""

    def __init__(self, socket: ClientConnection, user: dict[str, str]) -> None:
        self.socket, self.user = socket, user

    async def ask(self, prompt: str, drawn: bool) -> Waited:
        sent = time.perf_counter()
        payload = {"conversation": self.user["chat"], "text": prompt, "kind": "prompt"}
        if drawn:
            payload["sketch"] = self.user["sketch"]
        reply = await self.command("chat.send", payload)
        job, first = reply["job"]["id"], 0.0
        async with asyncio.timeout(GIVE_UP_S):
            while True:
                event, told = await self.event()
                if event == "generation.text" and told["job"] == job:
                    first = first or time.perf_counter() - sent
                elif event == "generation.finished" and told["job"]["id"] == job:
                    whole = time.perf_counter() - sent
                    return Waited(first or whole, whole)
                elif event == "generation.failed":
                    raise RuntimeError(told)

    async def event(self) -> tuple[str, dict[str, Any]]:
        while "event" not in (message := json.loads(await self.socket.recv())):
            pass
        return message["event"], message["payload"]

    async def command(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The reply's data; what was told before it is of no interest here."""
        await self.socket.send(json.dumps({"id": name, "command": name, "payload": payload}))
        while (message := json.loads(await self.socket.recv())).get("reply_to") != name:
            pass
        if not message["ok"]:
            raise RuntimeError(message["error"])
        data: dict[str, Any] = message["data"]
        return data


async def session(stack: Stack, user: dict[str, str], prompt: str, drawn: bool) -> list[Waited]:
    address = f"ws://127.0.0.1:{stack.port}/ws/"
    headers = {"Cookie": f"{user['cookie']}={user['session']}"}
    async with connect(address, origin=stack.url, additional_headers=headers) as socket:  # type: ignore[arg-type]
        reader = Reader(socket, user)
        topic = {"topic": f"project:{user['project']}"}
        await reader.command("realtime.subscribe", topic)
        return [await reader.ask(prompt, drawn) for _ in range(TURNS)]


async def crowd(
    stack: Stack, users: list[dict[str, str]], prompt: str, drawn: bool
) -> list[Waited]:
    sessions = [session(stack, user, prompt, drawn) for user in users]
    return [waited for each in await asyncio.gather(*sessions) for waited in each]


def quantiles(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{statistics.median(ordered):.2f} / {late:.2f}"


def upload(stack: Stack, user: dict[str, str], picture: Path) -> None:
    address = f"{stack.url}/api/v1/projects/{user['project']}/sketches/"
    headers = {"Authorization": f"Token {user['token']}"}
    with picture.open("rb") as file:
        answer = requests.post(address, headers=headers, files={"file": file}, timeout=60)
    answer.raise_for_status()
    user["sketch"] = answer.json()["id"]


def measure(stack: Stack, prompt: str, picture: Path) -> Iterator[str]:
    program = (ROOT / "tests/e2e/seed.py").read_text(encoding="utf-8") + SEEDER
    program += f"\nprint_users({max(CROWDS)})\n"
    users = json.loads(stack.manage("shell", "--command", program).splitlines()[-1])
    for user in users:
        upload(stack, user, picture)
    asyncio.run(crowd(stack, users[:1], prompt, drawn=True))  # the models are loaded once
    time.sleep(WRITING_S)
    for drawn in (False, True):
        for count in CROWDS:
            waited = asyncio.run(crowd(stack, users[:count], prompt, drawn))
            first, whole = [w.first for w in waited], [w.whole for w in waited]
            yield (
                f"| {'prompt and sketch' if drawn else 'prompt'} | {count} | {len(waited)} "
                f"| {quantiles(first)} | {quantiles(whole)} |"
            )


@contextlib.contextmanager
def running(services: bool, folder: Path) -> Iterator[Stack]:
    with contextlib.ExitStack() as cleanup:
        if services:
            stack = services_stack(folder, cleanup.enter_context(fresh_services()))
        else:
            stack = embedded_stack(folder)
        stack.start()
        cleanup.callback(stack.stop)
        yield stack


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", action="store_true", help="server and worker on services")
    options = parser.parse_args()
    case = case_of(OBJECTS)
    assert case.sketch is not None
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "sketch.png"
        case.sketch.save(picture)
        with running(options.services, Path(folder)) as stack:
            print(f"{OBJECTS} objects; the prompt:\n\n> {case.prompt}\n")
            print("| request | users | scripts | first token, p50 / p95 s | whole script |")
            print("|---|---|---|---|---|")
            for line in measure(stack, case.prompt, picture):
                print(line, flush=True)


if __name__ == "__main__":
    main()
