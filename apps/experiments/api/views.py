"""Experiments in the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.experiments import selectors, services
from apps.experiments.api import serializers as shapes
from apps.experiments.design import choices_of
from apps.experiments.figures import figures_of
from apps.experiments.models import Experiment
from apps.experiments.payloads import experiment_payload
from apps.experiments.results import View, report_of, result_of
from apps.generation.selectors import draft_get, version_by_number, version_get
from apps.projects.rules import require_edit
from apps.projects.selectors import project_get

MEASURE = OpenApiParameter("measure", str, description="For example Mill.utilisation.")
CONFIDENCE = OpenApiParameter("confidence", float, description="For example 0.95.")
BASE = OpenApiParameter("base", int, description="The scenario that others are compared with.")
HALF_WIDTH = OpenApiParameter("half_width", float, description="How precise means should be.")


class ProjectExperimentsView(GenericAPIView):
    serializer_class = shapes.ExperimentSerializer
    queryset = Experiment.objects.none()
    filter_backends: list[Any] = []

    @extend_schema(responses=shapes.ExperimentSerializer(many=True))
    def get(self, request: Request, project_id: UUID) -> Response:
        """The project's experiments, the newest first."""
        project = project_get(request.user, project_id)
        page = self.paginate_queryset(selectors.experiments_of(request.user, project)) or []
        return self.get_paginated_response([experiment_payload(found) for found in page])


class VersionExperimentsView(APIView):
    @extend_schema(
        request=shapes.ExperimentStartSerializer, responses={201: shapes.ExperimentSerializer}
    )
    def post(self, request: Request, draft_id: UUID, number: int) -> Response:
        """Start an experiment with the version. For editors."""
        draft = draft_get(request.user, draft_id)
        require_edit(request.user, draft.project)
        version = version_by_number(draft, number)
        form = shapes.ExperimentStartSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.experiment_start(version=version, actor=request.user, **form.validated_data)
        return Response(experiment_payload(made), status=status.HTTP_201_CREATED)


class ChoicesView(APIView):
    @extend_schema(responses=shapes.ChoiceSerializer(many=True))
    def get(self, request: Request, version_id: UUID) -> Response:
        """Objects of the version and what can be varied of them."""
        return Response(choices_of(version_get(request.user, version_id)))


class ExperimentView(APIView):
    @extend_schema(responses=shapes.ExperimentSerializer)
    def get(self, request: Request, experiment_id: UUID) -> Response:
        """One experiment; its results are at report/."""
        return Response(experiment_payload(selectors.experiment_get(request.user, experiment_id)))


class CancelView(APIView):
    @extend_schema(request=None, responses=shapes.ExperimentSerializer)
    def post(self, request: Request, experiment_id: UUID) -> Response:
        """End the experiment. For editors."""
        found = selectors.experiment_get(request.user, experiment_id)
        ended = services.experiment_cancel(experiment=found, actor=request.user)
        return Response(experiment_payload(ended))


class ReportView(APIView):
    @extend_schema(
        parameters=[MEASURE, CONFIDENCE, BASE, HALF_WIDTH], responses=shapes.ReportSerializer
    )
    def get(self, request: Request, experiment_id: UUID) -> Response:
        """Estimates, differences from the base, ranks, and replications needed."""
        found = selectors.experiment_get(request.user, experiment_id)
        return Response(report_of(result_of(found), View.parse(request.query_params)))


class FiguresView(APIView):
    @extend_schema(parameters=[MEASURE, CONFIDENCE], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, experiment_id: UUID) -> Response:
        """Plotly figures by name."""
        found = selectors.experiment_get(request.user, experiment_id)
        view, result = View.parse(request.query_params), result_of(found)
        report_of(result, view)  # refuses an unknown measure
        response = Response(figures_of(result, view.measure, view.confidence))
        response["Cache-Control"] = "private, max-age=300"
        return response
