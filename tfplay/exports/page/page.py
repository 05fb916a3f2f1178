"""The page: a model's weights, its tokenizer, and a script that computes with them."""

import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

import tfplay
from tfplay.chat.distress import phrases_as_data
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.exports.page.lesson import lesson_data
from tfplay.exports.page.weights import encoded, float16_weights
from tfplay.exports.page.words import tokenizer_data
from tfplay.figures.theme import SEQUENTIAL
from tfplay.lessons import Lesson
from tfplay.showing.document import EXPLORER_PARTS
from tfplay.showing.self_contained import as_json, read_component, self_contained, visible
from tfplay.store import Model
from tfplay.tasks import TASKS
from tfplay.text import LibraryTokenizer, Tokenizer
from tfplay.text.files import draft

MOST_PARAMETERS = 20_000_000
"""Of a larger model a page would open slowly and write slower than people read."""

_BYTES_OF_NAMES = 3200
"""What the names and shapes of a block's weights take, about."""

_FOLDER = Path(__file__).parent
_COMPUTING = ("tokenizer", "words", "model", "tasks", "attention", "distress")
_SHOWING = ("pages", "page", "lesson")
_COMPONENTS = (*EXPLORER_PARTS, "drawing")


def export_page(
    model: Model, path: Path, title: str | None = None, lesson: Lesson | None = None
) -> None:
    """Writes a page that anybody opens in a browser, and that computes there: whole, or not at all.

    It asks no server for anything. Its numbers are the model's, with weights rounded to 16 bits.

    Args:
        model: The model.
        path: The file.
        title: What stands above it; `None` is the model's own.
        lesson: What leads through it; of its steps at least one must be about this model.

    Raises:
        InputError: The model is too large, or has a part that the page's script does not know; or
            the lesson is about other models.

    Example::

        export_page(open_model("translator"), Path("translator.html"))
    """
    _require_known(model)
    trained = model.load()
    tokenizer = trained.tokenizer_or_none
    weights = float16_weights(trained.model)
    description = {
        "config": asdict(model.config),
        "rotary": _frequencies(trained.model),
        "shapes": {name: each.shape for name, each in weights.items()},
    }
    data = {"model": description, "context": trained.context}
    if lesson:
        data["lesson"] = lesson_data(lesson, model, trained)
    html = _html(model, title, tokenizer, data, encoded(weights))
    with draft(path) as place:
        place.write_text(html, encoding="utf-8")


def page_bytes(model: Model) -> int:
    """About how large the page of a model would be, without loading its weights.

    Raises:
        InputError: No page can be made of it.
    """
    _require_known(model)
    tokenizer = model.load_tokenizer() if model.reads_text else None
    description = {"config": asdict(model.config)}
    data = {"model": description, "context": model.config.max_sequence_length}
    html = _html(model, None, tokenizer, data, "")
    names = _BYTES_OF_NAMES * model.config.num_layers
    return len(html.encode()) + names + 4 * math.ceil(2 * model.parameters / 3)  # Base64


def _html(
    model: Model,
    title: str | None,
    tokenizer: Tokenizer | None,
    described: dict[str, Any],
    weights: str,
) -> str:
    name = visible(title or model.title)
    data = {
        "title": name,
        "version": tfplay.__version__,
        "task": model.task,
        "task_title": TASKS[model.task].about.title,
        "parameters": model.parameters,
        "labels": list(model.labels),
        "examples": list(model.examples),
        "tokenizer": tokenizer and tokenizer_data(tokenizer),
        "distress": phrases_as_data() if model.task == "chat" else None,
        "colours": SEQUENTIAL,
        **described,
    }
    scripts = [
        *(_read(f"{each}.js") for each in _COMPUTING),
        read_component("explorer", "js"),
        *(_read(f"{each}.js") for each in _SHOWING),
    ]
    styles = [*(read_component(each, "css") for each in ("page", "explorer")), _read("page.css")]
    return self_contained(
        title=name,
        style="".join(styles),
        body=_read("page.html"),
        components=_COMPONENTS,
        script="\n".join(scripts),
        blocks={"data": as_json(data), "weights": f'"{weights}"'},
    )


def _require_known(model: Model) -> None:
    """Raises an `InputError` if the page's script does not know how to compute the model."""
    config = model.config
    if model.parameters > MOST_PARAMETERS:
        raise InputError(
            f"No page is made of this model: it has {model.parameters:,} parameters, and the most "
            f"that a page computes with is {MOST_PARAMETERS:,}."
        )
    if model.task not in TASKS:
        raise InputError(
            f"No page is made of this model: its task is {model.task!r}, which answers with "
            "vectors; a page has something to show for classes, tags, words and texts."
        )
    for setting, is_there in _unknown_settings(config).items():
        if is_there:
            raise InputError(
                f"No page is made of this model: {setting}, which the page's script does not know."
            )
    if model.has_two_vocabularies:
        raise InputError(
            "No page is made of this model: it has two vocabularies, and a page's script has one."
        )
    if model.task == "chat" and isinstance(model.load_tokenizer(), LibraryTokenizer):
        raise InputError(
            "No page is made of this model: it reads conversations through a chat template, which "
            "the page's script does not know."
        )


def _unknown_settings(config: ModelConfig) -> dict[str, bool]:
    """What the page's script cannot compute, and whether the model has it."""
    is_masked_lm = config.head == "masked_lm"
    return {
        "its positions are relative": config.position == "relative",
        "its decoder looks ahead (use_causal_mask is false)": (
            config.architecture != "encoder-only" and not config.use_causal_mask
        ),
        "it reads patches without a class token (use_class_token is false)": (
            bool(config.image_size) and not config.use_class_token
        ),
        "its feed-forward networks end with an activation (activate_output)": (
            config.use_feed_forward and config.activate_output
        ),
        "its head reads all tokens in a row (pooling is flatten)": config.pooling == "flatten",
        "its head has two layers (second_head_layer_dim)": bool(config.second_head_layer_dim),
        "its head for masked words has a matrix of its own (tie_prediction is false)": (
            is_masked_lm and not config.tie_prediction
        ),
        f"its head for masked words has {config.prediction_activation} (prediction_activation)": (
            is_masked_lm and config.prediction_activation != "gelu"
        ),
        "its head for masked words has an epsilon of its own (prediction_epsilon)": (
            is_masked_lm and config.prediction_epsilon not in (None, config.norm_epsilon)
        ),
    }


def _frequencies(model: Any) -> list[float] | None:
    """By what the angle of each pair of values grows with the position; `None` without rotary."""
    config = model.config
    if config.position != "rotary":
        return None
    blocks = (model.decoder or model.encoder).blocks
    turned = next(each.self_attention.rotary_position for each in blocks if each.rotary)
    return np.asarray(turned.frequencies(config.head_dim)).astype(float).tolist()


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
