"""`Authorization: Token gdt_…`"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts.models import ApiToken, User
from apps.accounts.selectors import token_find
from apps.accounts.services import token_touch

KEYWORD = b"token"


class ApiTokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None where the header is of another kind; AuthenticationFailed where it is wrong."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD:
            return None
        token = token_find(parts[1].decode("latin-1")) if len(parts) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        token_touch(token=token)
        return token.user, token

    def authenticate_header(self, request: Any) -> str:  # noqa: ARG002
        return "Token"
