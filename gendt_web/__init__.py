"""The Django project: settings, URLs, ASGI application and Celery application."""

from gendt_web.celery import app as celery_app

__all__ = ["celery_app"]
