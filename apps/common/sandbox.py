"""The process that `apart` calls functions in: `python -m apps.common.sandbox BYTES`, no Django.

Reads lines of JSON from its input: {"function": "module:name", "arguments": […]}; answers each with
one: {"answer": …}, {"memory": true} where BYTES were too few, or {"fault": traceback}.
"""

import importlib
import json
import os
import queue
import resource
import sys
import threading
import traceback
from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]


def main() -> None:
    limit_memory(int(sys.argv[1]))
    for line in orders():
        say(answer(json.loads(line)))


def limit_memory(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def orders() -> Iterator[str]:
    """The lines of the input. Whoever writes them holds its other end: when that process dies or
    lets go, this one ends as well, even amid an order."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        # Not sys.stdin, which the interpreter wants to lock when it ends.
        with open(0, encoding="utf-8", closefd=False) as file:
            for line in file:
                lines.put(line)
        os._exit(3)

    threading.Thread(target=read, name="orders", daemon=True).start()
    return iter(lines.get, None)


def answer(order: JSON) -> str:
    module, _colon, name = order["function"].partition(":")
    try:
        function = getattr(importlib.import_module(module), name)
        return json.dumps({"answer": function(*order["arguments"])})
    except MemoryError:
        return json.dumps({"memory": True})
    except Exception:  # noqa: BLE001 – the caller tells of it
        return json.dumps({"fault": traceback.format_exc()})


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
