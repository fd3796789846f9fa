"""The API's /me/."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.api.serializers import MeSerializer


class MeView(APIView):
    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who the token or session belongs to."""
        return Response(MeSerializer(request.user).data)

    @extend_schema(request=MeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change name, language or theme."""
        form = MeSerializer(request.user, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        now = {key: getattr(request.user, key) for key in ("display_name", "language", "theme")}
        user = services.profile_update(user=request.user, **(now | form.validated_data))
        return Response(MeSerializer(user).data)
