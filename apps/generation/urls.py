"""Addresses of the pages about the model itself."""

from django.urls import path

from apps.generation import views

app_name = "generation"
urlpatterns = [
    path("", views.quality_page, name="quality"),
    path("<int:number>/", views.quality_case, name="quality_case"),
    path("<int:number>/sketch.webp", views.quality_sketch, name="quality_sketch"),
]
