"""Projects, members, invitations and history in the API."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.projects import rules, selectors, services
from apps.projects.api import serializers as shapes
from apps.projects.models import Activity, Project


class ProjectListView(GenericAPIView):
    serializer_class = shapes.ProjectSerializer
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet[Project]:
        query = self.request.query_params
        archived = query.get("archived") in {"1", "true"}
        return selectors.projects_search(self.request.user, query.get("q", ""), archived=archived)

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words of name or description"),
            OpenApiParameter("archived", bool, description="Archived projects instead"),
        ],
        responses=shapes.ProjectSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Your projects, the latest changed first."""
        del request
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(responses={201: shapes.ProjectSerializer})
    def post(self, request: Request) -> Response:
        """A new project; you are its owner."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.project_create(actor=request.user, **form.validated_data)
        return Response(project_data(request, made.pk), status=status.HTTP_201_CREATED)


def project_data(request: Request, pk: UUID) -> dict[str, Any]:
    data: dict[str, Any] = shapes.ProjectSerializer(selectors.project_get(request.user, pk)).data
    return data


class ProjectView(APIView):
    @extend_schema(responses=shapes.ProjectSerializer)
    def get(self, request: Request, project_id: UUID) -> Response:
        return Response(project_data(request, project_id))

    @extend_schema(request=shapes.ProjectChangeSerializer, responses=shapes.ProjectSerializer)
    def patch(self, request: Request, project_id: UUID) -> Response:
        """Change name or description, archive or bring back. For owners."""
        project = selectors.project_get(request.user, project_id)
        form = shapes.ProjectChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        change(project, request.user, form.validated_data)
        return Response(project_data(request, project_id))


def change(project: Project, actor: Any, values: dict[str, Any]) -> None:
    archived = values.pop("archived", None)
    rules.require_manage(actor, project)
    if values:
        now = {"name": project.name, "description": project.description}
        services.project_update(project=project, actor=actor, **(now | values))
    if archived is True:
        services.project_archive(project=project, actor=actor)
    elif archived is False:
        services.project_restore(project=project, actor=actor)


class MemberListView(APIView):
    @extend_schema(responses=shapes.MemberSerializer(many=True))
    def get(self, request: Request, project_id: UUID) -> Response:
        project = selectors.project_get(request.user, project_id)
        members = selectors.memberships_of(project)
        return Response(shapes.MemberSerializer(members, many=True).data)


class MemberView(APIView):
    @extend_schema(request=shapes.MemberSerializer, responses=shapes.MemberSerializer)
    def patch(self, request: Request, project_id: UUID, member_id: UUID) -> Response:
        """Give a member another role. For owners."""
        project = selectors.project_get(request.user, project_id)
        rules.require_manage(request.user, project)
        membership = selectors.membership_get(project, member_id)
        form = shapes.MemberSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        changed = services.member_set_role(
            membership=membership, actor=request.user, role=form.validated_data["role"]
        )
        return Response(shapes.MemberSerializer(changed).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: UUID, member_id: UUID) -> Response:
        """Remove a member, or leave."""
        project = selectors.project_get(request.user, project_id)
        membership = selectors.membership_get(project, member_id)
        services.member_remove(membership=membership, actor=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class InvitationListView(APIView):
    @extend_schema(responses=shapes.InvitationSerializer(many=True))
    def get(self, request: Request, project_id: UUID) -> Response:
        """Open invitations. For owners."""
        project = selectors.project_get(request.user, project_id)
        rules.require_manage(request.user, project)
        found = selectors.invitations_open(project)
        return Response(shapes.InvitationSerializer(found, many=True).data)

    @extend_schema(
        request=shapes.InvitationSerializer, responses={201: shapes.InvitationSerializer}
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """A link for one person; `url` is told only now. For owners."""
        project = selectors.project_get(request.user, project_id)
        rules.require_manage(request.user, project)
        form = shapes.InvitationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        invitation, token = services.invitation_create(
            project=project, actor=request.user, **form.validated_data
        )
        url = request.build_absolute_uri(reverse("projects:invitation", args=[token]))
        data = {**shapes.InvitationSerializer(invitation).data, "url": url}
        return Response(data, status=status.HTTP_201_CREATED)


class InvitationView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: UUID, invitation_id: UUID) -> Response:
        """Revoke an invitation. For owners."""
        project = selectors.project_get(request.user, project_id)
        rules.require_manage(request.user, project)
        invitation = selectors.invitation_get(project, invitation_id)
        services.invitation_revoke(invitation=invitation, actor=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ActivityView(GenericAPIView):
    serializer_class = shapes.ActivitySerializer
    queryset = Activity.objects.none()
    filter_backends: list[Any] = []

    def get(self, request: Request, project_id: UUID) -> Response:
        """What happened, the latest first."""
        project = selectors.project_get(request.user, project_id)
        page = self.paginate_queryset(selectors.activities_of(project))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
