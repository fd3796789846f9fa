"""Calls of functions in a process of their own, for what strangers wrote: it may hang, eat memory
or crash the interpreter, and only that process ends.

    layout = call(checks.layout, source)

The functions lie in modules without Django and take and return JSON. Each process of the server has
a few such helpers: begun when they are first needed, warm from then on, begun anew after an
accident, ended with the process that they belong to.
"""

import atexit
import contextlib
import json
import os
import queue
import select
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError, TooMany
from apps.common.process import crashed, kill, start

JSON = dict[str, Any]
T = TypeVar("T")
SANDBOX = "apps.common.sandbox"


@dataclass(frozen=True)
class Limits:
    """Of a call: seconds, bytes of address space, characters of its answer. Of all: how many are
    done at once, and the seconds that one waits for its turn; a page waits 20 s for both."""

    seconds: float = 12.0
    memory: int = 1024**3
    answer: int = 32 * 1024**2
    helpers: int = 2
    wait: float = 6.0


class Stopped(ApplicationError):
    """The call took more than it may; its process is gone."""


class Helper:
    """A process for one call at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[str] | None = None
        self.late = False

    def ask(self, order: str) -> JSON:
        """Raises Stopped. Whatever is raised ends the process: its answer must reach no other."""
        warm = self.process is not None
        try:
            line = self.converse(order)
            if not line and warm and not self.late:
                # Killed while it waited, perhaps: only a fresh process dies of its order for sure.
                self.end()
                line = self.converse(order)
            return self.understand(line)
        except BaseException:
            self.end()
            raise

    def converse(self, order: str) -> str:
        """The line that answers; less where the process dies of it, takes too long or says more
        than it may. A line is written when it is whole, so that only its beginning is waited for.
        """
        process = self.process = self.process or start(SANDBOX, str(self.limits.memory))
        assert process.stdin is not None
        assert process.stdout is not None
        waiting = select.poll()
        waiting.register(process.stdout, select.POLLIN)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(order + "\n")
            process.stdin.flush()
        self.late = not waiting.poll(self.limits.seconds * 1000)
        return "" if self.late else process.stdout.readline(self.limits.answer)

    def understand(self, line: str) -> JSON:
        answer: JSON = json.loads(line) if line.endswith("\n") else {}
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        if "answer" in answer:
            return answer
        assert self.process is not None
        if self.late:
            text = _("The script took longer than %(n)d s and was stopped.")
            hint = _("Does a loop never end? Split the model or build less of it.")
            raise Stopped(text % {"n": self.limits.seconds}, "too_slow", hint)
        if answer or len(line) == self.limits.answer or crashed(self.process):
            text = _("The script needs more memory than it may use.")
            hint = _("Build fewer objects, shorter arrays and shorter texts.")
            raise Stopped(text, "memory", hint)
        raise RuntimeError(f"The helper's process ended with {self.process.returncode}.")

    def end(self) -> None:
        if self.process is not None:
            kill(self.process)
            self.process = None

    def leave(self) -> None:
        """In a forked process: let go of what stays the parent's."""
        if self.process is None:
            return
        nothing = os.open(os.devnull, os.O_RDWR)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            os.dup2(nothing, pipe.fileno(), inheritable=False)
        os.close(nothing)
        self.process.returncode = 0  # no child of ours: there is nothing to wait for
        self.process = None


class Helpers:
    """As many processes as are needed at once, up to a bound; the one last used goes first."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.renew()

    def renew(self) -> None:
        self.all = [Helper(self.limits) for _number in range(self.limits.helpers)]
        self.free: queue.LifoQueue[Helper] = queue.LifoQueue()
        for helper in self.all:
            self.free.put(helper)

    def call(self, function: Callable[..., T], *arguments: Any) -> T:
        """`function(*arguments)`, called apart. Raises Stopped, or TooMany after a long wait."""
        name = f"{function.__module__}:{function.__name__}"
        order = json.dumps({"function": name, "arguments": arguments})
        try:
            helper = self.free.get(timeout=self.limits.wait)
        except queue.Empty:
            text = _("Too many scripts are being read just now.")
            raise TooMany(text, "busy", _("Try again in a moment.")) from None
        try:
            answer: T = helper.ask(order)["answer"]
            return answer
        finally:
            self.free.put(helper)

    def end(self) -> None:
        for helper in self.all:
            helper.end()

    def leave(self) -> None:
        """In a forked process: the helpers are the parent's, we begin with none."""
        for helper in self.all:
            helper.leave()
        self.renew()


_helpers = Helpers()
call = _helpers.call
atexit.register(_helpers.end)
os.register_at_fork(after_in_child=_helpers.leave)
