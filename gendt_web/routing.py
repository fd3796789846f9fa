"""Where WebSockets go: one consumer for everything, and a clean refusal for the rest."""

from django.urls import path, re_path

from apps.realtime.consumer import RefusingConsumer, SocketConsumer

websocket_urlpatterns = [
    path("ws/", SocketConsumer.as_asgi()),
    re_path(r"", RefusingConsumer.as_asgi()),
]
