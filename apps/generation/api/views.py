"""Drafts, versions and generations in the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.generation import selectors, services
from apps.generation.api import serializers as shapes
from apps.generation.models import Draft, DraftVersion
from apps.generation.payloads import draft_payload, job_payload, version_payload
from apps.generation.scripts import inspection_of
from apps.projects.rules import require_edit
from apps.projects.selectors import project_get
from apps.sketches.selectors import sketch_get


class DraftListView(GenericAPIView):
    serializer_class = shapes.DraftSerializer
    queryset = Draft.objects.none()
    filter_backends: list[Any] = []

    @extend_schema(responses=shapes.DraftSerializer(many=True))
    def get(self, request: Request, project_id: UUID) -> Response:
        """The project's models, the latest changed first."""
        project = project_get(request.user, project_id)
        page = self.paginate_queryset(selectors.drafts_of(request.user, project)) or []
        return self.get_paginated_response([draft_payload(draft) for draft in page])

    @extend_schema(request=shapes.DraftCreateSerializer, responses={201: shapes.DraftSerializer})
    def post(self, request: Request, project_id: UUID) -> Response:
        """Begin a model. For editors."""
        project = project_get(request.user, project_id)
        require_edit(request.user, project)
        form = shapes.DraftCreateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key = form.validated_data["sketch"]
        sketch = sketch_get(request.user, key, project=project_id) if key else None
        title = form.validated_data["title"]
        draft = services.draft_create(
            project=project, actor=request.user, title=title, sketch=sketch
        )
        return Response(draft_payload(draft), status=status.HTTP_201_CREATED)


class DraftView(APIView):
    @extend_schema(responses=shapes.DraftSerializer)
    def get(self, request: Request, draft_id: UUID) -> Response:
        return Response(draft_payload(selectors.draft_get(request.user, draft_id)))

    @extend_schema(request=shapes.DraftChangeSerializer, responses=shapes.DraftSerializer)
    def patch(self, request: Request, draft_id: UUID) -> Response:
        """Rename, archive or bring back. For editors."""
        draft = selectors.draft_get(request.user, draft_id)
        require_edit(request.user, draft.project)
        form = shapes.DraftChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.draft_update(draft=draft, actor=request.user, **form.validated_data)
        return Response(draft_payload(draft))


class VersionListView(GenericAPIView):
    serializer_class = shapes.VersionListSerializer
    queryset = DraftVersion.objects.none()
    filter_backends: list[Any] = []

    @extend_schema(responses=shapes.VersionListSerializer(many=True))
    def get(self, request: Request, draft_id: UUID) -> Response:
        """The model's versions without their scripts, oldest first."""
        draft = selectors.draft_get(request.user, draft_id)
        page = self.paginate_queryset(selectors.versions_of(draft).defer("source")) or []
        return self.get_paginated_response([version_payload(row, source=False) for row in page])

    @extend_schema(
        request=shapes.VersionCreateSerializer, responses={201: shapes.VersionSerializer}
    )
    def post(self, request: Request, draft_id: UUID) -> Response:
        """Save a script as the newest version. For editors."""
        draft = selectors.draft_get(request.user, draft_id)
        require_edit(request.user, draft.project)
        form = shapes.VersionCreateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key = form.validated_data["parent"]
        parent = selectors.version_get(request.user, key) if key else None
        version = services.version_create_edited(
            draft=draft,
            actor=request.user,
            source=form.validated_data["source"],
            parent=parent,
        )
        return Response(version_payload(version), status=status.HTTP_201_CREATED)


class VersionView(APIView):
    @extend_schema(responses=shapes.VersionSerializer)
    def get(self, request: Request, draft_id: UUID, number: int) -> Response:
        draft = selectors.draft_get(request.user, draft_id)
        return Response(version_payload(selectors.version_by_number(draft, number)))


class VersionRestoreView(APIView):
    @extend_schema(request=None, responses={201: shapes.VersionSerializer})
    def post(self, request: Request, draft_id: UUID, number: int) -> Response:
        """Make an older version's script the newest version. For editors."""
        draft = selectors.draft_get(request.user, draft_id)
        version = selectors.version_by_number(draft, number)
        restored = services.version_restore(version=version, actor=request.user)
        return Response(version_payload(restored), status=status.HTTP_201_CREATED)


class GenerateView(APIView):
    @extend_schema(request=shapes.GenerateSerializer, responses={202: shapes.JobSerializer})
    def post(self, request: Request, draft_id: UUID) -> Response:
        """Ask the model for the next version. Follow the job for the outcome. For editors."""
        draft = selectors.draft_get(request.user, draft_id)
        require_edit(request.user, draft.project)
        form = shapes.GenerateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        wishes = form.validated_data
        sketch, base = wishes["sketch"], wishes["base_version"]
        job = services.generation_start(
            draft=draft,
            actor=request.user,
            prompt=wishes["prompt"],
            sketch=sketch_get(request.user, sketch, project=draft.project_id) if sketch else None,
            base_version=selectors.version_get(request.user, base) if base else None,
        )
        return Response(job_payload(job, partial=True), status=status.HTTP_202_ACCEPTED)


class JobView(APIView):
    @extend_schema(responses=shapes.JobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(job_payload(selectors.job_get(request.user, job_id), partial=True))


class JobCancelView(APIView):
    @extend_schema(request=None, responses=shapes.JobSerializer)
    def post(self, request: Request, job_id: UUID) -> Response:
        """Ask the job to end. For editors."""
        job = selectors.job_get(request.user, job_id)
        services.generation_cancel(job=job, actor=request.user)
        return Response(job_payload(job, partial=True))


class CheckView(APIView):
    @extend_schema(request=shapes.CheckSerializer, responses=shapes.CheckAnswerSerializer)
    def post(self, request: Request) -> Response:
        """Findings and model tree of a script; nothing is kept."""
        form = shapes.CheckSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(inspection_of(form.validated_data["source"]))
