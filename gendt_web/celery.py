"""The Celery application. Its options stand in the Django settings, prefixed CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gendt_web.settings.base")

app = Celery("gendt_web")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
