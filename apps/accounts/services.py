"""Writes to accounts."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import ApiToken, User
from apps.accounts.selectors import token_digest
from apps.common.errors import ApplicationError
from apps.realtime.events import recheck_user

PREFIX = "gdt_"
MOST_TOKENS = 50
USED_AGAIN = timedelta(minutes=1)


@transaction.atomic
def profile_update(*, user: User, display_name: str, language: str, theme: str) -> User:
    user.display_name = display_name.strip()
    user.language = language
    user.theme = theme
    user.full_clean(exclude=["password"])
    user.save(update_fields=["display_name", "language", "theme"])
    return user


@transaction.atomic
def password_change(*, user: User, password: str, request: HttpRequest | None = None) -> None:
    """Set a password. All other sessions and their sockets end; the request's own goes on."""
    user.set_password(password)
    user.save(update_fields=["password"])
    if request is not None:
        update_session_auth_hash(request, user)
    recheck_user(user.pk)


@transaction.atomic
def token_create(
    *, user: User, name: str, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its raw text, which cannot be had again."""
    if user.api_tokens.count() >= MOST_TOKENS:
        raise ApplicationError(_("You have very many tokens already."), hint=_("Delete some."))
    if expires_at is not None and expires_at <= timezone.now():
        raise ApplicationError(_("The expiry lies in the past."), field="expires_at")
    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(user=user, name=name.strip(), digest=token_digest(raw), expires_at=expires_at)
    token.prefix = raw[: len(PREFIX) + 6]
    token.full_clean()
    token.save()
    return token, raw


@transaction.atomic
def token_revoke(*, token: ApiToken) -> None:
    token.delete()


def token_touch(*, token: ApiToken) -> None:
    """Note that a token was used, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USED_AGAIN:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
