"""Sketches in the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.projects import rules
from apps.projects.selectors import project_get
from apps.sketches import selectors, services
from apps.sketches.api import serializers as shapes
from apps.sketches.models import Sketch
from apps.sketches.payloads import sketch_payload


class SketchListView(GenericAPIView):
    serializer_class = shapes.SketchSerializer
    queryset = Sketch.objects.none()
    filter_backends: list[Any] = []
    parser_classes = [MultiPartParser]

    @extend_schema(responses=shapes.SketchSerializer(many=True))
    def get(self, request: Request, project_id: UUID) -> Response:
        """The project's sketches, the newest first."""
        project = project_get(request.user, project_id)
        page = self.paginate_queryset(selectors.sketches_of(request.user, project)) or []
        return self.get_paginated_response([sketch_payload(sketch) for sketch in page])

    @extend_schema(request=shapes.SketchUploadSerializer, responses={201: shapes.SketchSerializer})
    def post(self, request: Request, project_id: UUID) -> Response:
        """Add one as multipart form. For editors."""
        project = project_get(request.user, project_id)
        rules.require_edit(request.user, project)
        form = shapes.SketchUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sketch = services.sketch_create(project=project, actor=request.user, **form.validated_data)
        return Response(sketch_payload(sketch), status=status.HTTP_201_CREATED)


class SketchView(APIView):
    parser_classes = [JSONParser]

    @extend_schema(responses=shapes.SketchSerializer)
    def get(self, request: Request, project_id: UUID, sketch_id: UUID) -> Response:
        sketch = selectors.sketch_get(request.user, sketch_id, project=project_id)
        return Response(sketch_payload(sketch))

    @extend_schema(request=shapes.SketchChangeSerializer, responses=shapes.SketchSerializer)
    def patch(self, request: Request, project_id: UUID, sketch_id: UUID) -> Response:
        """Rename, or undo deleting with `{"deleted": false}`. For editors."""
        sketch = selectors.sketch_get(request.user, sketch_id, project=project_id, deleted=True)
        rules.require_edit(request.user, sketch.project)
        form = shapes.SketchChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        if "title" in values:
            services.sketch_rename(sketch=sketch, actor=request.user, title=values["title"])
        if "deleted" in values:
            move = services.sketch_delete if values["deleted"] else services.sketch_restore
            move(sketch=sketch, actor=request.user)
        return Response(sketch_payload(sketch))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: UUID, sketch_id: UUID) -> Response:
        """Delete; can be undone. For editors."""
        sketch = selectors.sketch_get(request.user, sketch_id, project=project_id)
        services.sketch_delete(sketch=sketch, actor=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
