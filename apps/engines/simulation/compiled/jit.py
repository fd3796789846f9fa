"""numba's decorators with a type; importing this module imports numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast
from warnings import catch_warnings, simplefilter

import numba
import numpy as np
from llvmlite import ir
from llvmlite.binding import Linkage
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import PassManager
from numba.core.errors import NumbaExperimentalFeatureWarning
from numba.core.typed_passes import (
    IRLegalization,
    NativeLowering,
    NoPythonBackend,
    NopythonTypeInference,
    PreLowerStripPhis,
)
from numba.core.untyped_passes import (
    FixupArgs,
    GenericRewrites,
    IRProcessing,
    ReconstructSSA,
    TranslateByteCode,
)
from numba.extending import intrinsic
from numba.np.numpy_support import from_dtype

from .aliasing import tell_aliases
from .extent import Extent
from .layout import SYSTEM_TYPES, system_type
from .native import target_machine

F = TypeVar("F", bound=Callable[..., object])


class _Part(JITCodeLibrary):
    """The code of a helper as it is: put together with what it calls, optimised, and made machine
    code, within its entry only.
    """

    def add_ir_module(self, module: ir.Module) -> None:
        tell_aliases(module)
        add: Any = super().add_ir_module
        add(module)

    def finalize(self) -> None:
        self._finalized = True

    def alone(self) -> Any:
        """Without what it calls; what nobody calls any more may be left out of an entry."""
        defined: Any = self.get_defined_functions
        for function in defined():
            if function.linkage == Linkage.external:
                function.linkage = Linkage.linkonce_odr
        return self._final_module

    def _get_module_for_linking(self) -> Any:
        """With what it calls, for functions that are no parts."""
        whole = self.alone().clone()
        self.link(whole)
        return whole

    def link(self, module: Any) -> None:
        """Copy all that is called, directly or not, each once."""
        found: set[Any] = set()
        waiting: list[Any] = list(self._linking_libraries)
        while waiting:
            library = waiting.pop()
            if library in found:
                continue
            found.add(library)
            if isinstance(library, _Part):
                waiting += library._linking_libraries  # noqa: SLF001
                module.link_in(library.alone(), preserve=True)
            else:  # numba's own, which holds what it calls already
                module.link_in(library._get_module_for_linking(), preserve=True)  # noqa: SLF001

    def get_pointer_to_function(self, name: str) -> int:
        del name  # the part is finished when numba asks for its address
        finish: Any = self._ensure_finalized
        finish()
        return 0

    @property
    def codegen(self) -> _Part:
        return self

    def set_env(self, name: str, env: object) -> None:
        """Numba's place for the globals of code that it runs; a part does not run by itself."""


class _Entry(_Part):
    """The code of a kernel, optimised with all its parts; no machine code yet."""

    def finalize(self) -> None:
        self.link(self._final_module)
        codegen: Any = self._codegen
        passes, builder = codegen._module_pass_manager()  # noqa: SLF001
        passes.run(self._final_module, builder)
        self._final_module.verify()
        self._finalized = True


# Numba's way from byte code to LLVM without what no helper needs: lifting of loops and `with`,
# closures, inlining in Python, parallel loops. Each step costs seconds over all helpers.
_STEPS = (
    TranslateByteCode, FixupArgs, IRProcessing, GenericRewrites, ReconstructSSA,
    NopythonTypeInference, PreLowerStripPhis, IRLegalization, NativeLowering, NoPythonBackend,
)  # fmt: skip


class _Passes(PassManager):
    """Numba's, without its events, timers and checks of each step, which cost a tenth of all."""

    def _runPass(self, index: int, step: Any, state: Any) -> None:  # noqa: N802 - numba's name
        del index
        step.analysis = self._analysis
        for action in (step.run_initialization, step.run_pass, step.run_finalizer):
            action(state)


class _PartCompiler(Compiler):
    library_class: type[_Part] = _Part

    def define_pipelines(self) -> Any:
        state, library = cast(Any, self.state), cast(Any, self.library_class)
        state.library = library(state.targetctx.codegen(), state.func_id.func_qualname)
        make: Any = _Passes
        passes = make("kernel")
        for step in _STEPS:
            passes.add_pass(step, step.__name__)
        passes.finalize()
        return [passes]


class _EntryCompiler(_PartCompiler):
    library_class = _Entry


def compiled(function: F) -> F:
    """A helper of the kernel, copied into every caller; Python cannot call it."""
    return _helper(function, forceinline=True)


def called(function: F) -> F:
    """As `compiled`, for what is large or seldom needed: a function of its own."""
    return _helper(function, forceinline=False)


def only_in(
    extent: Extent, *, inline: bool = False
) -> Callable[[Callable[..., Any]], Callable[[F], F]]:
    """A decorator for helpers that only wider extents of the kernel have.

    Given what stands in their place elsewhere: `only_in(extent)(lambda p, …: …)(function)`. The
    extents are told apart by the type of `system`, the first argument of both.
    """

    def with_other(otherwise: Callable[..., Any]) -> Callable[[F], F]:
        def decorate(function: F) -> F:
            dispatcher: Any = _helper(function, forceinline=inline)
            other = getattr(otherwise, "py_func", otherwise)  # of a helper: what it is made of

            def chosen(args: Any, _: Any) -> Callable[..., Any]:
                return function if f"extent{int(extent)}" in args[0].fields else other

            dispatcher._compiler._get_implementation = chosen  # noqa: SLF001 - no public way
            return cast(F, dispatcher)

        return decorate

    return with_other


equipped = only_in(Extent.PLAIN, inline=True)
extended = only_in(Extent.MORE)
belted = only_in(Extent.BELTS)
widened = only_in(Extent.ALL)


def _helper(function: F, *, forceinline: bool) -> F:
    """Compiled once, with whole numbers of 64 bits: numba would make a version for each constant.

    Numba would also optimise each helper with all that it calls, which takes four times as long.
    """
    dispatcher: Any = _decorated(
        function,
        forceinline=forceinline,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        pipeline_class=_PartCompiler,
    )
    template = dispatcher.get_call_template
    dispatcher.get_call_template = lambda args, kws: template(tuple(map(_widened, args)), kws)
    return cast(F, dispatcher)


def _widened(given: Any) -> Any:
    any_types: Any = types
    plain = any_types.unliteral(given)
    return types.intp if plain in (types.int32, types.int64) else plain


Arguments = str  # types of an entry behind `system`, a letter each: a real, a whole number
_TYPES = {"f": types.float64, "i": types.intp}


def machine_code(entries: dict[str, tuple[Callable[..., int], Arguments]], extent: Extent) -> bytes:
    """Entries by name, compiled for the `system` of that extent, as an object file."""
    system = from_dtype(SYSTEM_TYPES[extent])
    first, *others = (
        _entry(name, function, (system, *(_TYPES[letter] for letter in arguments)))
        for name, (function, arguments) in entries.items()
    )
    for other in others:
        first.link_in(other)
    return cast(bytes, target_machine().emit_object(first))


def _entry(name: str, function: Callable[..., int], arguments: tuple[Any, ...]) -> Any:
    """The module of a function that is called from outside, by that name."""
    dispatcher: Any = _decorated(
        function, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=_EntryCompiler
    )
    with catch_warnings():
        # Numba remarks that the `system` of one kernel looks like the other's: it is meant to
        simplefilter("ignore", NumbaExperimentalFeatureWarning)
        dispatcher.compile(arguments)
    (made,) = dispatcher.overloads.values()
    module = made.library.get_function(made.fndesc.llvm_func_name).module
    module.get_function(made.fndesc.llvm_func_name).name = name
    return module


def _decorated(function: F, **options: Any) -> F:
    """IEEE arithmetic without fast math, for equality with the reference.

    Without reference counts (`_nrt`): the kernel allocates nothing.
    """
    njit: Any = numba.njit
    return cast(F, njit(error_model="numpy", _nrt=False, **options)(function))


def accessor(table: str, dtype: np.dtype[Any]) -> Callable[[Any, int], Any]:
    """A function (system, index) → that record of the table whose address is in `system`.

    A helper gets all tables by one pointer, so that calling it costs next to nothing.
    """
    record = from_dtype(dtype)
    fields: Any = system_type.fields
    offset = int(fields[table][1])

    @intrinsic
    def at(context: Any, system: Any, index: Any) -> Any:
        del context, index

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            del signature
            byte = context.get_value_type(types.voidptr)
            size = context.get_value_type(types.intp)
            place = builder.gep(builder.bitcast(args[0], byte), [size(offset)])
            start = builder.load(builder.bitcast(place, byte.as_pointer()))
            # No table moves while the kernel runs, whatever it writes
            start.set_metadata("invariant.load", builder.module.add_metadata([]))
            found = builder.gep(start, [builder.mul(args[1], size(dtype.itemsize))])
            return builder.bitcast(found, context.get_value_type(record))

        return record(system, types.intp), generate

    return cast("Callable[[Any, int], Any]", at)


@intrinsic
def _high_product(context: Any, a: Any, b: Any) -> Any:
    del context, a, b

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        del context, signature
        word = args[0].type
        double = type(word)(128)
        wide = builder.mul(builder.zext(args[0], double), builder.zext(args[1], double))
        return builder.trunc(builder.lshr(wide, double(64)), word)

    return types.uint64(types.uint64, types.uint64), generate


# The upper 64 bits of the product of two unsigned integers: one instruction.
high_product: Callable[[Any, Any], Any] = cast("Callable[[Any, Any], Any]", _high_product)


@intrinsic
def _call_code(context: Any, address: Any, system: Any, node: Any, item: Any, port: Any) -> Any:
    del context, address, node, item, port

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        del signature
        byte, word = context.get_value_type(types.voidptr), context.get_value_type(types.intp)
        kind = ir.FunctionType(ir.DoubleType(), [byte, word, word, word])
        function = builder.inttoptr(args[0], kind.as_pointer())
        return builder.call(function, [builder.bitcast(args[1], byte), *args[2:]])

    return types.float64(types.intp, system, types.intp, types.intp, types.intp), generate


# (address, system, node, item, port): the value of a program that is machine code (`translate`).
call_code: Callable[[int, Any, int, int, int], float] = cast(
    "Callable[[int, Any, int, int, int], float]", _call_code
)


@intrinsic
def _prefetch(context: Any, record: Any, offset: Any) -> Any:
    del context, offset

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        del signature
        byte, word = context.get_value_type(types.voidptr), context.get_value_type(types.int32)
        kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        function = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        place = builder.gep(builder.bitcast(args[0], byte), [args[1]])
        builder.call(function, [place, word(1), word(3), word(1)])  # to write, to all caches, data
        return context.get_dummy_value()

    return types.void(record, types.intp), generate


# (record, offset): have the cache line at that offset from the record fetched while work goes on.
prefetch: Callable[[Any, int], None] = cast("Callable[[Any, int], None]", _prefetch)
