"""A factory as the model tree and script that a perfect answer would give."""

from __future__ import annotations

from ..factories.factory import Factory, Setting
from ..simulation.model import (
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    OptionValue,
    Value,
)
from .writer import PLACEMENTS


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
        model.connect(objects[source], objects[target])
    return model


def setting_value(setting: Setting) -> Value:
    """A setting in model units."""
    values = tuple(quantity.value for quantity in setting.args)
    if setting.prop == "ItemPlacement":
        return OptionValue(int(values[0]), PLACEMENTS[int(values[0])])
    if setting.function == "constant":
        return NumberValue(values[0])
    if setting.function == "exponential":
        return DistributionValue("exponential", (0.0, values[0]))
    return DistributionValue(setting.function, values)
