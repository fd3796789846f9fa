"""Serve the product: Daphne and, where no broker is named, a worker in the same process."""

import logging
import os
import sys
from typing import Any

from channels.routing import get_default_application
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.common.embedded import EmbeddedWorker
from apps.realtime.services import presence_clear

logger = logging.getLogger(__name__)

# Large enough that the consumer can refuse a message with a reason instead of a closed line.
LARGEST_MESSAGE = 8 * 1024 * 1024


class Command(BaseCommand):
    help = "Serve pages, API and WebSocket; without GENDT_BROKER_URL run the jobs too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--access-log", action="store_true", help="print a line per request")
        parser.add_argument(
            "--proxy-headers", action="store_true", help="trust X-Forwarded-For of a proxy"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        # Daphne installs its reactor while it is imported, which has to be the first one.
        from daphne.server import Server

        application = get_default_application()
        worker = start_worker(settings.EMBEDDED_WORKER)
        server = make_server(Server, application, options)
        server.ready_callable = lambda: self.announce(options)
        server.run()
        stopped = worker.finish() if worker is not None else True
        if not server.listening_addresses:
            raise CommandError(f"Cannot listen on {options['host']}:{options['port']}.")
        if not stopped:
            leave_at_once()

    def announce(self, options: dict[str, Any]) -> None:
        host = "localhost" if options["host"] in {"0.0.0.0", "::"} else options["host"]  # noqa: S104
        self.stdout.write(f"Serving on http://{host}:{options['port']}/ – stop with Ctrl+C")
        self.stdout.flush()


def start_worker(embedded: bool) -> EmbeddedWorker | None:
    if not embedded:
        return None
    # The only process: whoever seems present is left over from an earlier one.
    presence_clear()
    worker = EmbeddedWorker()
    worker.start()
    return worker


def make_server(server_class: Any, application: Any, options: dict[str, Any]) -> Any:
    from daphne.access import AccessLogGenerator
    from daphne.endpoints import build_endpoint_description_strings

    proxied = options["proxy_headers"]
    return server_class(
        application=application,
        endpoints=build_endpoint_description_strings(host=options["host"], port=options["port"]),
        action_logger=AccessLogGenerator(sys.stdout) if options["access_log"] else None,
        proxy_forwarded_address_header="X-Forwarded-For" if proxied else None,
        proxy_forwarded_port_header="X-Forwarded-Port" if proxied else None,
        proxy_forwarded_proto_header="X-Forwarded-Proto" if proxied else None,
        websocket_max_message_size=LARGEST_MESSAGE,
        websocket_max_frame_size=LARGEST_MESSAGE,
        verbosity=0,
        server_name="",
    )


def leave_at_once() -> None:
    """End although a job runs: its thread cannot be stopped, and the next start recovers it."""
    logger.warning("A job was still running; it is recovered at the next start.")
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)
