"""Whether the person behind a connection is still signed in."""

from typing import Any, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

from apps.realtime.people import Person


def reload_user(user_id: Any, session_key: str | None) -> Person | None:
    """The user as stored now, or None when gone, inactive or signed out of that session."""
    user = cast(Person | None, get_user_model().objects.filter(pk=user_id, is_active=True).first())
    if user is None or session_key is None:
        return user
    session = SessionStore(session_key).load()
    if session.get(SESSION_KEY) != str(user.pk):
        return None
    known = str(session.get(HASH_SESSION_KEY, ""))
    return user if constant_time_compare(known, user.get_session_auth_hash()) else None
