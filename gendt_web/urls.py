"""Addresses. Pages that combine apps come first, so that they may take over a plainer page."""

from django.contrib import admin
from django.urls import include, path

from apps.common import views

urlpatterns = [
    path("", include("apps.workspace.urls")),
    path("health/", views.health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("apps.accounts.urls")),
    path("", include("apps.projects.urls")),
    path("projects/<uuid:project_id>/sketches/", include("apps.sketches.urls")),
    path("", include("apps.runs.urls")),
    path("projects/<uuid:project_id>/experiments/", include("apps.experiments.urls")),
    path("quality/", include("apps.generation.urls")),
    path("api/v1/", include("gendt_web.api_urls")),
    path("admin/", admin.site.urls),
]

handler400 = "apps.common.views.bad_request"
handler403 = "apps.common.views.permission_denied"
handler404 = "apps.common.views.page_not_found"
handler500 = "apps.common.views.server_error"
