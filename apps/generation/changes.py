"""What differs between two scripts, as sentences in the language of the moment."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from apps.generation.scripts import model_of

if TYPE_CHECKING:
    from apps.engines.simulation.model import Model, ModelObject

Named = dict[str, "ModelObject"]


def changes_between(before: str, after: str) -> list[str]:
    """What `after` does otherwise than `before`; nothing where one of them builds no model."""
    old, new = model_of(before), model_of(after)
    return [] if old is None or new is None else list(differences(old, new))


def differences(old: "Model", new: "Model") -> Iterator[str]:
    """Objects that came, went or changed their name, then values, then connections."""
    before, after = {item.name: item for item in old}, {item.name: item for item in new}
    renamed = renamings(before, after)
    for name, item in after.items():
        if name not in before and name not in renamed.values():
            yield _("added %(class)s “%(name)s”") % {"class": item.class_name, "name": name}
    for name in before:
        if name not in after and name not in renamed:
            yield _("removed “%(name)s”") % {"name": name}
    for name, fresh in renamed.items():
        yield _("renamed “%(name)s” to “%(new)s”") % {"name": name, "new": fresh}
    for name, item in before.items():
        now = after.get(renamed.get(name, name))
        if now is not None:
            yield from value_changes(item, now)
    yield from _links(old, new, before.keys() - renamed.keys() - after.keys(), renamed)


def renamings(before: Named, after: Named) -> dict[str, str]:
    """Old to new names: objects that went and came with the same class at the same place."""
    came = {_place(item): name for name, item in after.items() if name not in before}
    gone = {name: item for name, item in before.items() if name not in after}
    return {name: came[_place(item)] for name, item in gone.items() if _place(item) in came}


def _place(item: "ModelObject") -> tuple[str, tuple[float, float, float]]:
    return item.class_name, item.location


def value_changes(old: "ModelObject", new: "ModelObject") -> Iterator[str]:
    """Properties of one object that have another value."""
    from apps.engines.flexscript.model_printer import value_text

    for prop in old.properties | new.properties:
        was, now = old.properties.get(prop), new.properties.get(prop)
        if was == now:
            continue
        words = {"name": new.name, "prop": prop, "was": "", "now": ""}
        if now is None:
            yield _("“%(name)s”: %(prop)s back to its default") % words
            continue
        words["now"] = value_text(now).strip('"').replace(", getstream(current)", "")
        if was is None:
            yield _("“%(name)s”: %(prop)s set to %(now)s") % words
        else:
            words["was"] = value_text(was).strip('"').replace(", getstream(current)", "")
            yield _("“%(name)s”: %(prop)s from %(was)s to %(now)s") % words


def _links(old: "Model", new: "Model", gone: set[str], renamed: dict[str, str]) -> Iterator[str]:
    def ends(model: "Model") -> list[tuple[str, str]]:
        return [(link.source.name, link.target.name) for link in model.connections]

    before = [(renamed.get(a, a), renamed.get(b, b)) for a, b in ends(old)]
    after = ends(new)
    for pair in dict.fromkeys(after):
        if pair not in before:
            yield _("connected “%(a)s” to “%(b)s”") % dict(zip("ab", pair, strict=True))
    for pair in dict.fromkeys(before):
        if pair not in after and not gone & set(pair):
            yield _("disconnected “%(a)s” from “%(b)s”") % dict(zip("ab", pair, strict=True))
