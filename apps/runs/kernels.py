"""The simulation's fast kernel is compiled while nobody waits for it."""

import atexit
import logging
import subprocess
import sys
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

_compiling: list["subprocess.Popen[bytes]"] = []


def compile_ahead(**kwargs: Any) -> None:
    """Once after an installation, when a worker begins: it takes a core about a minute, at the
    lowest priority. Runs that come before take the readable kernel, or compile what they need."""
    del kwargs
    from apps.engines.simulation.compiled.cache import is_warm
    from apps.engines.simulation.compiled.extent import Extent

    if not settings.COMPILE_AHEAD or _compiling or all(map(is_warm, Extent)):
        return
    process = subprocess.Popen(
        ["nice", "-n", "19", sys.executable, "-m", "apps.engines.simulation", "--compile"],  # noqa: S607
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _compiling.append(process)
    atexit.register(process.terminate)
    logger.info("Compiling the fast kernel ahead of its first use.")
