"""Write a model for elsewhere: for other programs, another TFPlay, or a reader of code."""

import argparse
from pathlib import Path
from typing import Any

from tfplay.exports import FORMATS, export_model
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
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER_OR_FILE")
    parser.add_argument(
        "--dtype",
        choices=("float32", "float16"),
        help="the precision of a GGUF file (default: float32)",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Writes the model and tells where."""
    model = open_model(options.name)
    settings = {"dtype": options.dtype} if options.to == "gguf" and options.dtype else {}
    told = export_model(model, options.to, options.out, **settings)
    return {"id": model.id, "format": options.to, **told, "path": str(options.out)}
