"""The kernels as machine code: kept on disk, put into memory by LLVM alone, called by ctypes.

Importing this module imports neither numba nor LLVM; a kernel that is on disk needs no numba, which
would take longer to import than most models take to run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from ctypes import CFUNCTYPE, byref, c_double, c_int32, c_int64, c_void_p
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from .cache import FOLDER, IN_MEMORY
from .extent import Extent, variants_for
from .layout import Records
from .program import Setting

# Names of entries in the machine code: the kernel, and its machine for one instruction of code
ENTRY, PERFORM = "run", "perform"
Kernel = Callable[[Records, float, bool], int]

# As numba lays out (Record, float, int) → int: where the result goes, and the data of an exception
_Native = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p, c_double, c_int64)
_kernels: dict[Extent, Kernel] = {}
_engines: dict[Extent, Any] = {}  # which own the code in memory
_lock = Lock()
KEPT_CODES = 64  # models whose user code stays compiled
_codes: dict[tuple[str, Extent], Code] = {}


def kernel(extent: Extent) -> Kernel:
    """A kernel for models of that extent: (system, until, strictly) → why it returned.

    In memory, or from disk, or compiled, which takes seconds and happens once after installation.
    """
    with _lock:
        for variant in variants_for(extent):
            if _is_there(variant):
                return _kernels[variant]
        return _load(extent, _compiled(extent))


def compile_all() -> None:
    """Have the kernels of all extents in memory."""
    with _lock:
        for extent in Extent:
            if not _is_there(extent):
                _load(extent, _compiled(extent))


def _is_there(extent: Extent) -> bool:
    """Whether a kernel is in memory, now that it has been looked for on disk."""
    if extent not in _kernels:
        code = _kept(extent)
        if code:
            _load(extent, code)
    return extent in _kernels


def _load(extent: Extent, code: bytes) -> Kernel:
    _kernels[extent] = _callable(code, extent)
    IN_MEMORY.add(extent)
    return _kernels[extent]


def _kept(extent: Extent) -> bytes:
    try:
        return _place(extent).read_bytes()
    except OSError:
        return b""


def _compiled(extent: Extent) -> bytes:
    from .kernel import machine_code  # which imports numba

    code: bytes = machine_code(extent)
    place = _place(extent)
    part = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(code)
        part.replace(place)  # nobody reads half a file
    except OSError:
        pass  # nowhere to keep it: the next process compiles anew
    return code


def _place(extent: Extent) -> Path:
    """Named by the processor too: the folder may have come from another machine, in an image."""
    _, cpu, features = host()
    digest = sha256(f"{cpu} {features}".encode()).hexdigest()[:12]
    return FOLDER / f"{extent.name.lower()}-{digest}.o"


@cache
def host() -> tuple[str, str, str]:
    """Platform, processor and its features, as LLVM names them."""
    llvm = _llvm()
    features = llvm.get_host_cpu_features().flatten()
    return llvm.get_process_triple(), llvm.get_host_cpu_name(), features


def target_machine() -> Any:
    """Code for this processor, whose constants and functions are reached by short ways: they stay
    together in memory, which numba does not know of its own code.
    """
    platform, cpu, features = host()
    target = _llvm().Target.from_triple(platform)
    return target.create_target_machine(
        cpu=cpu, features=features, opt=3, reloc="pic", codemodel="small"
    )


@cache
def _llvm() -> Any:
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding


def _callable(code: bytes, extent: Extent) -> Kernel:
    """Machine code as a function, in memory until the process ends."""
    llvm = _llvm()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine(), use_lmm=True)
    _engines[extent] = engine
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    native = _Native(engine.get_function_address(ENTRY))

    def run(system: Records, until: float, strictly: bool) -> int:
        status, trouble = c_int64(), c_void_p()
        if native(byref(status), byref(trouble), system.ctypes.data, until, strictly):
            raise RuntimeError("the compiled kernel has failed")
        return status.value

    return run


# User code


class Code:
    """Programs of user code as machine code: addresses by the places where they start.

    The code stays in memory as long as this object.
    """

    def __init__(self, setting: Setting, extent: Extent) -> None:
        from .translate import module_of

        llvm, target = _llvm(), target_machine()
        perform = _engines[extent].get_function_address(PERFORM)
        module = llvm.parse_assembly(str(module_of(setting, perform, host()[0])))
        module.data_layout = str(target.target_data)
        module.verify()
        builder = llvm.create_pass_builder(target, llvm.create_pipeline_tuning_options(2))
        builder.getModulePassManager().run(module, builder)
        self._engine = llvm.create_mcjit_compiler(module, target, use_lmm=True)
        self._engine.finalize_object()
        self.addresses = {
            start: self._engine.get_function_address(f"code{start}") for start in setting.starts
        }


def code(setting: Setting, extent: Extent, *, compile_it: bool) -> Code | None:
    """Those programs as machine code, for a kernel that is loaded.

    From memory where the same ones have been compiled before, else only when asked for.
    """
    key = (repr(setting), extent)  # which tells 0 from −0
    with _lock:
        if key not in _codes and compile_it:
            _codes[key] = Code(setting, extent)
            if len(_codes) > KEPT_CODES:
                del _codes[next(iter(_codes))]
        return _codes.get(key)
