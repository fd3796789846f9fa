"""The family of models: configuration, shapes, masks, learning, writing, files."""

import json
from dataclasses import replace

import pytest
import torch
from PIL import Image

from apps.engines.vlsm.family.configuration import (
    MEMBERS,
    Adapter,
    Connector,
    Vision,
    config_from,
    read_config,
)
from apps.engines.vlsm.family.connectors import build_connector
from apps.engines.vlsm.family.data import Collator, Example, TripletFiles
from apps.engines.vlsm.family.language import adapted
from apps.engines.vlsm.family.training import TrainingSettings, train_member
from apps.engines.vlsm.family.vision import build_vision
from apps.engines.vlsm.family.weights import load_member, own_state, save_member
from apps.engines.vlsm.family.writing import WritingSettings, write_scripts
from tests.engines.vlsm.family_members import CLIP, examples, tiny

EFFICIENTNET = {
    "image_size": 32, "width_coefficient": 0.25, "depth_coefficient": 0.1, "hidden_dim": 320,
}  # fmt: skip


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    """A tiny member that has learned four triplets by heart, its reports and its folder."""
    torch.manual_seed(0)
    _, tokenizer, model = tiny()
    settings = TrainingSettings(steps=120, batch=4, rate=3e-3, warmup=5, report_every=10)
    out = tmp_path_factory.mktemp("family")
    reports = train_member(model, tokenizer, examples(), settings, out)
    return model, tokenizer, reports, out


@pytest.mark.parametrize("path", sorted(MEMBERS.glob("*.json")), ids=lambda path: path.stem)
def test_known_members_are_read(path):
    language = "" if path.stem == "small" else "weights"

    assert read_config(path, language).name == path.stem


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"name": "x", "language": {}}, "language.folder"),
        (
            {"name": "x", "language": {"model_type": "llama"}, "adapter": {"kind": "lora"}},
            "adapter",
        ),
        ({"name": "x", "language": {"model_type": "llama", "size": 3}}, "unknown size"),
        ({"name": "x", "language": {"folder": "y"}, "connector": {"kind": "z"}}, "one of linear"),
        ({"language": {"folder": "y"}}, "name"),
    ],
)
def test_wrong_configurations_say_what_is_wrong(found, message):
    with pytest.raises(ValueError, match=message):
        config_from(found)


@pytest.mark.parametrize("kind", ["linear", "mlp", "perceiver", "qformer"])
def test_connectors_make_tokens_of_the_language_model(kind):
    connector = build_connector(Connector(kind, queries=5, width=32), 24, 48)

    tokens = connector(torch.randn(2, 7, 24))

    assert tokens.shape == (2, 7 if kind in {"linear", "mlp"} else 5, 48)
    assert (tokens[0] - tokens[1]).abs().max() > 1e-4


@pytest.mark.parametrize(
    ("vision", "places"),
    [
        (Vision("sketch", sizes={"channels": [8, 8, 8, 16, 16]}), 280),
        (Vision("clip_vision_model", sizes=CLIP), 5),
        (Vision("efficientnet", sizes=EFFICIENTNET), 1),
    ],
    ids=["sketch", "clip", "efficientnet"],
)
def test_encoders_see_a_sketch(vision, places):
    encoder = build_vision(vision).eval()
    pixels = encoder.prepare(Image.new("RGB", (60, 40), "white"))

    features = encoder(pixels[None])

    assert features.shape == (1, places, encoder.width)
    assert not any(parameter.requires_grad for parameter in encoder.parameters())


@pytest.mark.parametrize(
    ("model_type", "sizes"),
    [
        ("llama", {}),
        ("gemma3_text", {"layer_types": ["full_attention", "full_attention"]}),
        ("starcoder2", {"sliding_window": None}),
        ("qwen2", {}),
    ],
)
def test_backbones_see_the_prefix_whole_and_the_script_in_order(model_type, sizes):
    config, tokenizer, model = tiny(model_type, sizes=sizes)
    model.eval()
    rows = model.sequences(Collator(config, tokenizer, model.vision)(examples()[:1]))
    prefix = int(rows.prefix.sum())
    rows = replace(rows, embeds=rows.embeds.detach())
    base = hidden(model, rows)

    rows.embeds[:, prefix - 1].normal_()
    after_prefix = hidden(model, rows)
    rows.embeds[:, -1].normal_()
    after_script = hidden(model, rows)

    assert (after_prefix[:, 0] - base[:, 0]).abs().max() > 1e-5
    torch.testing.assert_close(after_script[:, :-1], after_prefix[:, :-1])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("model_type", ["llama", "qwen2"])
def test_attention_implementations_agree(model_type, side):
    config, tokenizer, model = tiny(model_type)
    model.eval()
    rows = model.sequences(Collator(config, tokenizer, model.vision)(examples()), side)
    theirs = hidden(model, rows)[rows.padding]

    model.language.set_attn_implementation("gendt_triton")
    ours = hidden(model, rows)[rows.padding]

    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)


def hidden(model, rows):
    with torch.no_grad():
        return model.language(
            inputs_embeds=rows.embeds, attention_mask=model.masks(rows),
            position_ids=rows.positions, output_hidden_states=True,
        ).hidden_states[-1]  # fmt: skip


def test_a_member_learns_triplets_by_heart(learned):
    model, tokenizer, reports, _ = learned
    asked = [Example(x.prompt, "", x.sketch) for x in examples()]

    written = write_scripts(model, tokenizer, asked, WritingSettings(longest=80))

    assert reports[-1]["loss"] < 0.1 * reports[0]["loss"]
    assert [x.script for x in written] == [x.script for x in examples()]
    assert all(x.complete for x in written)


def test_writing_streams_and_can_be_stopped(learned):
    model, tokenizer, _, _ = learned
    asked = [Example(x.prompt, "", x.sketch) for x in examples()[:1]]
    pieces = []

    def stop():
        return len(pieces) >= 6

    (whole,) = write_scripts(model, tokenizer, asked, on_text=lambda row, text: pieces.append(text))
    streamed = "".join(pieces)
    pieces.clear()
    (part,) = write_scripts(
        model, tokenizer, asked, on_text=lambda row, text: pieces.append(text), should_stop=stop
    )

    assert streamed == whole.script
    assert not part.complete
    assert whole.script.startswith(part.script)
    assert len(part.script) < len(whole.script)


def test_a_saved_member_comes_back(learned):
    model, tokenizer, _, out = learned
    asked = [Example(x.prompt, "", x.sketch) for x in examples()]

    again, its_tokenizer = load_member(out / "member")

    assert own_state(again).keys() == own_state(model).keys()
    theirs = write_scripts(again, its_tokenizer, asked)
    assert theirs == write_scripts(model, tokenizer, asked)


def test_weights_of_another_member_are_refused(learned, tmp_path):
    _, _, _, out = learned
    _, tokenizer, model = tiny(sizes={"num_hidden_layers": 1})
    save_member(model, tokenizer, tmp_path)
    (tmp_path / "member.json").write_text((out / "member" / "member.json").read_text())

    with pytest.raises(ValueError, match="another member"):
        load_member(tmp_path)


def test_training_goes_on_where_it_stopped(tmp_path):
    _, tokenizer, model = tiny()
    first = TrainingSettings(steps=3, batch=2, report_every=1, held_out=1)
    train_member(model, tokenizer, examples(), first, tmp_path)
    more = TrainingSettings(steps=5, batch=2, report_every=1, held_out=1)

    reports = train_member(model, tokenizer, examples(), more, tmp_path, resume=True)

    assert [x["step"] for x in reports if "loss" in x] == [4, 5]


def test_training_stops_when_what_is_held_out_gets_no_better(tmp_path):
    _, tokenizer, model = tiny()
    settings = TrainingSettings(
        steps=50, batch=3, rate=0.0, save_every=1, report_every=50, held_out=1, patience=2
    )

    reports = train_member(model, tokenizer, examples(), settings, tmp_path)

    assert max(report["step"] for report in reports) < 6


@pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")  # peft 0.21
def test_lora_trains_little_and_is_saved_alone(tmp_path):
    pytest.importorskip("peft")
    _, tokenizer, model = tiny()
    model.language.requires_grad_(True)
    model.language = adapted(model.language, Adapter("lora", rank=4, alpha=8))
    settings = TrainingSettings(steps=12, batch=4, rate=1e-2, warmup=1, report_every=4)

    reports = train_member(model, tokenizer, examples(), settings, tmp_path)

    trained = [name for name in own_state(model) if name.startswith("language")]
    assert trained
    assert all("lora_" in name or "inv_freq" in name for name in trained)
    assert reports[2]["loss"] < reports[0]["loss"]


def test_triplets_are_read_from_their_files(tmp_path):
    rows = [
        {"split": "train", "prompt": "one", "script": "a;", "sketch": "x.webp"},
        {"split": "test", "prompt": "two", "script": "b;", "sketch": ""},
        {"split": "train", "prompt": "drei ä", "script": "c;", "sketch": ""},
    ]
    Image.new("RGB", (4, 4)).save(tmp_path / "x.webp")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "triplets-00000.jsonl").write_text(lines, encoding="utf-8")

    found = TripletFiles(tmp_path)

    assert [(x.prompt, x.script, x.sketch is not None) for x in found] == [
        ("one", "a;", True),
        ("drei ä", "c;", False),
    ]
    with pytest.raises(ValueError, match="no triplets"):
        TripletFiles(tmp_path, "validation")
