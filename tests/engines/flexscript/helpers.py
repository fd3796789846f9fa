"""Running snippets: what they print, and the first thing found wrong."""

from apps.engines.flexscript import Limits, execute

SETUP = """Object source = Object.create("Source"); Object queue = Object.create("Queue");
Object machine = Object.create("Processor"); Object nothing;
"""


def printed(source, limits=None):
    """The lines that a script prints; it must not fail."""
    result = execute(source, limits=limits)
    assert not [item for item in result.diagnostics if item.severity == "error"], source
    return result.output


def value(expression, before=""):
    """What an expression gives, as text."""
    return printed(f"{SETUP}{before}print({expression});")[0]


def error(source, limits=None):
    """The diagnostic that ended a script."""
    result = execute(source, limits=limits)
    assert result.model is None, source
    return result.diagnostics[-1]


QUICK = Limits(steps=20_000, seconds=3)
