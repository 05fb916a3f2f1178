"""A bundle: all that another TFPlay needs of a model, in one zip file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from tfplay.errors import InputError
from tfplay.store.model import (
    ABOUT,
    MODEL,
    SOURCE,
    SOURCE_TOKENIZER,
    TOKENIZER,
    WEIGHTS,
    Model,
)
from tfplay.text.files import draft, read_utf8

_CARD, _FIGURES = "README.md", "figures.json"


def write_bundle(model: Model, path: Path) -> None:
    """Writes a model with its tokenizer and its card as a zip file, which `add_model` opens.

    The weights are the very bytes of this model's file.

    Args:
        model: The model.
        path: Where to, ending in `.zip`; a file that is there is replaced.

    Raises:
        InputError: There is no model yet, or it cannot be written.

    Example::

        write_bundle(open_model("translator"), Path("translator.zip"))
    """
    if not model.is_usable:
        raise InputError(f"{model.title} has no weights yet.")
    with draft(path) as place, ZipFile(place, "w", ZIP_DEFLATED) as bundle:
        for name, content in model_files(model):
            if isinstance(content, Path):
                bundle.write(content, f"{model.id}/{name}")
            else:
                bundle.writestr(f"{model.id}/{name}", content)


def model_files(model: Model) -> Iterator[tuple[str, Path | str]]:
    """The files of a folder that `read_model` reads: the name of each, and what it has.

    Args:
        model: The model; what it learned from is left behind.
    """
    yield ABOUT, json.dumps(about(model), ensure_ascii=False, indent=1)
    yield _CARD, card_of(model)
    if model.reads_text:
        yield TOKENIZER, model.tokenizer_path
    if model.has_two_vocabularies:
        yield SOURCE_TOKENIZER, model.source_tokenizer_path
    if (model.path / _FIGURES).is_file():
        yield _FIGURES, model.path / _FIGURES
    if model.trust_path.is_file() and model.step is None:
        yield model.trust_path.name, model.trust_path
    weights = model.weights_path
    if weights.is_dir():
        files = (file for file in weights.rglob("*") if file.is_file())
        yield from ((f"{SOURCE}/{file.relative_to(weights).as_posix()}", file) for file in files)
    else:
        yield (WEIGHTS if weights.suffix == ".npz" else MODEL), weights


def about(model: Model) -> dict[str, Any]:
    """What `model.json` says of a model."""
    return {
        "created": model.created.isoformat(),
        "title": model.title,
        "licence": model.licence,
        "task": model.task,
        "labels": list(model.labels),
        "examples": list(model.examples),
        "window": model.window,
        "model": model.config.to_json(),
    }


def card_of(model: Model) -> str:
    """Its own card, or what is known of it, in Markdown."""
    card = model.path / _CARD
    if card.is_file():
        return read_utf8(card)
    return f"""\
# {model.title}

| | |
|---|---|
| architecture | {model.config.architecture} |
| parameters | {model.parameters:,} |
| task | {model.task} |
| written by | TFPlay |
"""
