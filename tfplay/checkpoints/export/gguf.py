"""A decoder like Llama as one GGUF file, which llama.cpp and what is made of it run."""

import os
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np

from tfplay.checkpoints.export.gguf_format import write_gguf
from tfplay.checkpoints.export.gguf_words import gguf_vocabulary
from tfplay.checkpoints.export.likeness import Form, find_form
from tfplay.checkpoints.export.tensors import cast, published_tensors
from tfplay.checkpoints.families.base import Family
from tfplay.checkpoints.families.gguf import PERMUTED, PUBLISHED_NAMES, neighbours_of
from tfplay.checkpoints.sources.base import Tensor
from tfplay.errors import InputError
from tfplay.text import Tokenizer
from tfplay.text.files import draft

_FAMILIES = ("llama", "qwen2", "qwen3")
_NAMES = {published: name for name, published in PUBLISHED_NAMES.items()}
_KINDS = {"float32": 0, "float16": 1}
"""The precisions that can be chosen, and the format's number for a file of each."""


def export_gguf(
    model: keras.Model,
    tokenizer: Tokenizer,
    path: str | os.PathLike,
    name: str,
    dtype: str = "float32",
    chat_template: str | None = None,
) -> Family:
    """Writes a decoder like Llama with its vocabulary as one GGUF file: the whole file, or none.

    Args:
        model: A model of ours, trained here or published.
        tokenizer: What it reads with, a vocabulary of byte pairs.
        path: Where to, ending in `.gguf`; a file that is there is replaced.
        name: What people call the model.
        dtype: `"float32"`, or `"float16"` for half the size; norms stay float32.
        chat_template: How it reads a conversation, in Jinja; a published tokenizer has its own.

    Returns:
        The family that it is written as.

    Raises:
        InputError: The model is not made like Llama, or the format has no words for its vocabulary.

    Example::

        trained = open_model("my-llama").load()
        export_gguf(trained.model, trained.tokenizer, "my-llama.gguf", "My Llama")
    """
    if dtype not in _KINDS:
        raise InputError(f"dtype is {dtype!r}; it must be one of {', '.join(_KINDS)}.")
    if Path(path).suffix != ".gguf" or Path(path).is_dir():
        raise InputError(f"{path} must be the name of a file that ends in .gguf.")
    form = find_form(model.config, [weight.path for weight in model.weights])
    _require_llama(form)
    about = _about(form, name, dtype) | gguf_vocabulary(tokenizer, chat_template)
    tensors = cast(published_tensors(model, form), "float32")
    matrices = {key: tensor for key, tensor in tensors.items() if len(tensor.shape) > 1}
    tensors |= cast(matrices, dtype)
    with draft(Path(path)) as place:
        write_gguf(place, about, [_renamed(tensor, form) for tensor in tensors.values()])
    return form.family


def _require_llama(form: Form) -> None:
    if form.family.name not in _FAMILIES:
        raise InputError(
            f"This model is of the family {form.family.title}; a GGUF file can be written of "
            f"{', '.join(_FAMILIES)}."
        )
    if form.config.rotary_factor != 1:
        raise InputError("This model's rotary positions are stretched, which is not written here.")


def _about(form: Form, name: str, dtype: str) -> dict[str, Any]:
    """What the file says of the model."""
    config, architecture = form.config, form.family.name
    settings = {
        "vocab_size": config.vocabulary_size,
        "context_length": config.max_sequence_length,
        "block_count": config.num_layers,
        "embedding_length": config.hidden_dim,
        "feed_forward_length": config.intermediate_dim,
        "attention.head_count": config.num_heads,
        "attention.head_count_kv": config.num_kv_heads,
        "attention.key_length": config.head_dim,
        "attention.value_length": config.head_dim,
        "attention.layer_norm_rms_epsilon": float(config.norm_epsilon),
        "rope.dimension_count": config.head_dim,
        "rope.freq_base": float(config.rotary_wavelength),
    }
    return {
        "general.architecture": architecture,
        "general.name": name,
        "general.file_type": _KINDS[dtype],
        **{f"{architecture}.{key}": value for key, value in settings.items()},
    }


def _renamed(tensor: Tensor, form: Form) -> Tensor:
    """The tensor by its name in such files, and in their order of rows."""
    module, _, leaf = tensor.name.rpartition(".")
    found = re.search(r"\.(\d+)\.", module)
    pattern = module if found is None else module.replace(found.group(), ".{}.")
    name = _NAMES[pattern]
    read = tensor.read
    heads = {"blk.{}.attn_q": form.config.num_heads, "blk.{}.attn_k": form.config.num_kv_heads}
    if form.family.name in PERMUTED and name in heads:
        read = partial(_neighbours, tensor, heads[name])
    number = found.group(1) if found else ""
    return replace(tensor, name=f"{name.format(number)}.{leaf}", read=read)


def _neighbours(tensor: Tensor, num_heads: int) -> np.ndarray:
    return neighbours_of(tensor.read(), num_heads)
