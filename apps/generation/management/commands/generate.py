"""`manage.py generate`: a prompt, a sketch or both to a script, without server or database."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.common.console import PlainCommand
from apps.common.errors import ApplicationError

if TYPE_CHECKING:
    from PIL.Image import Image

    from apps.engines.vlsm.api import GenerationRequest, GenerationResult


class Command(PlainCommand):
    help = "Write the FlexScript that a prompt asks for. Exit 0 with a script, 1 with a reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prompt-file", type=Path, required=True, metavar="P")
        parser.add_argument("--sketch", type=Path, metavar="IMG", help="PNG, JPEG or WebP")
        parser.add_argument("--base", type=Path, metavar="OLD.fs", help="the script to change")
        parser.add_argument("--out", type=Path, required=True, metavar="NEW.fs")

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.engines.vlsm.api import GenerationError

        try:
            result = self.generate(options)
        except (ApplicationError, GenerationError) as error:
            hint = getattr(error, "hint", None)
            self.refuse(f"{error} {hint}" if hint else str(error))
        self.require_script(result, options["out"])
        for item in result.assumptions:
            self.stdout.write(f"assumed: {item.text}")

    def generate(self, options: dict[str, Any]) -> "GenerationResult":
        from apps.generation.loading import load_generator

        request = self.request(options)
        return load_generator().generate(request)

    def request(self, options: dict[str, Any]) -> "GenerationRequest":
        from apps.engines.vlsm.api import GenerationRequest
        from apps.generation.prompts import require_prompt

        prompt = self.read(options["prompt_file"])
        sketch = self.picture(options["sketch"]) if options["sketch"] else None
        require_prompt(prompt, has_sketch=sketch is not None)
        base = self.read(options["base"]) if options["base"] else None
        return GenerationRequest(prompt=prompt.strip(), sketch=sketch, base_source=base)

    def picture(self, path: Path) -> "Image":
        """Checked and turned upright as an upload would be."""
        import io

        from PIL import Image

        from apps.sketches.images import prepare

        try:
            with path.open("rb") as file:
                prepared = prepare(file, path.name)
        except OSError as error:
            self.refuse(f"{path}: {error.strerror or error}")
        picture = Image.open(io.BytesIO(prepared.image))
        picture.load()
        return picture

    def require_script(self, result: "GenerationResult", path: Path) -> None:
        from apps.engines.flexscript import check

        for item in check(result.source, str(path)):
            if item.severity == "error":
                self.refuse(f"The script has an error: {item.message} (line {item.span.line})")
        try:
            write_whole(path, result.source)
        except OSError as error:
            self.refuse(f"{path}: {error.strerror or error}")


def write_whole(path: Path, text: str) -> None:
    """All of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
