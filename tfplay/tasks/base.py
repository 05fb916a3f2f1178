"""What every task says of itself: how its file is read, made into arrays, answered and judged."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.tasks.batches import Batch, Encoded, drawn_forever, in_batches, make_buckets
from tfplay.tasks.description import TaskDescription
from tfplay.tasks.reading import Reading, reading_of
from tfplay.tasks.samples import Sample
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text import TOKENIZERS, Columns, Report, Tokenizer

BATCH_SIZE = 64
"""Examples answered at once."""


class TaskData(ABC):
    """Examples as arrays, in a training and a validation part that share nothing.

    Attributes:
        tokenizer: Its vocabulary was learned from the training part alone; `None` for images.
        labels: Names of the classes, if the task tells classes apart.
        validation: The validation examples that are short enough for the context.
    """

    tokenizer: Tokenizer | None
    labels: tuple[str, ...] = ()
    validation: Sequence[Any] = ()

    @abstractmethod
    def training_batches(self, batch_size: int, seed: int) -> Iterator[Batch]:
        """Endless, in an order that the seed draws."""

    @abstractmethod
    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        """Every validation example once, always in the same order."""

    @abstractmethod
    def describe(self) -> dict[str, int]:
        """How much there is of what, and how much was left out."""

    @property
    def model_changes(self) -> dict[str, int]:
        """Fields of `ModelConfig` that only the data can tell."""
        vocabulary_size = self.tokenizer.vocabulary_size if self.tokenizer else 0
        return {"vocabulary_size": vocabulary_size, "num_classes": len(self.labels)}


class ExampleData(TaskData):
    """Examples one by one, those of similar length together; those too long are left out.

    Args:
        task: Encodes the examples.
        tokenizer: Turns text into tokens; `None` for images.
        labels: Names of the classes.
        training: Examples to train on.
        validation: Examples to validate on.
        architecture: Of the model that will read them.
        max_sequence_length: Its context, in tokens.

    Raises:
        InputError: No training example, or no validation example, is short enough.
    """

    def __init__(
        self,
        task: "type[Task]",
        tokenizer: Tokenizer | None,
        labels: Sequence[str],
        training: Sequence[Any],
        validation: Sequence[Any],
        architecture: str,
        max_sequence_length: int,
    ):
        self.tokenizer = tokenizer
        self.labels = tuple(labels)
        self.max_sequence_length = max_sequence_length
        self.num_too_long = 0

        def encode_all(examples: Sequence[Any]) -> tuple[list[Any], list[Batch]]:
            encoded = task.encode_all(
                examples, tokenizer, self.labels, architecture, max_sequence_length
            )
            return self._short_enough(examples, encoded)

        self.training, self.training_buckets = encode_all(training)
        self.validation, self.validation_buckets = encode_all(validation)

    def _short_enough(
        self, examples: Sequence[Any], encoded: Sequence[Encoded]
    ) -> tuple[list[Any], list[Batch]]:
        """The examples that fit the context, and their arrays."""
        kept = [
            (example, arrays)
            for example, arrays in zip(examples, encoded, strict=True)
            if arrays.length <= self.max_sequence_length
        ]
        if examples and not kept:
            raise InputError(
                f"All {len(examples)} examples are too long for a context of "
                f"{self.max_sequence_length} tokens."
            )
        self.num_too_long += len(examples) - len(kept)
        pad_id = self.tokenizer.pad_id if self.tokenizer else 0
        buckets = make_buckets((arrays for _, arrays in kept), self.max_sequence_length, pad_id)
        return [example for example, _ in kept], buckets

    def training_batches(self, batch_size: int, seed: int) -> Iterator[Batch]:
        """Each batch has examples of one length; long and short ones come as often as they are."""
        return drawn_forever(self.training_buckets, batch_size, seed)

    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        for bucket in self.validation_buckets:
            yield from in_batches(bucket, batch_size)

    def describe(self) -> dict[str, int]:
        """Numbers of examples, of the labels learned from, and of classes or tokens."""
        sizes = {
            "training_examples": len(self.training),
            "validation_examples": len(self.validation),
            "too_long_examples": self.num_too_long,
            "training_labels": sum(bucket.num_labels for bucket in self.training_buckets),
        }
        if self.tokenizer:
            sizes["vocabulary_size"] = self.tokenizer.vocabulary_size
        return sizes | ({"classes": len(self.labels)} if self.labels else {})


class Task(ABC):
    """Something a model can learn to do.

    Attributes:
        about: What is known of it without a model.
    """

    about: ClassVar[TaskDescription]

    @classmethod
    @abstractmethod
    def read(
        cls,
        path: str | os.PathLike,
        columns: Columns | None = None,
        report: Report | None = None,
    ) -> Sequence[Any]:
        """Reads the task's examples from a file.

        Args:
            path: The file.
            columns: Which column is what, for some of `about.column_roles`; the others are
                guessed.
            report: Is told which columns were taken, and how many rows were left out, and why.

        Raises:
            InputError: The file is not what the task needs, or it has no such columns.
        """

    @classmethod
    @abstractmethod
    def write(cls, path: str | os.PathLike, examples: Sequence[Any]) -> None:
        """Writes examples to a file that `read` gives them back from."""

    @classmethod
    @abstractmethod
    def prepare(
        cls,
        examples: Sequence[Any],
        *,
        architecture: str,
        tokenizer_kind: str,
        vocabulary_size: int,
        max_sequence_length: int,
        validation_fraction: float,
        seed: int,
    ) -> TaskData:
        """Splits examples, learns a vocabulary and makes arrays.

        Args:
            examples: What `read` gave.
            architecture: Of the model that will learn; one of its `about.architectures`.
            tokenizer_kind: A name in `tfplay.text.TOKENIZERS`.
            vocabulary_size: The most tokens the vocabulary may have.
            max_sequence_length: The model's context, in tokens.
            validation_fraction: Part of the examples to validate on, from 0 (none) to below 1.
            seed: Draws the split.

        Raises:
            InputError: There is too little to train on, or a value is impossible.
        """

    @classmethod
    @abstractmethod
    def encode_all(
        cls,
        examples: Sequence[Any],
        tokenizer: Tokenizer | None,
        labels: Sequence[str],
        architecture: str,
        context: int,
    ) -> list[Encoded]:
        """Each example as a model reads it, and what it is to predict.

        Args:
            examples: What `read` gave.
            tokenizer: Turns text into tokens; `None` for images.
            labels: Names of the classes.
            architecture: Of the model.
            context: The most tokens it reads; a task for which the beginning of a text is enough
                cuts the rest off.
        """

    @classmethod
    @abstractmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Sequence[Any], limit: int | None = None
    ) -> dict[str, float]:
        """The task's scores on examples that the model was not trained on.

        Args:
            trained: A model that learned this task.
            examples: What `read` gave.
            limit: The most examples to answer; `None` is all.

        Raises:
            InputError: No example is short enough for the model.
        """

    @classmethod
    @abstractmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[Any]) -> list[Sample]:
        """What the model answers to a few examples; of a long answer the beginning.

        Args:
            trained: A model that learns this task.
            examples: What `few` gave.
        """

    @classmethod
    def as_typed(cls, example: Any) -> str | dict[str, str]:
        """What of an example a visitor would type in; a dictionary by field if that is two texts.

        Args:
            example: Of those that `read` gave; a line of a plain text.
        """
        return example.text

    @classmethod
    def read_typed(cls, trained: TrainedModel, text: str, second: str = "") -> Reading:
        """What a model reads of a text that a visitor types.

        Args:
            trained: A model that learned this task, which reads text.
            text: What `about.text_label` names.
            second: What `about.second_label` names.

        Raises:
            InputError: The text is empty.
        """
        if not text.strip():
            raise InputError("There is nothing to attend to: the text is empty.")
        return cls._read_typed(trained, text, second)

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        """A start token, the text, an end token."""
        tokenizer = trained.tokenizer
        return reading_of(
            trained, [tokenizer.start_id, *tokenizer.tokenize(text), tokenizer.end_id]
        )

    @classmethod
    def prompt(cls, trained: TrainedModel, reading: Reading) -> dict[str, np.ndarray]:
        """The inputs without what was written after them: the answer to be asked for."""
        return reading.inputs

    @classmethod
    def answer_rows(cls, trained: TrainedModel, reading: Reading) -> list[int]:
        """In which rows of its logits the model answers; in none if it has one answer for all."""
        return list(range(len(reading.target_tokens)))

    @classmethod
    def usual_row(cls, trained: TrainedModel, reading: Reading, logits: np.ndarray) -> int | None:
        """Where people look first.

        Args:
            trained: A model that learned this task.
            reading: What it reads.
            logits: Its answer to that; the only example's.

        Returns:
            One of `answer_rows`; `None` if there are none.
        """
        rows = cls.answer_rows(trained, reading)
        return rows[0] if rows else None

    @classmethod
    def choice_names(
        cls, trained: TrainedModel, reading: Reading, choices: Sequence[int]
    ) -> list[str]:
        """What the choices of a row are called: classes, or else tokens of the vocabulary."""
        if trained.labels:
            return [trained.labels[choice] for choice in choices]
        return trained.tokenizer.labels(choices)

    @classmethod
    def few(cls, examples: Sequence[Any], count: int) -> Sequence[Any]:
        """A few of the examples that `read` gave, to watch a model by while it is trained."""
        return examples[:count]

    @classmethod
    def quick_scores(cls, trained: TrainedModel, examples: Sequence[Any]) -> dict[str, float]:
        """Those of the task's scores that a few examples have in a moment."""
        return cls.evaluate(trained, examples)


def learn_tokenizer(kind: str, texts: Iterable[str], vocabulary_size: int) -> Tokenizer:
    """Learns a vocabulary of that kind.

    Raises:
        InputError: There is no such kind, or the vocabulary is too small for it.
    """
    if kind not in TOKENIZERS:
        raise InputError(
            f"There is no tokenizer {quoted(kind)}; there are {', '.join(TOKENIZERS)}."
        )
    return TOKENIZERS[kind].train(texts, vocabulary_size)


def encode_for(task: type[Task], trained: TrainedModel, examples: Sequence[Any]) -> list[Encoded]:
    """Examples as a trained model reads them."""
    return task.encode_all(
        examples, trained.tokenizer, trained.labels, trained.architecture, trained.context
    )


def class_index(labels: Sequence[str], label: str) -> int:
    """The place of a class among the logits.

    Raises:
        InputError: There is no such class.
    """
    if label not in labels:
        raise InputError(f"There is no class {quoted(label)}; there are {', '.join(labels)}.")
    return labels.index(label)
