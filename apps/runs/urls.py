"""Addresses of runs."""

from django.urls import path

from apps.runs import views

app_name = "runs"
RUN = "projects/<uuid:project_id>/runs/<uuid:run_id>/"
urlpatterns = [
    path(RUN, views.run_detail, name="detail"),
    path(f"{RUN}kpis.csv", views.kpis_csv, name="kpis_csv"),
    path(f"{RUN}trace.<str:form>", views.trace_file, name="trace"),
]
