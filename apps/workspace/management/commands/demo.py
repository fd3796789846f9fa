"""Create the demo team and its example projects where they are missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.errors import ApplicationError
from apps.workspace.demo.accounts import DemoAccount, demo_accounts
from apps.workspace.demo.build import build_example, example_exists
from apps.workspace.demo.examples import EXAMPLES, Example


class Command(BaseCommand):
    help = "Create a demo team with example projects (development only; safe to repeat)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts-only", action="store_true", help="create no example projects"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = demo_accounts()
        except ApplicationError as error:
            raise CommandError(str(error)) from error
        if not options["accounts_only"]:
            for example in EXAMPLES:
                self.ensure(example, accounts)
        self.print_sign_in(accounts)

    def ensure(self, example: Example, accounts: list[DemoAccount]) -> None:
        if example_exists(example, accounts):
            return
        self.stdout.write(f"Creating the example “{example.name}” …")
        try:
            build_example(example, accounts)
        except ApplicationError as error:
            # The product can be used without an example, so the start goes on.
            self.stderr.write(f"The example “{example.name}” was left out: {error}")

    def print_sign_in(self, accounts: list[DemoAccount]) -> None:
        width = max(len(account.user.username) for account in accounts)
        self.stdout.write("\nSign in with one of the demo accounts:")
        for account in accounts:
            self.stdout.write(f"  {account.user.username:<{width}}  {account.password}")
