"""Pages that belong to no other app: health, errors, and where the root leads."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.common.errors import ApplicationError, NotFound, PermissionDenied
from apps.common.middleware import error_response


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 where the database answers, 503 where not. Tells nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_response(request, ApplicationError(_("The request cannot be read.")))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_response(request, PermissionDenied(_("You may not do this.")))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_response(request, NotFound())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    message = _("The form was open too long or cookies are blocked.")
    error = PermissionDenied(message, "csrf", _("Load the page again and send it once more."))
    return error_response(request, error)


def server_error(request: HttpRequest) -> HttpResponse:
    """Last resort: renders without the database, the session or the user."""
    from django.template import loader

    if request.path.startswith("/api/"):
        message = _("Something went wrong on our side.")
        body = {"code": "internal", "message": message, "hint": None, "fields": None}
        return JsonResponse({"error": body}, status=500)
    return HttpResponse(loader.render_to_string("500.html"), status=500)
