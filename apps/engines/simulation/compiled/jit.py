"""numba's decorator with a type; importing this module imports numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from .cache import FOLDER

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile on first call, kept on disk between processes.

    IEEE arithmetic without fast math, for equality with the reference. Without reference
    counts of arrays (`_nrt`) and with inlining the kernel is twenty times as fast; its
    functions may therefore not allocate.
    """
    return _decorated(function, forceinline=True)


def called(function: F) -> F:
    """As `compiled`, for what is too large to be copied into every caller."""
    return _decorated(function, forceinline=False)


def _decorated(function: F, *, forceinline: bool) -> F:
    config: Any = numba.config
    njit: Any = numba.njit
    before, config.CACHE_DIR = config.CACHE_DIR, str(FOLDER)
    try:
        decorate = njit(
            cache=True, error_model="numpy", forceinline=forceinline, nogil=True, _nrt=False
        )
        return cast(F, decorate(function))
    finally:
        config.CACHE_DIR = before
