"""Slowing down who guesses passwords.

Failures are counted by address and user name, and by address alone; never by user name alone,
or a stranger could lock somebody out.
"""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the peer. Behind a proxy Daphne has put the forwarded one there."""
    return str(request.META.get("REMOTE_ADDR", ""))


def keys(request: HttpRequest, username: str) -> dict[str, int]:
    """Cache key → failures allowed."""
    address = client_address(request)
    pair = hashlib.sha256(f"{address}\0{username.strip().lower()}".encode()).hexdigest()
    alone = hashlib.sha256(address.encode()).hexdigest()
    return {
        f"login:pair:{pair}": settings.LOGIN_FAILURES,
        f"login:address:{alone}": settings.LOGIN_FAILURES_PER_ADDRESS,
    }


def is_locked(request: HttpRequest, username: str) -> bool:
    allowed = keys(request, username)
    counted = cache.get_many(allowed)
    return any(counted.get(key, 0) >= most for key, most in allowed.items())


def count_failure(request: HttpRequest, username: str) -> None:
    for key in keys(request, username):
        if not cache.add(key, 1, settings.LOGIN_LOCK_SECONDS):
            try:
                cache.incr(key)
            except ValueError:  # it expired in between
                cache.add(key, 1, settings.LOGIN_LOCK_SECONDS)


def forgive(request: HttpRequest, username: str) -> None:
    """Somebody proved who they are; the address keeps its count."""
    pair = next(iter(keys(request, username)))
    cache.delete(pair)
