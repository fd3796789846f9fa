"""Tiny members of the family and a handful of triplets, for the tests beside it."""

from PIL import Image

from apps.engines.vlsm.family.configuration import config_from
from apps.engines.vlsm.family.data import Example
from apps.engines.vlsm.family.language import learn_tokenizer
from apps.engines.vlsm.family.modeling import FamilyModel

SIZES = {
    "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2,
    "num_key_value_heads": 1, "head_dim": 32,
}  # fmt: skip
CLIP = {
    "image_size": 32, "patch_size": 16, "hidden_size": 32, "intermediate_size": 64,
    "num_hidden_layers": 1, "num_attention_heads": 2,
}  # fmt: skip
SCRIPT = 'Object a = Object.create("{kind}");\na.name = "{name}";\n'


def examples():
    """Two that differ in their sketch alone, one in words, one without a sketch."""
    dark, light = Image.new("RGB", (40, 30), "black"), Image.new("RGB", (40, 30), "white")
    drawn = "What is drawn, called Ofen 3 ä."
    return [
        Example(drawn, SCRIPT.format(kind="Queue", name="Ofen 3 ä"), dark),
        Example(drawn, SCRIPT.format(kind="Source", name="Ofen 3 ä"), light),
        Example("A sink called B.", SCRIPT.format(kind="Sink", name="B"), light),
        Example("A queue called C.", SCRIPT.format(kind="Queue", name="C")),
    ]


def tiny(model_type="llama", **given):
    """Configuration, tokenizer and model, all new."""
    vision = given.pop("vision", {"kind": "clip_vision_model", "sizes": CLIP, "trained": True})
    language = {"model_type": model_type, "sizes": SIZES | given.pop("sizes", {})}
    config = config_from({"name": "tiny", "language": language, "vision": vision, **given})
    tokenizer = learn_tokenizer([f"{x.prompt}\n{x.script}" for x in examples()], 400)
    return config, tokenizer, FamilyModel(config, len(tokenizer))
