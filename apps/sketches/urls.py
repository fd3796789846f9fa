"""Addresses of sketches, below /projects/<project>/sketches/."""

from django.urls import path

from apps.sketches import views

app_name = "sketches"
urlpatterns = [
    path("", views.sketch_list, name="list"),
    path("draw/", views.sketch_draw, name="draw"),
    path("<uuid:sketch_id>/", views.sketch_detail, name="detail"),
    path("<uuid:sketch_id>/delete/", views.sketch_delete, name="delete"),
    path("<uuid:sketch_id>/restore/", views.sketch_restore, name="restore"),
    path("<uuid:sketch_id>/image/", views.image, name="image"),
    path("<uuid:sketch_id>/thumbnail/", views.thumbnail, name="thumbnail"),
]
