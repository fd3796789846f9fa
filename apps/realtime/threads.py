"""Database work of sockets, away from the event loop."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections


def in_thread(function: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """Run a function in a thread with a database connection of its own, closed behind it.

    Not in the one thread that sync_to_async shares by default: a slow command of one socket
    must not hold up all others.
    """

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    wrapped: Callable[..., Awaitable[Any]] = sync_to_async(run, thread_sensitive=False)
    return wrapped
