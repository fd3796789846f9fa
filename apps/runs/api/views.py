"""Runs in the API."""

import gzip
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.errors import NotFound
from apps.generation.selectors import draft_get, version_by_number
from apps.projects.rules import require_edit
from apps.projects.selectors import project_get
from apps.runs import exports, selectors, services
from apps.runs.api import serializers as shapes
from apps.runs.figures import figures_of
from apps.runs.models import Run
from apps.runs.payloads import run_payload


class ProjectRunsView(GenericAPIView):
    serializer_class = shapes.RunSerializer
    queryset = Run.objects.none()
    filter_backends: list[Any] = []

    @extend_schema(responses=shapes.RunSerializer(many=True))
    def get(self, request: Request, project_id: UUID) -> Response:
        """The project's runs, the newest first."""
        project = project_get(request.user, project_id)
        rows = selectors.runs_of_project(request.user, project)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([run_payload(run) for run in page])


class VersionRunsView(GenericAPIView):
    serializer_class = shapes.RunSerializer
    queryset = Run.objects.none()
    filter_backends: list[Any] = []

    @extend_schema(responses=shapes.RunSerializer(many=True))
    def get(self, request: Request, draft_id: UUID, number: int) -> Response:
        """The version's runs, the newest first."""
        version = version_by_number(draft_get(request.user, draft_id), number)
        rows = selectors.runs_for(request.user).filter(version=version)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([run_payload(run) for run in page])

    @extend_schema(request=shapes.RunStartSerializer, responses={201: shapes.RunSerializer})
    def post(self, request: Request, draft_id: UUID, number: int) -> Response:
        """Start a run of the version. For editors."""
        draft = draft_get(request.user, draft_id)
        require_edit(request.user, draft.project)
        version = version_by_number(draft, number)
        form = shapes.RunStartSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        run = services.run_start(version=version, actor=request.user, **form.validated_data)
        return Response(run_payload(run), status=status.HTTP_201_CREATED)


class RunView(APIView):
    @extend_schema(responses=shapes.RunResultSerializer)
    def get(self, request: Request, run_id: UUID) -> Response:
        """The run with its result: KPIs and objects as estimates over the replications."""
        run = selectors.run_get(request.user, run_id)
        return Response({**run_payload(run), "result": run.result})


class RunCancelView(APIView):
    @extend_schema(request=None, responses=shapes.RunSerializer)
    def post(self, request: Request, run_id: UUID) -> Response:
        """Ask the run to end. For editors."""
        run = selectors.run_get(request.user, run_id)
        return Response(run_payload(services.run_cancel(run=run, actor=request.user)))


class RunFiguresView(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, run_id: UUID) -> Response:
        """Plotly figures by name."""
        run = selectors.run_get(request.user, run_id)
        result = exports.require_result(run)
        response = Response(figures_of(result, exports.read_trace(run)))
        response["Cache-Control"] = "private, max-age=300"
        return response


class RunTraceView(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, run_id: UUID) -> HttpResponse:
        """States, contents and item journeys of the first replication, thinned for drawing."""
        run = selectors.run_get(request.user, run_id)
        content = exports.packed_trace(run)
        if content is None:
            raise NotFound(_("This run has no trace."))
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        body = content if packed else gzip.decompress(content)
        response = HttpResponse(body, content_type="application/json")
        if packed:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding", "Cookie", "Authorization"])
        response["Cache-Control"] = "private, max-age=300"
        return response
