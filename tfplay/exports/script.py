"""A model as a program that can be read: plain Keras layers, its weights, and its task."""

import json
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.checkpoints.export.words import tokenizer_json
from tfplay.errors import InputError
from tfplay.exports.code import VERBS, require_plain, script_code
from tfplay.exports.examples import Recorded, record
from tfplay.exports.notebook import as_notebook
from tfplay.store import Model
from tfplay.tasks import TrainedModel
from tfplay.text import Tokenizer, WordTokenizer
from tfplay.text.files import draft, require_free_folder

_PLACES = [
    (re.compile(pattern), place)
    for pattern, place in (
        (r"^embeddings/(token|segment)_embedding/", r"\1_embedding/"),
        (r"^embeddings/patch_embedding/projection/", "patch_embedding/"),
        (r"^embeddings/patch_embedding/class_token$", "class_token/embeddings"),
        (r"^(|decoder_)embeddings/position/\w+$", r"\1position_embedding/embeddings"),
        (r"^(|decoder_)embeddings/norm/", r"\1embedding_norm/"),
        (r"_residual/norm/", "_norm/"),
        (r"/feed_forward/", "/"),
        (r"^classification/output/", "classes/"),
        (r"^classification/pooled/", "pooler/"),
        (r"^token_classification/", "classes/"),
        (r"^(span|token_prediction)/dense/", r"\1/"),
        (r"^masked_lm/dense/", "word/"),
        (r"^masked_lm/norm/", "word_norm/"),
        (r"^masked_lm/bias$", "word_bias"),
        (r"^output_bias/bias$", "output_bias"),
    )
]
"""Where the script has a weight that the model has elsewhere."""

_WEIGHTS, _TOKENIZER, _WORDS = "weights.npz", "tokenizer.json", "vocabulary.json"


def export_script(model: Model, folder: Path, as_cells: bool = False) -> None:
    """Writes a folder with a script that rebuilds a model without TFPlay: whole, or not at all.

    The script is run before it is kept: it must give the answer that the model gives.

    Args:
        model: The model.
        folder: Where to; an earlier export that is there is replaced.
        as_cells: Write it as a notebook.

    Raises:
        InputError: The model has a part that such a script cannot have, or there are other files
            in the folder.

    Example::

        export_script(open_model("translator"), Path("translator-script"))
    """
    name = f"{VERBS.get(model.task)}.{'ipynb' if as_cells else 'py'}"
    require_free_folder(folder, {name, _WEIGHTS, _TOKENIZER, _WORDS})
    trained = model.load()
    require_plain(model, trained)
    recorded = record(model, trained)
    code = script_code(model, trained, recorded)
    with draft(folder) as place:
        place.mkdir()
        np.savez(place / _WEIGHTS, **_weights(trained, recorded))
        if trained.tokenizer_or_none:
            _write_words(trained.tokenizer, model.config.architecture, place)
        _require_same_answer(code, place)
        text = as_notebook(code) if as_cells else code
        (place / name).write_text(text, encoding="utf-8")


def _weights(trained: TrainedModel, recorded: Recorded) -> dict[str, np.ndarray]:
    """The weights by their places in the script, and a picture to try it on."""
    arrays = {_place(each.path): np.asarray(each.numpy()) for each in trained.model.weights}
    if trained.task == "images":
        arrays["class_token/embeddings"] = arrays["class_token/embeddings"][0]
        arrays["example"] = recorded.example
    return arrays


def _place(path: str) -> str:
    for pattern, place in _PLACES:
        path = pattern.sub(place, path)
    return path


def _write_words(tokenizer: Tokenizer, architecture: str, folder: Path) -> None:
    name, content = _TOKENIZER, None
    if isinstance(tokenizer, WordTokenizer):
        name, content = _WORDS, tokenizer.vocabulary
    else:
        content = tokenizer_json(tokenizer, architecture)
    (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _require_same_answer(code: str, folder: Path) -> None:
    """Runs the script beside its files, and raises an `InputError` if it answers otherwise."""
    names: dict[str, Any] = {"__file__": str(folder / "script.py"), "__name__": "__main__"}
    try:
        with redirect_stdout(StringIO()):
            exec(compile(code, "the exported script", "exec"), names)
    except AssertionError as error:
        raise InputError(
            f"The script is not written: its answer was another than the model's, {error}."
        ) from error
    _require_all_used(names)


def _require_all_used(names: Mapping[str, Any]) -> None:
    used = {weight.path.partition("/")[2] for weight in names["model"].weights}
    left = set(names["weights"]) - used - {"example"}
    if left:
        raise InputError(f"The script is not written: it has no place for {min(left)}.")
