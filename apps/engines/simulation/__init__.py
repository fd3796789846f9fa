"""Discrete-event simulation with FlexSim's object library and semantics."""

from .code import CodeRunner
from .config import RunConfig
from .errors import SimulationCancelled, SimulationError
from .estimates import Estimate
from .results import ObjectResult, RunResult
from .run import simulate
from .trace import Trace

__all__ = [
    "CodeRunner",
    "Estimate",
    "ObjectResult",
    "RunConfig",
    "RunResult",
    "SimulationCancelled",
    "SimulationError",
    "Trace",
    "simulate",
]
