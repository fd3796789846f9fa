"""Where objects, values and assumptions of a version come from, told from the versions before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.generation.changes import renamings, value_changes
from apps.generation.enums import Origin
from apps.generation.models import DraftVersion
from apps.generation.scripts import model_of

if TYPE_CHECKING:
    from apps.engines.simulation.model import Model, ModelObject

MOST_STEPS = 60
MOST_QUOTED = 240


@dataclass(frozen=True)
class Step:
    """A version with the model that it builds."""

    version: DraftVersion
    model: "Model"

    def find(self, name: str) -> "ModelObject | None":
        return next((item for item in self.model if item.name == name), None)


def lineage(version: DraftVersion) -> list[Step]:
    """The versions that led to this one, the oldest first; one that repeats another is left out,
    and so is one that builds no model."""
    steps: list[Step] = []
    at: DraftVersion | None = version
    for _step in range(MOST_STEPS):
        if at is None:
            break
        if at.origin != Origin.RESTORED or at.parent is None:
            model = model_of(at.source)
            if model is not None:
                steps.append(Step(at, model))
        at = at.parent
    return steps[::-1]


def named_in(text: str, model: "Model") -> str:
    """The longest name of an object that a message holds as whole words; "" if there is none."""
    found = [item.name for item in model if _holds(text, item.name)]
    return max(found, key=len, default="")


def _holds(text: str, name: str) -> bool:
    edge = r"(?![A-Za-z0-9_])" if name[-1:].isascii() else ""
    start = r"(?<![A-Za-z0-9_])" if name[:1].isascii() else ""
    return re.search(start + re.escape(name) + edge, text, re.IGNORECASE) is not None


def origin_text(text: str, version: DraftVersion) -> str:
    """Where the object comes from that a message names; the assumptions where it names none."""
    steps = lineage(version)
    name = named_in(text, steps[-1].model) if steps else ""
    if not name:
        known = _names(list(steps[-1].model)) if steps else ""
        unknown = _("Version %(n)d has no object of that name.") % {"n": version.number}
        objects = _("Its objects are %(names)s.") % {"names": known}
        return " ".join([unknown, *([objects] if known else []), assumed_text(version)])
    return " ".join(_told(steps, name))


def _told(steps: list[Step], name: str) -> Iterator[str]:
    item = steps[-1].find(name)
    assert item is not None
    yield _place_text(item)
    trail = list(_trail(steps, name))
    yield _first_text(*trail[0])
    for (before, old), (step, now) in pairwise(trail):
        yield from _changes_text(before, old, step, now)
    yield from _assumed_of({name for _step, name in trail}, steps)


def _trail(steps: list[Step], name: str) -> Iterator[tuple[Step, str]]:
    """The steps that have the object, the oldest first, each with the name it had then."""
    trail: list[tuple[Step, str]] = []
    for index in range(len(steps) - 1, -1, -1):
        if steps[index].find(name) is None:
            break
        trail.append((steps[index], name))
        if index and steps[index - 1].find(name) is None:
            before = {item.name: item for item in steps[index - 1].model}
            after = {item.name: item for item in steps[index].model}
            back = {new: old for old, new in renamings(before, after).items()}
            name = back.get(name, name)
    yield from reversed(trail)


def _place_text(item: "ModelObject") -> str:
    """Its class and neighbours."""
    words = {"name": item.name, "class": item.class_name}
    text = _("“%(name)s” is a %(class)s") % words
    feeders, targets = _names(item.in_ports), _names(item.out_ports)
    if feeders:
        text += _(", fed by %(names)s") % {"names": feeders}
    if targets:
        text += _(", feeding %(names)s") % {"names": targets}
    return text + _(".")


def _names(items: list["ModelObject"]) -> str:
    return _(", ").join(f"“{item.name}”" for item in items)


def _first_text(step: Step, name: str) -> str:
    """How it came into the model."""
    version = step.version
    words = {"n": version.number, "name": name, "who": _author(version)}
    if version.origin == Origin.EDITED:
        return _("%(who)s wrote it into the script, version %(n)d.") % words
    if version.origin == Origin.IMPORTED:
        return _("It came with the script that %(who)s imported as version %(n)d.") % words
    quoted = _quoted(version.prompt, name)
    if quoted:
        return _("It is there since version %(n)d; %(who)s wrote: “%(said)s”") % {
            **words,
            "said": quoted,
        }
    if version.sketch_id and version.parent_id is None:
        return _("The words of version %(n)d do not name it; it was read off the sketch.") % words
    return _("It came with version %(n)d, for the request “%(said)s”") % {
        **words,
        "said": _short(version.prompt),
    }


def _author(version: DraftVersion) -> str:
    return version.author.name if version.author else _("somebody")


def _quoted(prompt: str, name: str) -> str:
    """The sentences that name the object."""
    sentences = re.split(r"(?<=[.;!?])\s+|(?<=[。；！？])|\n", prompt)
    return _short(" ".join(s.strip() for s in sentences if _holds(s, name)))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


def _changes_text(before: Step, old: str, step: Step, name: str) -> Iterator[str]:
    """What a later version changed of it."""
    was, now = before.find(old), step.find(name)
    if was is None or now is None:
        return
    changes = list(value_changes(was, now))
    if old != name:
        changes.insert(0, _("renamed “%(name)s” to “%(new)s”") % {"name": old, "new": name})
    if [item.name for item in was.in_ports] != [item.name for item in now.in_ports]:
        feeders = _names(now.in_ports) or _("nothing")
        changes.append(_("it is fed by %(names)s") % {"names": feeders})
    if [item.name for item in was.out_ports] != [item.name for item in now.out_ports]:
        targets = _names(now.out_ports) or _("nothing")
        changes.append(_("it feeds %(names)s") % {"names": targets})
    if not changes:
        return
    words = {"n": step.version.number, "what": _("; ").join(changes)}
    said = _short(step.version.prompt)
    if said:
        yield _("Version %(n)d (“%(said)s”): %(what)s.") % {**words, "said": said}
    else:
        who = {"who": _author(step.version)}
        yield _("Version %(n)d, edited by %(who)s: %(what)s.") % {**words, **who}


def _assumed_of(names: set[str], steps: list[Step]) -> Iterator[str]:
    """What was assumed about it, by any version that led here."""
    told = [
        item["text"]
        for step in steps
        for item in step.version.assumptions
        if item.get("object") in names
    ]
    if told:
        yield _("Assumed about it: %(what)s") % {"what": " ".join(dict.fromkeys(told))}


def assumed_text(version: DraftVersion) -> str:
    """All that was assumed for a version and for those that it came from."""
    seen: dict[str, int] = {}
    names: set[str] | None = None
    for step in reversed(lineage(version)):
        now = {item.name for item in step.model}
        names = now if names is None else names
        for item in step.version.assumptions:
            if item.get("object") is None or item["object"] in names:
                seen.setdefault(item["text"], step.version.number)
    if not seen:
        return _("Nothing was assumed for version %(n)d: prompt and sketch say it all.") % {
            "n": version.number
        }
    head = ngettext(
        "I assumed %(count)d thing for version %(n)d.",
        "I assumed %(count)d things for version %(n)d.",
        len(seen),
    ) % {"count": len(seen), "n": version.number}
    lines = [f"• {text}" for text in reversed(seen)]
    return "\n".join([head, *lines])
