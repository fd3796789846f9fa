"""Training: it learns, resumes where it was, stops early, and several processes stay one model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from apps.engines.vlsm import training
from apps.engines.vlsm.modeling import Vlsm, VlsmConfig
from apps.engines.vlsm.pretrained import load_encoder
from apps.engines.vlsm.training import TrainingConfig, train

ROOT = Path(__file__).parents[3]
SMALL = TrainingConfig(
    steps=6, tokens=600, max_batch=4, warmup=1, report_every=2, save_every=3, pool=8, validation=4
)


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    text = load_encoder().config.to_dict() | {"max_position_embeddings": 768}
    small = {"num_hidden_layers": 2, "hidden_size": 384}
    config = {"text": text | small, "tag_layers": 1, "entity_layers": 1, "decoder_layers": 1}
    monkeypatch.setattr(training, "new_model", lambda: Vlsm(VlsmConfig(**config, width=64)))


def log_of(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def test_a_run_leaves_weights_a_log_and_curves(tmp_path: Path) -> None:
    train(SMALL, tmp_path)

    assert [line["step"] for line in log_of(tmp_path) if "loss" in line] == [2, 4, 6]
    assert [line["step"] for line in log_of(tmp_path) if "validation" in line] == [3, 6]
    assert (tmp_path / "weights/model.safetensors").exists()
    assert "Training" in (tmp_path / "curves.html").read_text()


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    train(replace(SMALL, steps=3), tmp_path)
    before = torch.load(tmp_path / "checkpoint.pt", weights_only=True)["model"][
        "link_source.weight"
    ]

    train(replace(SMALL, steps=3), tmp_path, resume=True)
    same = torch.load(tmp_path / "checkpoint.pt", weights_only=True)["model"]["link_source.weight"]
    train(SMALL, tmp_path, resume=True)
    after = torch.load(tmp_path / "checkpoint.pt", weights_only=True)

    assert torch.equal(before, same)
    assert after["step"] == 6
    assert not torch.equal(before, after["model"]["link_source.weight"])


def test_it_stops_when_the_held_out_loss_no_longer_falls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training._Run, "_validate", lambda self, held_out: 1.0)

    train(replace(SMALL, steps=60, save_every=1, patience=2), tmp_path)

    assert torch.load(tmp_path / "checkpoint.pt", weights_only=True)["step"] == 3


@pytest.mark.slow
def test_two_processes_train_one_model(tmp_path: Path) -> None:
    """torchrun with gloo: gradients are averaged, the first process writes."""
    command = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        "--nproc-per-node",
        "2",
    ]
    options = {
        "steps": 2,
        "tokens": 300,
        "max-batch": 2,
        "pool": 4,
        "report-every": 1,
        "save-every": 2,
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    module = ["-m", "apps.engines.vlsm", "train", "--out", str(tmp_path), *flags]

    done = subprocess.run(
        [*command, *module],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert [line["step"] for line in log_of(tmp_path)] == [1, 2]
    assert (tmp_path / "weights/model.safetensors").exists()
