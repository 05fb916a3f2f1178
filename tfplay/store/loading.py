"""Any model by its name or its files, for Python."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tfplay.checkpoints.keras_files.opening import KerasModel, is_keras_file, open_keras_file
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.store.models import open_model
from tfplay.store.opened import task_of
from tfplay.text import Tokenizer

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import TransformerModel

_PUBLISHED = ("*.safetensors", "*.safetensors.index.json", "*.gguf", "*.weights.h5")


@dataclass(frozen=True)
class LoadedModel:
    """A model with what belongs to it.

    Attributes:
        model: An ordinary Keras model, called with `{"token_ids": ..., "padding_mask": ...}`; an
            encoder-decoder with `encoder_token_ids` and so on.
        tokenizer: Turns text into token ids and back; `None` if it reads images.
        config: What it is made of.
        card: What it is and can do, in Markdown; empty if nobody has said.
        task: Name of what it has learned.
        labels: Names of the classes that it tells apart, if it does.
        source_tokenizer: Of what it reads, if it writes by another vocabulary.
    """

    model: "TransformerModel"
    tokenizer: Tokenizer | None
    config: ModelConfig
    card: str
    task: str
    labels: tuple[str, ...] = ()
    source_tokenizer: Tokenizer | None = None


def load(
    name_or_path: str | os.PathLike,
    answers: Mapping[str, str] | None = None,
    vocabulary: Sequence[str] | None = None,
    source_vocabulary: Sequence[str] | None = None,
) -> LoadedModel:
    """Loads a model: shipped, trained here, fetched, added, or as others published it.

    Args:
        name_or_path: A model's name or folder, a run's id, a folder in the Hugging Face layout, a
            GGUF file, or a `.keras` or `.weights.h5` file of one of the recipes in README.
        answers: What a Keras file cannot tell, by the names of the questions in the card.
        vocabulary: Words of a Keras file's model in the order of their ids, if they are not in it;
            of a translation, of what it writes.
        source_vocabulary: Of a translation in a Keras file, the words of what it reads.

    Raises:
        InputError: There is no such model, or it cannot be read.

    Example::

        loaded = tfplay.load("smollm2")
        loaded.model({"token_ids": [loaded.tokenizer.tokenize("Once upon")]})
    """
    path = Path(name_or_path)
    if path.is_file() and is_keras_file(path):
        return _load_keras(open_keras_file(path, answers), vocabulary, source_vocabulary)
    if answers or vocabulary or source_vocabulary:
        raise InputError("Answers and a vocabulary are for Keras files alone.")
    if path.is_file() or any(next(path.glob(pattern), None) for pattern in _PUBLISHED):
        return _load_published(path)
    model = open_model(os.fspath(name_or_path))
    trained = model.load()
    try:
        card = model.card()
    except InputError:  # a model trained here has none
        card = ""
    return LoadedModel(
        trained.model,
        trained.tokenizer_or_none,
        model.config,
        card,
        model.task,
        model.labels,
        trained.source_tokenizer_or_none,
    )


def _load_keras(
    found: KerasModel,
    vocabulary: Sequence[str] | None,
    source_vocabulary: Sequence[str] | None,
) -> LoadedModel:
    tokenizer, source_tokenizer = found.tokenizers(vocabulary, source_vocabulary)
    task = task_of(found.config, tokenizer)
    model = found.load_model()
    return LoadedModel(
        model, tokenizer, found.config, found.card, task, found.labels, source_tokenizer
    )


def _load_published(path: Path) -> LoadedModel:
    from tfplay.checkpoints.opening import open_checkpoint
    from tfplay.checkpoints.words import read_words

    checkpoint = open_checkpoint(path)
    config = checkpoint.config
    tokenizer = None if config.image_size else read_words(checkpoint.source)
    task = task_of(config, tokenizer)
    return LoadedModel(checkpoint.load_model(), tokenizer, config, "", task, checkpoint.labels)
