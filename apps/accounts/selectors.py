"""Reads of accounts."""

import hashlib
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.models import ApiToken, User
from apps.common.errors import NotFound


def token_digest(raw: str) -> str:
    """SHA-256 is enough: tokens are long and random, so there is nothing to guess."""
    return hashlib.sha256(raw.encode()).hexdigest()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user)


def token_get(user: User, pk: UUID) -> ApiToken:
    """A token of the user's own. Raises NotFound."""
    token = tokens_of(user).filter(pk=pk).first()
    if token is None:
        raise NotFound
    return token


def token_find(raw: str) -> ApiToken | None:
    """The valid token of an active user for what a program sent."""
    living = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    tokens = ApiToken.objects.filter(living, digest=token_digest(raw), user__is_active=True)
    return tokens.select_related("user").first()
