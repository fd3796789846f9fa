"""Delete what is kept only for a time: old events, dead presences, ended sessions."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.realtime.services import events_prune, presences_prune


class Command(BaseCommand):
    help = "Prune old events, presences of dead connections and ended sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        days = settings.REALTIME["keep_days"]
        parser.add_argument("--days", type=int, default=days, help=f"keep events so long ({days})")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        if days < 1:
            raise CommandError("--days must be at least 1")
        events = events_prune(keep=timedelta(days=days))
        presences = presences_prune()
        call_command("clearsessions")
        self.stdout.write(f"{events} events and {presences} presences pruned.")
