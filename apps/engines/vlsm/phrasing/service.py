"""How people say who serves what: operators at machines, vehicles between them, teams."""

from __future__ import annotations

from ...factories.factory import Factory
from ...factories.roles import EXECUTERS
from ...factories.words import PRODUCTS
from .markup import Markup

FLAGS = ("UseProcessOperators", "UseTransport")
_OPERATE = (
    "{r} runs {s}",
    "{r} operates {s}",
    "{r} works at {s}",
    "{r} tends {s}",
    "{s} need{v} {r} for processing",
    "{s} {is} operated by {r}",
    "Processing at {s} requires {r}",
    "{r} is needed at {s} while items are processed",
    "the operator for {s} is {r}",
)
_OPERATE_TEAM = (
    "{s} request{v} operators from {r}",
    "{s} get{v} operators from {r}",
    "operators for {s} come from {r}",
    "{r} sends operators to {s}",
    "{r} assigns the operators of {s}",
)
_CARRY = (
    "{r} carries {items} away from {s}",
    "{r} takes the {items} from {s} to the next station",
    "{items} leaving {s} are transported by {r}",
    "{s} use{v} {r} for transport",
    "{r} moves what leaves {s}",
    "transport from {s} is done by {r}",
    "{r} picks up {items} at {s} and brings them on",
)
_CARRY_TEAM = (
    "{s} call{v} {r} for transport",
    "{r} handles the transport from {s}",
    "transport from {s} is requested from {r}",
    "{items} from {s} are carried by a vehicle of {r}",
)
_TEAM = (
    "{r} manages {m}",
    "{r} dispatches {m}",
    "{m} belong to {r}",
    "{m} report to {r}",
    "the members of {r} are {m}",
    "{r} coordinates {m}",
    "{r} consists of {m}",
    "{r} gives tasks to {m}",
    "{m} are under {r}",
)
_CONTAINERS = (
    "the containers for {c} come from {f}",
    "{c} takes its containers from {f}",
    "{f} supplies the containers for {c}",
    "{c} fills the containers that come from {f}",
)


def service_sentences(factory: Factory, mark: Markup) -> list[str]:
    """All links to resources, and now and then where a Combiner's containers come from."""
    said: list[str] = []
    for resource, station in enumerate(factory.stations):
        if station.class_name == "Dispatcher":
            members = [b for a, b in factory.links if a == resource]
            said.append(_filled(mark, _TEAM, r=[resource], m=members))
        for flag in FLAGS:
            served = [a for a, b in factory.service() if b == resource and _has(factory, a, flag)]
            if served:
                said.append(_served(factory, mark, resource, served, flag))
    return said + container_sentences(factory, mark)


def container_sentences(factory: Factory, mark: Markup) -> list[str]:
    said: list[str] = []
    for index, station in enumerate(factory.stations):
        feeder = factory.container_feeder(index)
        if station.class_name == "Combiner" and feeder is not None and mark.rng.random() < 0.5:
            mark.containers.add(feeder)
            said.append(_filled(mark, _CONTAINERS, c=[index], f=[feeder]))
    return said


def _has(factory: Factory, index: int, flag: str) -> bool:
    return flag in factory.stations[index].settings


def _served(factory: Factory, mark: Markup, resource: int, served: list[int], flag: str) -> str:
    alone = factory.class_of(resource) in EXECUTERS
    forms: tuple[str, ...]
    if flag == "UseProcessOperators":
        forms = _OPERATE if alone else _OPERATE_TEAM
    else:
        forms = _CARRY if alone else _CARRY_TEAM
        targets = factory.successors(served[0])
        if alone and len(served) == 1 and targets and mark.rng.random() < 0.35:
            form = "{r} carries {items} from {s} to {t}"
            return _filled(mark, (form,), r=[resource], s=served, t=targets)
    return _filled(mark, forms, r=[resource], s=served)


def _filled(mark: Markup, forms: tuple[str, ...], **who: list[int]) -> str:
    text = mark.rng.choice(forms).replace("{items}", mark.rng.choice(PRODUCTS))
    many = len(who.get("s", [])) > 1
    text = text.replace("{v}", "" if many else "s").replace("{is}", "are" if many else "is")
    for key, indices in who.items():
        text = text.replace(f"{{{key}}}", mark.names_joined(indices))
    return text


def inferred(factory: Factory, index: int, flag: str) -> bool:
    """Whether a drawn link tells by itself what the resource does for the station."""
    names = [factory.class_of(b) for a, b in factory.service() if a == index]
    names += [
        factory.class_of(member)
        for a, b in factory.service()
        if a == index and factory.class_of(b) == "Dispatcher"
        for c, member in factory.links
        if c == b
    ]
    human = "Operator" in names
    return human if flag == "UseProcessOperators" else not human
