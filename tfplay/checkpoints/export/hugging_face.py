"""A model as a folder that the Hugging Face Hub and its library `transformers` know."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras

from tfplay.checkpoints.export.likeness import Form, find_form
from tfplay.checkpoints.export.safetensors import write_safetensors
from tfplay.checkpoints.export.tensors import published_tensors
from tfplay.checkpoints.export.words import named_tokens, tokenizer_json
from tfplay.checkpoints.families.base import Family
from tfplay.text import Tokenizer
from tfplay.text.files import draft, require_free_folder

_FILES = {
    *("config.json", "generation_config.json", "model.safetensors", "README.md"),
    *("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"),
}
"""All that is written."""


def export_hugging_face(
    model: keras.Model,
    tokenizer: Tokenizer | None,
    folder: str | os.PathLike,
    card: str = "",
    labels: Sequence[str] = (),
    chat_template: str | None = None,
) -> Family:
    """Writes a model in the layout that `transformers` opens: the whole folder, or none.

    It holds `config.json`, `model.safetensors`, `tokenizer.json` and `tokenizer_config.json` if the
    model reads text, `generation_config.json` if it writes, and the card as `README.md`.

    Args:
        model: A model of ours, trained here or published.
        tokenizer: What it reads with; `None` if it reads images.
        folder: Where to; an earlier export that is there is replaced.
        card: What the model is and can do, in Markdown.
        labels: Names of its classes, in the order of its logits.
        chat_template: How it reads a conversation, in Jinja; a published tokenizer has its own.

    Returns:
        The family that it is written as.

    Raises:
        InputError: No family of published models is made like it, no `tokenizer.json` can say what
            its tokenizer does, or there are other files in the folder.

    Example::

        trained = open_model("sentiment").load()
        export_hugging_face(trained.model, trained.tokenizer, "sentiment", labels=trained.labels)
    """
    require_free_folder(Path(folder), _FILES)
    form = find_form(model.config, [weight.path for weight in model.weights])
    records = {"config.json": _config(form, model, tokenizer, labels)}
    if tokenizer is not None:
        records |= _words(form, tokenizer, chat_template)
    tensors = published_tensors(model, form)
    with draft(Path(folder)) as place:
        place.mkdir()
        for name, record in records.items():
            text = json.dumps(record, ensure_ascii=False, indent=2)
            (place / name).write_text(f"{text}\n", encoding="utf-8")
        if card:
            (place / "README.md").write_text(card, encoding="utf-8")
        write_safetensors(place / "model.safetensors", tensors)
    return form.family


def _config(
    form: Form, model: keras.Model, tokenizer: Tokenizer | None, labels: Sequence[str]
) -> dict[str, Any]:
    """The family's `config.json`, with the names of classes and the ids of special tokens."""
    written = form.written | {"dtype": model.variable_dtype}
    if "id2label" in written and labels:
        written["id2label"] = {str(index): label for index, label in enumerate(labels)}
    if "id2label" in written:
        written["label2id"] = {label: int(index) for index, label in written["id2label"].items()}
    if not form.config.image_size:
        written |= _special_ids(form, tokenizer)
    return written


def _words(form: Form, tokenizer: Tokenizer, chat_template: str | None) -> dict[str, Any]:
    """The small files that are about text."""
    architecture = form.config.architecture
    named = named_tokens(tokenizer.special_tokens, architecture)
    special = {f"{name}_token": token for name, token in named.items()}
    has_segments = form.config.num_segments and not form.is_filled
    about = special | {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": form.config.max_sequence_length,
        "model_input_names": [
            "input_ids",
            *(["token_type_ids"] if has_segments else []),
            "attention_mask",
        ],
        "clean_up_tokenization_spaces": False,
    }
    template = getattr(tokenizer, "chat_template", None) or chat_template
    if template:
        about["chat_template"] = template
    records = {
        "tokenizer.json": tokenizer_json(tokenizer, architecture),
        "tokenizer_config.json": about,
        "special_tokens_map.json": special,
    }
    if architecture != "encoder-only":
        records["generation_config.json"] = _special_ids(form, tokenizer) | _GREEDY
    return records


_GREEDY = {"do_sample": False, "num_beams": 1, "forced_eos_token_id": None}
"""How text is written unless the caller says otherwise; some families have habits of their own."""


def _special_ids(form: Form, tokenizer: Tokenizer | None) -> dict[str, int | None]:
    """The ids that `transformers` takes from a configuration; unsaid, it would take a family's."""
    architecture = form.config.architecture
    named = named_tokens(tokenizer.special_tokens, architecture) if tokenizer else {}
    vocabulary = tokenizer.vocabulary if tokenizer else ()
    ids = {
        f"{name}_token_id": vocabulary.index(named[name]) if name in named else None
        for name in ("bos", "eos", "pad")
    }
    if architecture == "encoder-decoder":
        ids["decoder_start_token_id"] = ids["bos_token_id"] or 0  # there must be one
    return ids
