"""Middleware that every request passes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from whitenoise.middleware import WhiteNoiseMiddleware

from apps.common.errors import ApplicationError, TooLarge

GetResponse = Callable[[HttpRequest], HttpResponse]
MEGABYTE = 1024 * 1024
LARGEST_UPLOAD = 24 * MEGABYTE
LARGEST_BODY = 3 * MEGABYTE


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, answering in one piece: Django's ASGI handler does not stream plain files."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        try:
            found = static_file.get_response(request.method, request.META)
        except FileNotFoundError:
            # A new build took it away after the start.
            return HttpResponseNotFound(content_type="text/plain")
        content = b""
        if found.file is not None:
            with found.file as opened:
                content = opened.read()
        response = HttpResponse(content, status=int(found.status))
        del response["content-type"]
        for name, value in found.headers:
            response[name] = value
        return response


class BodyLimitMiddleware:
    """Refuse what is far too large before anything reads it into memory."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self.limit(request):
            return error_response(request, self.refusal(request))
        return self.get_response(request)

    @staticmethod
    def limit(request: HttpRequest) -> int:
        multipart = request.headers.get("Content-Type", "").startswith("multipart/")
        return LARGEST_UPLOAD if multipart else LARGEST_BODY

    def refusal(self, request: HttpRequest) -> TooLarge:
        size = self.limit(request) // MEGABYTE
        return TooLarge(
            _("The request is larger than %(size)d MB.") % {"size": size},
            hint=_("Shorten the text or make the picture smaller."),
        )


class ApplicationErrorMiddleware:
    """Turn refusals that a page view raised into a page, or into JSON where that was asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ApplicationError):
            return error_response(request, error)
        return None


def error_response(request: HttpRequest, error: ApplicationError) -> HttpResponse:
    """A refusal as JSON for programs and as a page for people."""
    if request.path.startswith("/api/") or not request.accepts("text/html"):
        return JsonResponse({"error": error.to_json()}, status=error.status)
    context = {"error": error, "status": error.status}
    return render(request, error_template(error.status), context, status=error.status)


def error_template(status: int) -> str:
    return f"{status}.html" if status in {403, 404} else "400.html"
