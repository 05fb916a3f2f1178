"""The formats that a model is written in, by name."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfplay.errors import InputError
from tfplay.exports import keras_files, published, script
from tfplay.exports.page.page import export_page, page_bytes
from tfplay.store import Model, write_bundle


@dataclass(frozen=True)
class Format:
    """A way to take a model elsewhere.

    Attributes:
        title: What people call it.
        about: Who opens it, and how.
        ending: Of the file's name; empty if it is a folder.
        write: Writes a model to a path: whole, or not at all; returns what else is to be told.
        size: About how many bytes it takes of a model, where that is known before it is made.
    """

    title: str
    about: str
    ending: str
    write: Callable[..., dict[str, str] | None]
    size: Callable[[Model], int] | None = None


FORMATS = {
    "notebook": Format(
        "Notebook",
        "A notebook that runs by itself: the model rebuilt from plain Keras layers, its weights, "
        "its task. It knows nothing of TFPlay.",
        "",
        partial(script.export_script, as_cells=True),
    ),
    "script": Format("Script", "The same as a Python script.", "", script.export_script),
    "page": Format(
        "Page that computes",
        "One HTML file with the model in it, for a blog, a slide or any web server: whoever opens "
        "it types, and sees the answer and the attention. It asks no server for anything.",
        ".html",
        export_page,
        page_bytes,
    ),
    "bundle": Format(
        "Bundle",
        "One zip file with model, tokenizer and card, for another TFPlay: Models, Add your own; or "
        "`tfplay models add FILE --name NAME`.",
        ".zip",
        write_bundle,
    ),
    "keras": Format(
        "Keras file",
        "For Python programs: `import tfplay.models`, then `keras.saving.load_model`.",
        ".keras",
        keras_files.export_keras,
    ),
    "hugging-face": Format(
        "Hugging Face",
        "A folder for the library `transformers`, of models made as a known family is.",
        "",
        published.write_hugging_face,
    ),
    "gguf": Format(
        "GGUF",
        "One file for llama.cpp and what is made of it, of models made as Llama is.",
        ".gguf",
        published.write_gguf,
    ),
    "savedmodel": Format(
        "SavedModel",
        "The forward pass alone, for TensorFlow Serving and its like: token ids in, logits out.",
        "",
        keras_files.export_saved_model,
    ),
    "onnx": Format(
        "ONNX",
        "The forward pass alone, for ONNX Runtime: token ids in, logits out.",
        ".onnx",
        keras_files.export_onnx,
    ),
}
"""Every format by the name that `models export --to` takes."""


def export_model(
    model: Model, name: str, path: str | os.PathLike, **options: Any
) -> dict[str, str]:
    """Writes a model in a format: whole, or not at all.

    Args:
        model: The model.
        name: One of `FORMATS`.
        path: A file, or of some formats a folder; what an earlier export left there is replaced.
        **options: `dtype` of a GGUF file, `"float32"` or `"float16"`; `title` and
            `lesson` of a page.

    Returns:
        What is to be told of it: the `family` that it is published as, if it is.

    Raises:
        InputError: It cannot be written in this format, or not to this path.

    Example::

        export_model(open_model("translator"), "notebook", "translator-notebook")
    """
    path, chosen = Path(path), FORMATS[name]
    if not model.is_usable:
        raise InputError(f"{model.title} has no weights yet.")
    if chosen.ending and (path.suffix != chosen.ending or path.is_dir()):
        raise InputError(f"{path} must be the name of a file that ends in {chosen.ending}.")
    return chosen.write(model, path, **options) or {}


def usual_name(model: Model, name: str) -> str:
    """What a model's file or folder in a format is called, unless somebody says otherwise."""
    return f"{model.id}{FORMATS[name].ending or f'-{name}'}"


def as_one_file(model: Model, name: str) -> tuple[str, bytes]:
    """A model in a format as one file, a folder as a zip file: its name and its content.

    Args:
        model: The model.
        name: One of `FORMATS`.

    Raises:
        InputError: It cannot be written in this format.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, usual_name(model, name))
        try:
            export_model(model, name, path)
        except InputError as error:  # in words that know no temporary folder
            raise InputError(str(error).replace(folder + os.sep, "")) from error
        if path.is_dir():
            path = Path(shutil.make_archive(str(path), "zip", folder, path.name))
        return path.name, path.read_bytes()
