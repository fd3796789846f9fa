"""Where the machine code is kept; imports nothing heavy."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from .extent import Extent, variants_for

_HERE = Path(__file__).parent


def _folder() -> Path:
    """A folder named by the sources: another version of them is another kernel."""
    sources = sorted(_HERE.glob("*.py"))
    digest = sha256(b"".join(source.read_bytes() for source in sources))
    return _HERE / "__pycache__" / f"kernels-{digest.hexdigest()[:16]}"


FOLDER = _folder()
IN_MEMORY: set[Extent] = set()  # the kernels that this process has loaded


def prune() -> None:
    """Remove what earlier versions of the sources have left."""
    older = (*FOLDER.parent.glob("kernels-*"), *FOLDER.parent.glob("numba-*"))
    for folder in older:
        if folder != FOLDER:
            rmtree(folder, ignore_errors=True)


def is_loaded(extent: Extent) -> bool:
    """Whether a kernel for models of that extent is in memory."""
    return not IN_MEMORY.isdisjoint(variants_for(extent))


def is_warm(extent: Extent) -> bool:
    """Whether a kernel for models of that extent has been compiled on this machine before."""
    names = (variant.name.lower() for variant in variants_for(extent))
    return any(True for name in names for _ in FOLDER.glob(f"{name}-*.o"))
