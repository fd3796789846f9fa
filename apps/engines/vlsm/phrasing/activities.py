"""What is done at a station, as its name suggests: "Mill 2" mills."""

from __future__ import annotations

from random import Random

_DONE = {
    "mill": "milled", "lathe": "turned", "turn": "turned", "drill": "drilled", "grind": "ground",
    "deburr": "deburred", "saw": "sawn", "bor": "bored", "broach": "broached", "hon": "honed",
    "wash": "washed", "press": "pressed", "laser": "cut", "cut": "cut", "assembl": "assembled",
    "screw": "screwed together", "rivet": "riveted", "glu": "glued", "fit": "fitted",
    "test": "tested", "torque": "tightened", "kit": "kitted", "label": "labelled",
    "solder": "soldered", "reflow": "soldered", "aoi": "inspected", "inspect": "inspected",
    "x-ray": "x-rayed", "coat": "coated", "expos": "exposed", "develop": "developed",
    "etch": "etched", "metrology": "measured", "furnace": "heated", "degreas": "degreased",
    "prim": "primed", "paint": "painted", "cur": "cured", "sand": "sanded", "mask": "masked",
    "dry": "dried", "oven": "baked", "mix": "mixed", "slic": "sliced", "fry": "fried",
    "cool": "cooled", "freez": "frozen", "weigh": "weighed", "seal": "sealed", "peel": "peeled",
    "blend": "blended", "fill": "filled", "capp": "capped", "rins": "rinsed", "pack": "packed",
    "palletiz": "palletized", "wrap": "wrapped", "granulat": "granulated", "steril": "sterilized",
    "dispens": "dispensed", "mold": "moulded", "pour": "poured", "fettl": "fettled",
    "blast": "blasted", "cast": "cast", "trim": "trimmed", "card": "carded", "spin": "spun",
    "weav": "woven", "loom": "woven", "dye": "dyed", "knit": "knitted", "sew": "sewn",
    "iron": "ironed", "bleach": "bleached", "embroider": "embroidered", "receiv": "received",
    "unload": "unloaded", "pick": "picked", "sort": "sorted", "scan": "scanned",
    "load": "loaded", "shred": "shredded", "magnet": "sorted by magnet", "bal": "baled",
    "siev": "sieved", "crush": "crushed", "dismantl": "dismantled", "weld": "welded",
    "check": "checked", "polish": "polished", "clean": "cleaned", "repair": "repaired",
    "rework": "reworked",
}  # fmt: skip
_ANY = ("processed", "worked on", "treated", "machined", "handled")


def past_participle(name: str, rng: Random) -> str:
    """ "milled" for "Mill 2"; a general word where the name suggests nothing."""
    words = name.lower().replace("_", " ").split()
    for stem, done in _DONE.items():
        if any(word.startswith(stem) for word in words) and rng.random() < 0.85:
            return done
    return rng.choice(_ANY)
