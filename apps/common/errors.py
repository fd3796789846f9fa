"""Refusals that people are told of: what is wrong, how to go on, and where in the form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

Text = Any  # str or a lazy translation


class ApplicationError(Exception):
    """A refusal. `code` is for programs, `message` and `hint` are for people."""

    status = 400
    default_code = "invalid"
    default_message: Text = _("This cannot be done.")

    def __init__(
        self,
        message: Text | None = None,
        code: str | None = None,
        hint: Text | None = None,
        field: str | None = None,
    ) -> None:
        self.message = self.default_message if message is None else message
        self.code = code or self.default_code
        self.hint = hint
        self.field = field
        super().__init__(str(self.message))

    def to_json(self) -> dict[str, Any]:
        """{"code", "message", "hint", "fields"}, the same for REST, sockets and jobs."""
        return {
            "code": self.code,
            "message": str(self.message),
            "hint": None if self.hint is None else str(self.hint),
            "fields": {self.field: [str(self.message)]} if self.field else None,
        }


class NotFound(ApplicationError):
    """It does not exist, or the asker may not know that it does."""

    status = 404
    default_code = "not_found"
    default_message = _("There is nothing here, or it is not shared with you.")


class PermissionDenied(ApplicationError):
    """A member asks for something that the role does not allow."""

    status = 403
    default_code = "permission_denied"
    default_message = _("Your role in this project does not allow this.")


class Conflict(ApplicationError):
    """It was possible before, but not in the present state."""

    status = 409
    default_code = "conflict"


class TooLarge(ApplicationError):
    """More than is accepted at once."""

    status = 413
    default_code = "too_large"
    default_message = _("That is larger than what is accepted.")


class TooMany(ApplicationError):
    """Asked too often."""

    status = 429
    default_code = "too_many_requests"
    default_message = _("That was too much at once. Wait a little and try again.")
