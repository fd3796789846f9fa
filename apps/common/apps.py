"""Configuration of the shared parts."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "apps.common"

    def ready(self) -> None:
        from celery import signals

        from apps.common.keeper import keep, stop_keeping

        signals.worker_ready.connect(keep, dispatch_uid="job keeper")
        signals.worker_shutdown.connect(stop_keeping, dispatch_uid="job keeper")
