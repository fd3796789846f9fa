"""Health, errors, limits, content policy and the API's description."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from drf_spectacular.generators import SchemaGenerator

from apps.common import docs, views
from apps.common.api import field_messages
from apps.common.errors import ApplicationError, Conflict, NotFound
from apps.common.middleware import ApplicationErrorMiddleware, StaticFilesMiddleware


@pytest.fixture
def client(db):
    return Client(raise_request_exception=False)


def test_health(client):
    response = client.get("/health/")

    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_health_without_a_database(client, monkeypatch):
    class Broken:
        def cursor(self):
            raise OperationalError("gone")

    monkeypatch.setattr(views, "connection", Broken())

    assert client.get("/health/").status_code == 503


@pytest.mark.parametrize("path", ["/nothing/", "/projects/nothing/", "/media/x.png"])
def test_unknown_pages(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


def test_unknown_api_addresses_answer_json(client):
    response = client.get("/api/v1/nothing/")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_strict_policy_on_every_page(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy


def test_other_headers(client):
    response = client.get("/accounts/login/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_form_without_its_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"username": "a"})

    assert response.status_code == 403
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "json"), [("/accounts/login/", False), ("/api/v1/projects/", True)]
)
def test_five_megabytes_of_form_are_refused(client, path, json):
    response = client.post(path, "x" * 5_000_000, content_type="application/json")

    assert response.status_code == 413
    if json:
        assert response.json()["error"]["code"] == "too_large"


def test_an_accident_shows_a_page_without_details(client, monkeypatch):
    monkeypatch.setattr("apps.projects.selectors.invitation_find", lambda token: 1 / 0)

    response = client.get("/invitations/abc/")

    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.content.decode()


def test_an_accident_in_the_api_is_json():
    response = views.server_error(RequestFactory().get("/api/v1/x/"))

    assert response.status_code == 500
    assert b'"code": "internal"' in response.content


@pytest.mark.parametrize(
    ("error", "status"),
    [(Conflict("Not now.", hint="Wait."), 409), (NotFound(), 404), (ApplicationError("No."), 400)],
)
def test_refusals_become_pages_and_json(db, error, status):
    middleware = ApplicationErrorMiddleware(lambda request: None)
    page, program = RequestFactory().get("/x/"), RequestFactory().get("/api/v1/x/")
    page.user = program.user = AnonymousUser()

    shown = middleware.process_exception(page, error)
    told = middleware.process_exception(program, error)

    assert shown.status_code == told.status_code == status
    assert b"<h1>" in shown.content
    assert told["Content-Type"] == "application/json"
    assert middleware.process_exception(page, Http404()) is None


def test_nested_messages_are_flattened():
    detail = {"name": ["No."], "items": [{}, {"size": ["Too big."]}], "non_field_errors": ["So."]}

    assert field_messages(detail) == {
        "name": ["No."],
        "items.1.size": ["Too big."],
        "form": ["So."],
    }


def test_static_files_are_served_and_compressed_names_are_kept_for_ever(client):
    response = client.get("/static/icons.svg")

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert not response.streaming
    assert client.get("/static/../manage.py").status_code == 404


def test_the_description_covers_every_address(client):
    schema = client.get("/api/v1/schema/").content.decode()

    for path in ("/api/v1/projects/", "/api/v1/me/", "/sketches/{sketch_id}/"):
        assert path in schema
    assert "apiKey" in schema


def test_the_description_has_no_warning(capsys):
    from django.core.management import call_command

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")


def test_the_docs_page_loads_only_our_own_files(client):
    page = client.get("/api/v1/docs/").content.decode()

    for address in re.findall(r'<(?:script|link|img)[^>]*? (?:src|href)="([^"]+)"', page):
        assert address.startswith("/")
        assert client.get(address).status_code == 200, address


def test_the_docs_page_tells_every_operation_with_what_it_takes(client):
    page = client.get("/api/v1/docs/").content.decode()

    schema = SchemaGenerator().get_schema(public=True)
    for path, methods in schema["paths"].items():
        assert page.count(f"<code>{path}</code>") == len(set(methods) & set(docs.METHODS)), path
    upload = next(
        found
        for _tag, operations in docs.api_groups("en")
        for found in operations
        if found.method == "POST" and found.path.endswith("/sketches/")
    )
    assert upload.media == "multipart/form-data"
    assert ("file", "string (binary)", True) in {
        (field.name, field.type, field.required) for field in upload.request
    }
    assert {"id", "url", "thumbnail_url"} <= {field.name for field in upload.response}


def test_every_model_has_an_admin_page():
    from django.apps import apps
    from django.contrib import admin

    labels = ("accounts", "projects", "realtime", "sketches")
    ours = [m for label in labels for m in apps.get_app_config(label).get_models()]
    helpers = {"Membership", "Topic"}

    missing = {m.__name__ for m in ours if not admin.site.is_registered(m)} - helpers
    assert missing == set()


def test_admin_lists_open(client, django_user_model, team):
    root = django_user_model.objects.create_superuser("root")
    client.force_login(root)

    for path in (
        "accounts/user",
        "accounts/apitoken",
        "projects/project",
        "projects/activity",
        "projects/invitation",
        "sketches/sketch",
        "realtime/event",
        "realtime/presence",
    ):
        assert client.get(f"/admin/{path}/").status_code == 200, path


def test_the_admin_is_closed_to_others(client, team):
    client.force_login(team.owner)

    assert client.get("/admin/").status_code == 302


def test_a_static_file_that_a_new_build_took_away_is_a_404():
    class Gone:
        def get_response(self, method, headers):
            raise FileNotFoundError

    response = StaticFilesMiddleware.serve(Gone(), RequestFactory().get("/static/x.js"))

    assert response.status_code == 404
