"""The files of the repository, as the checks of this folder see them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWN_FOLDERS = ("apps", "gendt_web", "tests", "templates", "frontend", "docker", ".ci")
GENERATED = {"node_modules", "__pycache__", "migrations", "build", "vendor", "dist", "data"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def own_files(*suffixes: str) -> list[Path]:
    """Every hand-written file with one of the suffixes, sorted."""
    found = [
        path
        for folder in OWN_FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in suffixes and not is_generated(path)
    ]
    return sorted(found)


def is_generated(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return bool(GENERATED.intersection(folders))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
