"""Addresses of experiments inside a project."""

from django.urls import path

from apps.experiments import views

app_name = "experiments"
ONE = "<uuid:experiment_id>/"
urlpatterns = [
    path("", views.experiment_list, name="list"),
    path("new/", views.experiment_new, name="new"),
    path(ONE, views.experiment_detail, name="detail"),
    path(f"{ONE}cancel/", views.experiment_cancel, name="cancel"),
    path(f"{ONE}results.<str:form>", views.experiment_table, name="table"),
]
