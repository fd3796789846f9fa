"""What this app needs to know of a user; the model itself belongs to a higher app."""

from typing import Any, Protocol


class Person(Protocol):
    """Somebody signed in."""

    pk: Any
    is_active: bool
    is_authenticated: bool
    language: str
    name: str

    def get_session_auth_hash(self) -> str: ...
