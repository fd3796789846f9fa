"""The properties of mobile resources: from the model tree to dispatchers and executers."""

from __future__ import annotations

from ..errors import SimulationError
from ..model import CodeValue, ModelObject, NumberValue
from .agv import GuidePaths
from .agv_travel import GuidedTravel
from .axes import crane, elevator, robot, storage_vehicle
from .executer import Dispatcher, TaskExecuter
from .networks import Network, NetworkTravel
from .simulation import Simulation
from .travel import Travel, centre
from .values import Values

_AXES = {"Crane": crane, "Elevator": elevator, "ASRSvehicle": storage_vehicle, "Robot": robot}


class Ways:
    """The networks and guide paths of a model, read once in a replication."""

    def __init__(self, sim: Simulation) -> None:
        self.network = Network.of(sim.model)
        self.paths = GuidePaths.of(sim)


def check_way(obj: ModelObject) -> None:
    """Raise SimulationError on what a network node, path or control point cannot do here."""
    for name in obj.properties:
        if name.startswith("Triggers.") or name in ("MTBFMTTRs", "TimeTables"):
            raise SimulationError(f"{name} of a {obj.class_name} is not simulated yet", obj.name)


def configure_dispatcher(node: Dispatcher, values: Values) -> None:
    """PassTo and QueueStrategy; raises SimulationError."""
    value = values.get("QueueStrategy")
    plain = isinstance(value, CodeValue) and value.text.replace(" ", "").rstrip(";") in _PRIORITY
    node.strategy = None if plain else values.rule("QueueStrategy")[1]
    constant, rule = values.rule("PassTo")
    node.pass_to = None if constant == 0 else rule


_PRIORITY = frozenset(
    {"taskSequence.priority", "returntaskSequence.priority", "returngetpriority(taskSequence)"}
)


def configure_executer(node: TaskExecuter, values: Values, ways: Ways) -> None:
    """Capacity, times, triggers and travel; raises SimulationError."""
    _refuse(values)
    node.capacity = values.whole("Capacity", 1)
    node.place = centre(node.source)
    node.travel = _travel(node.source, values, ways)
    node.travel.settle(node)
    node.load_time = values.duration("LoadTime")[1]
    node.unload_time = values.duration("UnloadTime")[1]
    node.on_load, node.on_unload = values.trigger("OnLoad"), values.trigger("OnUnload")
    if node.source.class_name == "Robot":
        node.move_time = values.duration("MoveTime")[1]


def _travel(source: ModelObject, values: Values, ways: Ways) -> Travel:
    """On the way that the executer is connected to, else by its class."""
    speed = values.number("MaxSpeed")
    if not speed > 0:
        raise values.fail("MaxSpeed", "must be above 0")
    rates = speed, values.number("Acceleration"), values.number("Deceleration")
    if ways.network.gates.get(source):
        travel: Travel = NetworkTravel(*rates, ways.network, ways.network.gates[source][0])
    elif ways.paths.gates.get(source):
        travel = GuidedTravel(*rates, ways.paths, ways.paths.gates[source][0])
    elif source.class_name in _AXES:
        return _AXES[source.class_name](values, rates)
    else:
        travel = Travel(*rates)
    if source.class_name == "Transporter" and values.number("OffsetTravel"):
        travel.lift_speed = values.number("LiftSpeed")
    return travel


def _refuse(values: Values) -> None:
    """Raise on what is not simulated."""
    if values.number("OffsetTravel") not in (0, 1):
        raise values.fail("OffsetTravel", "is not simulated with this option", "use 0 or 1")
    if values.get("BreakTo") != NumberValue(0.0):
        raise values.fail("BreakTo", "is not simulated yet", "leave it at 0")
    if not values.flag("AvailableOnStart"):
        raise values.fail("AvailableOnStart", "is simulated as 1 only")
