"""Conversations in the API. Prompts go to drafts/<id>/generate/."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.chat import selectors, services
from apps.chat.api import serializers as shapes
from apps.chat.models import Message
from apps.chat.payloads import message_payload
from apps.generation.selectors import draft_get
from apps.projects.rules import require_comment


class MessageListView(GenericAPIView):
    serializer_class = shapes.MessageSerializer
    queryset = Message.objects.none()
    filter_backends: list[Any] = []

    @extend_schema(responses=shapes.MessageSerializer(many=True))
    def get(self, request: Request, draft_id: UUID) -> Response:
        """What was said about the model, oldest first."""
        conversation = services.conversation_of(draft_get(request.user, draft_id))
        page = self.paginate_queryset(selectors.messages_of(conversation)) or []
        return self.get_paginated_response([message_payload(message) for message in page])

    @extend_schema(request=shapes.NoteSerializer, responses={201: shapes.MessageSerializer})
    def post(self, request: Request, draft_id: UUID) -> Response:
        """Leave a note. For commenters."""
        draft = draft_get(request.user, draft_id)
        require_comment(request.user, draft.project)
        form = shapes.NoteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        message = services.note_send(
            conversation=services.conversation_of(draft),
            actor=request.user,
            text=form.validated_data["text"],
        )
        return Response(message_payload(message), status=status.HTTP_201_CREATED)
