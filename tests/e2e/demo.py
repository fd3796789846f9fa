"""The demo team as the browser tests visit it."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.people import Account
from tests.e2e.stack import Stack

SEED = Path(__file__).with_name("seed.py")


@dataclass(frozen=True)
class DemoProject:
    owner: Account
    project: str
    sketch: str
    draft: str
    run: str

    def path(self, template: str) -> str:
        return template.format(
            project=self.project, sketch=self.sketch, draft=self.draft, run=self.run
        )


def demo_project(stack: Stack) -> DemoProject:
    """Run `manage.py demo` in the stack; the first example project."""
    stack.manage("demo", seconds=300)
    program = SEED.read_text(encoding="utf-8") + "\nprint_demo()\n"
    found = json.loads(stack.manage("shell", "--command", program).splitlines()[-1])
    return DemoProject(owner=Account(**found.pop("owner")), **found)
