"""Parts of management commands that need neither database nor server."""

import sys
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand


class PlainCommand(BaseCommand):
    """A command that runs without any service. Refuses with a reason and exit code 1."""

    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def refuse(self, reason: str) -> NoReturn:
        self.stderr.write(reason)
        sys.exit(1)

    def read(self, path: Path) -> str:
        """The text of a file; refuses where it cannot be read."""
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            self.refuse(f"{path}: {error.strerror or error}")
