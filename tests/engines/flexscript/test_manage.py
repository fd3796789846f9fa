"""`manage.py flexscript fmt`: source in, the same source tidied out."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
UNTIDY = "// two machines\nint n=2;for(int i=1;i<=n;i++)\nprint(i);\n"
TIDY = "// two machines\nint n = 2;\nfor (int i = 1; i <= n; i++)\n    print(i);\n"


def fmt(*words):
    return subprocess.run(
        [sys.executable, "manage.py", "flexscript", "fmt", *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "gendt_web.settings.base"},
    )  # fmt: skip


def test_fmt_prints_checks_and_replaces(tmp_path):
    path = tmp_path / "a.fs"
    path.write_text(UNTIDY)

    assert fmt(path).stdout == TIDY
    checked = fmt("--check", path)
    assert (checked.returncode, checked.stdout) == (1, f"{path}: would be reformatted\n")
    assert fmt("--write", path).returncode == 0

    assert path.read_text() == TIDY
    assert fmt("--check", path).returncode == 0


def test_fmt_names_the_place_of_an_error(tmp_path):
    path = tmp_path / "a.fs"
    path.write_text("int a = ;")

    done = fmt("--write", path)

    assert done.returncode == 1
    assert done.stdout.startswith(f"{path}:1:9: error: ")
    assert path.read_text() == "int a = ;"
