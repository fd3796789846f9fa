"""Settings of every start. What differs between machines comes from the environment."""

import contextlib
import tempfile
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu.entity import Queue

from gendt_web.settings import env
from gendt_web.settings.secret import development_key, require_strong

BASE_DIR = Path(__file__).resolve().parents[2]
VAR = BASE_DIR / "var"
STATIC_ROOT = VAR / "static"
with contextlib.suppress(OSError):  # a read-only checkout may keep everything elsewhere
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# ── Mode ─────────────────────────────────────────────────────────────────────
PRODUCTION = env.choice("GENDT_ENV", ("development", "production"), "development") == "production"
DEBUG = env.boolean("GENDT_DEBUG")
ALLOWED_HOSTS = env.items(
    "GENDT_ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]")
)
SECRET_KEY = env.text("GENDT_SECRET_KEY")
if PRODUCTION:
    require_strong(SECRET_KEY)
    if DEBUG:
        raise ImproperlyConfigured("GENDT_DEBUG must be off in production.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("GENDT_ALLOWED_HOSTS must name the hosts in production.")
SECRET_KEY = SECRET_KEY or development_key(VAR / "secret-key")

# ── Apps ─────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "apps.common",
    "apps.realtime",
    "apps.accounts",
    "apps.projects",
    "apps.sketches",
    "apps.generation",
    "apps.runs",
    "apps.experiments",
    "apps.chat",
    "apps.workspace",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.common.middleware.StaticFilesMiddleware",
    "apps.common.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.common.middleware.ApplicationErrorMiddleware",
]
ROOT_URLCONF = "gendt_web.urls"
ASGI_APPLICATION = "gendt_web.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# ── Data ─────────────────────────────────────────────────────────────────────
DATABASES = {"default": env.database("GENDT_DATABASE_URL", VAR / "gendt.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = env.folder("GENDT_MEDIA_ROOT", VAR / "media")
# Uploads have no public address: views that check membership send them.
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10

REDIS_URL = env.service_url("GENDT_REDIS_URL", ("redis", "rediss"))
BROKER_URL = env.service_url("GENDT_BROKER_URL", ("redis", "rediss", "amqp", "amqps"))
EMBEDDED_WORKER = BROKER_URL is None

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "apps.realtime.layers.ThreadSafeChannelLayer",
        "CONFIG": {"capacity": 1000},
    }
}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "gendt",
    }
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            # The layer waits 5 s for a message at a time: the socket has to wait longer.
            "hosts": [{"address": REDIS_URL, "socket_timeout": 30}],
            "capacity": 1000,
            "prefix": "gendt",
        },
    }

# ── Jobs ─────────────────────────────────────────────────────────────────────
CELERY_BROKER_URL = BROKER_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"polling_interval": 0.05} if EMBEDDED_WORKER else {"visibility_timeout": 6 * 3600}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# A worker that is not told its queues takes both; scripts are best made by threads of one process,
# which decodes for all of them at once.
CELERY_TASK_QUEUES = [
    Queue(name, routing_key=name)  # type: ignore[no-untyped-call]
    for name in ("default", "generation")
]
CELERY_TASK_ROUTES = {"generation.run_generation": {"queue": "generation"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
# Dotted path of a function that loads the model which answers prompts; empty: the shipped one.
GENDT_GENERATOR = env.text("GENDT_GENERATOR")
# Where the shipped model computes, as torch names it: "cpu", "cuda", "cuda:1".
GENDT_DEVICE = env.text("GENDT_DEVICE", "cpu")
EMBEDDED_POOLS = {
    "default": env.integer("GENDT_WORKERS", 2, least=1),
    "generation": env.integer("GENDT_GENERATION_THREADS", 8, least=1),
}

# Whether a worker compiles the simulation's kernels when it begins, if that was never done here.
COMPILE_AHEAD = True

# ── People ───────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "projects:list"
LOGOUT_REDIRECT_URL = "accounts:login"
LOGIN_FAILURES = 5
LOGIN_FAILURES_PER_ADDRESS = 50
LOGIN_LOCK_SECONDS = 900

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "gendt_web" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# ── Pages and files ──────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
VITE_MANIFEST = BASE_DIR / "static" / "build" / "manifest.json"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# Vite puts a hash of the content into the names of what it builds.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/assets/.+-[\w-]{8,}\.\w+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "apps.common.views.csrf_failure"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

# ── API ──────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.api.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "apps.common.pagination.PagePagination",
    "EXCEPTION_HANDLER": "apps.common.api.exception_handler",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "GenDT-Web",
    "DESCRIPTION": "Sketches, prompts, FlexScript models and their simulated runs.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "SketchOriginEnum": "apps.sketches.models.Origin.choices",
        "VersionOriginEnum": "apps.generation.enums.Origin.choices",
    },
}

# ── Realtime ─────────────────────────────────────────────────────────────────
REALTIME = {
    "max_message_bytes": 512 * 1024,
    "commands_per_second": 20,
    "command_burst": 60,
    "recheck_seconds": 30,
    "presence_seconds": 90,
    "keep_days": 30,
    "max_replay": 5000,
}

# ── Logging ──────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "apps": {"level": env.choice("GENDT_LOG_LEVEL", ("DEBUG", "INFO", "WARNING"), "INFO")},
        "django.request": {"level": "ERROR"},
        # Strangers who try host names are answered with 400; there is nothing to mend.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
FILE_UPLOAD_TEMP_DIR = tempfile.gettempdir()
