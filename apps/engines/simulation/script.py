"""From a FlexScript file to a model, for this engine's commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from .code import CodeRunner
from .model import Model


def load(path: Path) -> tuple[Model | None, Callable[[], CodeRunner]]:
    """The model that a script builds, None where it has errors, and what makes a runner of its
    code; findings go to standard error, as file:line:col: severity: message.
    """
    # The language stands above this engine; only its commands put the two together.
    language: Any = import_module("apps.engines.flexscript")
    executed = language.execute(path.read_text(encoding="utf-8"), str(path))
    line_of = import_module("apps.engines.flexscript.cli").line_of
    for diagnostic in executed.diagnostics:
        sys.stderr.write(f"{line_of(path, diagnostic)}\n")
    failed = any(item.severity == "error" for item in executed.diagnostics)
    return None if failed else executed.model, language.code_runner
