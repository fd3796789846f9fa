"""Settings of the Python tests: quick, apart from the development data, and the same checks."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("GENDT_SECRET_KEY", "tests-" + "k3Jx9Qa7" * 6)
os.environ.setdefault("GENDT_ENV", "development")

from gendt_web.settings.base import *  # noqa: F403
from gendt_web.settings.base import DATABASES

FOLDER = Path(tempfile.mkdtemp(prefix="gendt-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

MEDIA_ROOT = FOLDER / "media"
STATIC_ROOT = FOLDER / "static"
STATIC_ROOT.mkdir()
COMPILE_AHEAD = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, because sockets and workers reach the database from threads of their own; named after
# the process, so that two test runs do not meet.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_gendt_{os.getpid()}"}
