"""Addresses of sketches below /api/v1/."""

from django.urls import path

from apps.sketches.api import views

SKETCHES = "projects/<uuid:project_id>/sketches/"

urlpatterns = [
    path(SKETCHES, views.SketchListView.as_view(), name="api-sketches"),
    path(f"{SKETCHES}<uuid:sketch_id>/", views.SketchView.as_view(), name="api-sketch"),
]
