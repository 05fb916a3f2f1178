"""What every task says of itself: how its file is read, made into arrays and judged."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

import keras

from tfplay.config import TrainingConfig
from tfplay.errors import InputError
from tfplay.tasks.batches import Batch
from tfplay.text import TOKENIZERS, Tokenizer


class TaskData(ABC):
    """Examples as arrays, in a training and a validation part that share nothing.

    Attributes:
        tokenizer: Its vocabulary was learned from the training part alone.
    """

    tokenizer: Tokenizer

    @abstractmethod
    def training_batches(self, batch_size: int, seed: int) -> Iterator[Batch]:
        """Endless, in an order that the seed draws."""

    @abstractmethod
    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        """Every validation example once, always in the same order."""

    @abstractmethod
    def describe(self) -> dict[str, int]:
        """How much there is of what, and how much was left out."""

    def evaluate(self, model: keras.Model, limit: int | None = None) -> dict[str, float]:
        """Scores on the validation part that only a finished answer has; none beside the loss.

        Args:
            model: A model that was trained on this data.
            limit: The most examples to answer; `None` is all.
        """
        return {}


class Task(ABC):
    """Something a model can learn to do.

    Attributes:
        name: As the command line says it.
        title: As people read it.
        architecture: Of the models that can do it.
        default_preset: Name of a model preset that is a good start.
        default_model: Fields of `ModelConfig` that this task sets otherwise than the preset.
        default_tokenizer: Kind of tokenizer.
        default_vocabulary_size: The most tokens its vocabulary may have.
        default_validation_fraction: Part of the examples to validate on.
        default_training: How to train.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    architecture: ClassVar[str]
    default_preset: ClassVar[str]
    default_model: ClassVar[dict[str, Any]]
    default_tokenizer: ClassVar[str]
    default_vocabulary_size: ClassVar[int]
    default_validation_fraction: ClassVar[float] = 0.1
    default_training: ClassVar[TrainingConfig]

    @classmethod
    @abstractmethod
    def read(cls, path: str | os.PathLike) -> Sequence[Any]:
        """Reads the task's examples from a file.

        Raises:
            InputError: The file is not what the task needs.
        """

    @classmethod
    @abstractmethod
    def prepare(
        cls,
        examples: Sequence[Any],
        *,
        tokenizer_kind: str,
        vocabulary_size: int,
        max_sequence_length: int,
        validation_fraction: float,
        seed: int,
    ) -> TaskData:
        """Splits examples, learns a vocabulary and makes arrays.

        Args:
            examples: What `read` gave.
            tokenizer_kind: A name in `tfplay.text.TOKENIZERS`.
            vocabulary_size: The most tokens the vocabulary may have.
            max_sequence_length: The model's context, in tokens.
            validation_fraction: Part of the examples to validate on, from 0 (none) to below 1.
            seed: Draws the split.

        Raises:
            InputError: There is too little to train on, or a value is impossible.
        """


def learn_tokenizer(kind: str, texts: Iterable[str], vocabulary_size: int) -> Tokenizer:
    """Learns a vocabulary of that kind.

    Raises:
        InputError: There is no such kind, or the vocabulary is too small for it.
    """
    if kind not in TOKENIZERS:
        raise InputError(f"There is no tokenizer {kind!r}; there are {', '.join(TOKENIZERS)}.")
    return TOKENIZERS[kind].train(texts, vocabulary_size)
