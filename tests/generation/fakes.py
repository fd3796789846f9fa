"""Generators for tests: quick, and each with one kind of outcome."""

import time

from apps.engines.vlsm.api import (
    Assumption,
    GenerationCancelled,
    GenerationError,
    GenerationQuestion,
    GenerationResult,
)

LINE = """// Objects
Object source = Object.create("Source");
source.name = "Ore Bin";
source.setLocation(0, 0, 0);
source.setProperty("InterArrivalTime", "exponential(0, 10, getstream(current))");

Object mill = Object.create("Processor");
mill.name = "Mill";
mill.setLocation(6, 0, 0);
mill.setProperty("ProcessTime", 5);

Object sink = Object.create("Sink");
sink.name = "Concentrate";
sink.setLocation(12, 0, 0);

// Connections
contextdragconnection(source, mill, "A");
contextdragconnection(mill, sink, "A");
"""


class LineGenerator:
    """Writes a line of three objects; after a base, the base and a comment of the prompt."""

    name = "line"

    def __init__(self):
        self.requests = []

    def generate(self, request, on_text=None, should_stop=None):
        self.requests.append(request)
        source = (
            LINE if request.base_source is None else f"{request.base_source}// {request.prompt}\n"
        )
        for line in source.splitlines(keepends=True):
            if on_text:
                on_text(line)
            if should_stop and should_stop():
                raise GenerationCancelled
        told = (Assumption("default", "“Mill” has no setup time.", "Mill", 0.4),)
        return GenerationResult(source, told, {}, self.name)


class RefusingGenerator:
    name = "refusing"

    def generate(self, request, on_text=None, should_stop=None):
        raise GenerationError("No object was found in the prompt.")


class AskingGenerator:
    name = "asking"

    def generate(self, request, on_text=None, should_stop=None):
        raise GenerationQuestion("Mill: 5 s or 8 s?")


class FixedGenerator:
    """Always the same script, with nothing assumed."""

    name = "fixed"

    def __init__(self, source):
        self.source = source

    def generate(self, request, on_text=None, should_stop=None):
        return GenerationResult(self.source, (), {}, self.name)


class BrokenGenerator:
    name = "broken"

    def generate(self, request, on_text=None, should_stop=None):
        raise RuntimeError("weights are cursed")


class WaitingGenerator:
    """Calls `meanwhile` in the middle of writing."""

    name = "waiting"

    def __init__(self, meanwhile):
        self.meanwhile = meanwhile

    def generate(self, request, on_text=None, should_stop=None):
        on_text("// half a script\n")
        self.meanwhile()
        if should_stop():
            raise GenerationCancelled
        return GenerationResult(LINE, (), {}, self.name)


line_generator = LineGenerator()


def load_line():
    return line_generator


def load_missing():
    raise FileNotFoundError("no weights")


class SlowGenerator:
    """Writes a line a second, for as long as nobody stops it."""

    name = "slow"

    def generate(self, request, on_text=None, should_stop=None):
        for number in range(600):
            on_text(f"// line {number}\n")
            time.sleep(1)
            if should_stop():
                raise GenerationCancelled
        raise GenerationError("Too slow.")
