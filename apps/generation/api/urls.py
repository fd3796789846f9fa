"""Addresses of drafts, versions and generations below /api/v1/."""

from django.urls import path

from apps.generation.api import views

DRAFT = "drafts/<uuid:draft_id>/"
VERSION = f"{DRAFT}versions/<int:number>/"
JOB = "generation-jobs/<uuid:job_id>/"

urlpatterns = [
    path("projects/<uuid:project_id>/drafts/", views.DraftListView.as_view(), name="api-drafts"),
    path(DRAFT, views.DraftView.as_view(), name="api-draft"),
    path(f"{DRAFT}versions/", views.VersionListView.as_view(), name="api-versions"),
    path(f"{DRAFT}generate/", views.GenerateView.as_view(), name="api-generate"),
    path(VERSION, views.VersionView.as_view(), name="api-version"),
    path(f"{VERSION}restore/", views.VersionRestoreView.as_view(), name="api-version-restore"),
    path(JOB, views.JobView.as_view(), name="api-job"),
    path(f"{JOB}cancel/", views.JobCancelView.as_view(), name="api-job-cancel"),
    path("flexscript/check/", views.CheckView.as_view(), name="api-flexscript-check"),
]
