"""One shape for every refusal of the API: {"error": {"code", "message", "hint", "fields"}}."""

from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler as rest_exception_handler

from apps.common.errors import ApplicationError, NotFound, PermissionDenied


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """None lets Django treat it as a server error."""
    if isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, DjangoPermissionDenied):
        error = PermissionDenied()
    elif isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(as_serializer_error(error))
    if isinstance(error, ApplicationError):
        return Response({"error": error.to_json()}, status=error.status)
    response = rest_exception_handler(error, context)
    if response is not None and isinstance(error, exceptions.APIException):
        response.data = {"error": describe(error)}
    return response


def describe(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = field_messages(error.detail)
        message = next(iter(fields.values()))[0] if fields else _("Some values cannot be used.")
        return {"code": "invalid", "message": message, "hint": None, "fields": fields}
    code = error.get_codes()
    return {
        "code": code if isinstance(code, str) else "error",
        "message": str(error.detail),
        "hint": None,
        "fields": None,
    }


def field_messages(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """Flatten nested messages: {"items.0.name": ["…"]}; those of no field under "form"."""
    if isinstance(detail, dict):
        pairs = [
            (f"{prefix}.{key}" if prefix else str(key), value) for key, value in detail.items()
        ]
        return {k: v for key, value in pairs for k, v in field_messages(value, key).items()}
    if isinstance(detail, list) and any(isinstance(item, dict) for item in detail):
        numbered = {str(number): item for number, item in enumerate(detail) if item}
        return field_messages(numbered, prefix)
    name = "form" if prefix in {"", "non_field_errors"} else prefix
    messages = detail if isinstance(detail, list) else [detail]
    return {name: [str(message) for message in messages]}
