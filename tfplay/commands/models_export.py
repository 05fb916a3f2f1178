"""Write a model for elsewhere: for other programs, another TFPlay, or a reader of code."""

import argparse
from pathlib import Path
from typing import Any

from tfplay.exports import FORMATS, export_model, usual_name
from tfplay.lessons import find_lesson
from tfplay.store import open_model

HELP = "write a model in a format that others open"

_FORMATS = "\n".join(f"  {name:<14}{each.about}" for name, each in FORMATS.items())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the action takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"Formats:\n{_FORMATS}"
    parser.add_argument("name", metavar="NAME", help="a model's name, a run's id or its folder")
    parser.add_argument(
        "--to", required=True, choices=FORMATS, metavar="FORMAT", help="one of those below"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER_OR_FILE",
        help="where to (default: here, called as the model)",
    )
    parser.add_argument("--title", help="what stands above a page (default: the model's title)")
    parser.add_argument(
        "--lesson",
        metavar="NAME_OR_FILE",
        help="a lesson that leads through a page: one that came with TFPlay, or its file",
    )
    parser.add_argument(
        "--dtype",
        choices=("float32", "float16"),
        help="the precision of a GGUF file (default: float32)",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Writes the model and tells where."""
    model = open_model(options.name)
    path = options.out or Path(usual_name(model, options.to))
    told = export_model(model, options.to, path, **_settings(options))
    return {"id": model.id, "format": options.to, **told, "path": str(path)}


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """What was asked of this format in particular."""
    page = {"title": options.title, "lesson": options.lesson and find_lesson(options.lesson)}
    own = {"gguf": {"dtype": options.dtype}, "page": page}
    return {name: value for name, value in own.get(options.to, {}).items() if value}
