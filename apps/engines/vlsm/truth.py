"""A factory as the model tree and script that a perfect answer would give."""

from __future__ import annotations

from ..factories.factory import Factory, Setting
from ..factories.roles import link_kind
from ..simulation.model import Model, ModelObject, Value
from .actions import OPTION_PROPERTIES, TIME_PROPERTIES
from .writer import number_value, option_value, time_value


def truth_model(factory: Factory) -> Model:
    """The model tree of a factory; links in order of source, then target."""
    model = Model()
    objects = [
        model.add(ModelObject(s.name, s.class_name, (s.x, s.y, 0.0))) for s in factory.stations
    ]
    for item, station in zip(objects, factory.stations, strict=True):
        for setting in station.settings.values():
            item.properties[setting.prop] = setting_value(setting)
    for source, target in factory.links:
        kind = link_kind(factory.class_of(source), factory.class_of(target))
        model.connect(objects[source], objects[target], kind)
    return model


def setting_value(setting: Setting) -> Value:
    """A setting in model units."""
    values = tuple(quantity.value for quantity in setting.args)
    if setting.prop in OPTION_PROPERTIES:
        return option_value(setting.prop, int(values[0]))
    if setting.prop not in TIME_PROPERTIES:
        return number_value(setting.prop, values[0])
    return time_value(setting.function, values)
