"""Addresses below /api/v1/. Each app lists its own in api/urls.py."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from apps.common.docs import DocsView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    path("", include("apps.accounts.api.urls")),
    path("", include("apps.projects.api.urls")),
    path("", include("apps.sketches.api.urls")),
    path("", include("apps.generation.api.urls")),
    path("", include("apps.chat.api.urls")),
    path("", include("apps.runs.api.urls")),
    path("", include("apps.experiments.api.urls")),
]
