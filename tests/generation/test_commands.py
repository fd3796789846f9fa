"""The commands as a shell sees them: no server, no database."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import png_bytes
from tests.generation.fakes import LINE

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"^.+:\d+:\d+: .+$")


@pytest.fixture
def manage(tmp_path):
    """`manage(*words)` runs manage.py in an empty folder with a database that cannot be had."""
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1));"
        "from django.conf import settings; settings.GENDT_GENERATOR = sys.argv.pop(1);"
        "from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', *sys.argv[1:]])"
    )

    def run(*words, generator="tests.generation.fakes.load_line"):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gendt_web.settings.base",
            "GENDT_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        }
        return subprocess.run(
            [sys.executable, "-c", program, str(ROOT), generator, *map(str, words)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def line(tmp_path):
    path = tmp_path / "line.fs"
    path.write_text(LINE)
    return path


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.fs"
    path.write_text("// first line\nObject x = ;\n")
    return path


@pytest.fixture
def prompt(tmp_path):
    path = tmp_path / "prompt.txt"
    path.write_text("A mill between source and sink.")
    return path


def test_check_is_silent_on_a_good_script(manage, line):
    done = manage("flexscript", "check", line)
    assert (done.returncode, done.stdout) == (0, "")


def test_check_names_file_line_and_column(manage, line, wrong):
    done = manage("flexscript", "check", line, wrong)

    assert done.returncode == 1
    found = done.stdout.splitlines()
    assert found[0].startswith(f"{wrong}:2:12: ")
    assert all(PLACE.match(row) for row in found)


def test_check_of_a_missing_file(manage):
    done = manage("flexscript", "check", "nothing.fs")
    assert done.returncode == 1
    assert "nothing.fs" in done.stderr


def test_inspect_gives_the_promised_json(manage, line):
    done = manage("flexscript", "inspect", line, "--json")

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(found) == {"objects", "connections", "diagnostics"}
    source, mill, _sink = found["objects"]
    assert source == {
        "name": "Ore Bin",
        "class": "Source",
        "location": [0, 0, 0],
        "properties": {
            "InterArrivalTime": {
                "kind": "distribution",
                "function": "exponential",
                "args": [0, 10],
            }
        },
    }
    assert mill["properties"] == {"ProcessTime": {"kind": "number", "value": 5}}
    assert found["connections"][0] == {"from": "Ore Bin", "to": "Mill", "kind": "A"}


def test_fmt_prints_the_house_style_and_is_stable(manage, line, tmp_path):
    first = manage("flexscript", "fmt", line)
    again = tmp_path / "again.fs"
    again.write_text(first.stdout)

    assert first.returncode == 0
    assert manage("flexscript", "fmt", again).stdout == first.stdout


def test_fmt_writes_the_same_script_whatever_it_does(manage, tmp_path):
    path = tmp_path / "loud.fs"
    path.write_text('print( "hello" ) ; // why\n')

    done = manage("flexscript", "fmt", path, "--write")

    assert done.returncode == 0, done.stderr
    assert path.read_text() == 'print("hello"); // why\n'


def test_generate_writes_a_script(manage, prompt, tmp_path):
    out = tmp_path / "new.fs"
    done = manage("generate", "--prompt-file", prompt, "--out", out)

    assert done.returncode == 0, done.stderr
    assert out.read_text() == LINE
    assert "setup time" in done.stdout


def test_generate_reads_sketch_and_base(manage, prompt, line, tmp_path):
    sketch, out = tmp_path / "sketch.png", tmp_path / "new.fs"
    sketch.write_bytes(png_bytes())

    done = manage(
        "generate", "--prompt-file", prompt, "--sketch", sketch, "--base", line, "--out", out
    )

    assert done.returncode == 0, done.stderr
    assert out.read_text().startswith(LINE)


@pytest.mark.parametrize(
    ("text", "picture", "words"),
    [
        ("", None, "empty"),
        ("x" * 20_001, None, "20,000"),
        ("A mill.", b"<svg></svg>", ""),
        ("A mill.", b"", ""),
    ],
)
def test_generate_refuses_with_a_reason(manage, prompt, tmp_path, text, picture, words):
    prompt.write_text(text)
    out = tmp_path / "new.fs"
    more = []
    if picture is not None:
        (tmp_path / "sketch.png").write_bytes(picture)
        more = ["--sketch", tmp_path / "sketch.png"]

    done = manage("generate", "--prompt-file", prompt, "--out", out, *more)

    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("name", ["load_missing", "RefusingGenerator"])
def test_generate_tells_why_there_is_no_script(manage, prompt, tmp_path, name):
    out = tmp_path / "new.fs"
    done = manage(
        "generate", "--prompt-file", prompt, "--out", out,
        generator=f"tests.generation.fakes.{name}",
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_simulate_prints_the_same_kpis_for_the_same_seed(manage, line):
    words = ("simulate", line, "--until", 3600, "--warmup", 60, "--replications", 3, "--json")
    first, second = (json.loads(manage(*words, "--seed", 5).stdout) for _turn in range(2))

    assert first["kpis"] == second["kpis"]
    assert first["kpis"]["throughput_per_hour"]["n"] == 3


def test_simulate_prints_a_table(manage, line):
    done = manage("simulate", line, "--until", 3600)
    assert done.returncode == 0
    assert "throughput_per_hour" in done.stdout
    assert "Mill" in done.stdout


@pytest.mark.parametrize(
    ("source", "until", "words"),
    [
        ("Object x = ;", 100, ":1:12: "),
        ('Object.create("Queue");', 100, "Source"),
        (LINE, -5, "positive"),
    ],
)
def test_simulate_fails_with_the_reason(manage, tmp_path, source, until, words):
    path = tmp_path / "model.fs"
    path.write_text(source)

    done = manage("simulate", path, "--until", until)

    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_vlsm_explains_itself(manage):
    done = manage("vlsm", "evaluate", "--help")
    assert done.returncode == 0
    assert "--limit" in done.stdout
