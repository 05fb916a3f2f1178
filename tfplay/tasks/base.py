"""What every task can do: read its files, make arrays of them, answer and score answers."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

from tfplay import explain
from tfplay.cutting import quoted
from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.batches import Encoded
from tfplay.tasks.data import DataSettings, TaskData
from tfplay.tasks.description import TaskDescription
from tfplay.tasks.likely import Likely, likeliest
from tfplay.tasks.prediction import require_room
from tfplay.tasks.reading import Reading, reading_of
from tfplay.tasks.samples import Sample
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.tasks.word_effects import WordEffects
from tfplay.text import Columns, Report, check_roles

Examples = TypeVar("Examples", bound=Sequence[Any])
"""The content of a task's file: a list of examples, or one long text."""


class Task(ABC, Generic[Examples]):
    """Something a model can learn to do.

    Attributes:
        about: What is known about the task without a model.
        reader: Reads a file: (path, columns, report), or (path, report) if it has no table.
        writer: Writes a file: (path, examples).
        effects: How each word of a text influences an answer: takes (trained, text) and the other
            arguments of the task's `..._effects`. Only some tasks have it.
    """

    about: ClassVar[TaskDescription]
    reader: ClassVar[Callable[..., Sequence[Any]]]
    writer: ClassVar[Callable[..., None]]
    effects: ClassVar[Callable[..., WordEffects]]

    @classmethod
    def read(
        cls,
        path: str | os.PathLike,
        columns: Columns | None = None,
        report: Report | None = None,
    ) -> Sequence[Any]:
        """Reads the task's examples from a file.

        Args:
            path: The file.
            columns: Which column is what, for some of `about.column_roles`; the others are guessed.
            report: Records which columns were taken, and how many rows were left out, and why.

        Raises:
            InputError: The file is not what the task needs, or it has no such columns.
        """
        if cls.about.column_roles:
            return cls.reader(path, columns, report)
        check_roles((), columns)
        return cls.reader(path, report)

    @classmethod
    def write(cls, path: str | os.PathLike, examples: Examples) -> None:
        """Writes examples to a file that `read` gives them back from."""
        cls.writer(path, examples)

    @classmethod
    def prepare(cls, examples: Examples, **settings: Any) -> TaskData:
        """Splits examples, learns a vocabulary and makes arrays.

        Args:
            examples: The result of `read`.
            **settings: All of `DataSettings`.

        Raises:
            InputError: There is too little to train on, or a value is impossible.
        """
        return cls._prepare(examples, DataSettings(**settings))

    @classmethod
    @abstractmethod
    def _prepare(cls, examples: Examples, settings: DataSettings) -> TaskData:
        """Prepares the examples with checked settings; see `prepare`."""

    @classmethod
    @abstractmethod
    def encode_all(cls, examples: Examples, form: InputFormat) -> list[Encoded]:
        """Each example as a model reads it, with its target.

        Args:
            examples: The result of `read`.
            form: How the model reads them; where the beginning of a text is enough for the task,
                what does not fit its context is cut off.
        """

    @classmethod
    def judged(cls, trained: TrainedModel, examples: Examples, limit: int | None = None) -> Any:
        """The examples that `evaluate` scores: all, or those that fit the model's context.

        Args:
            trained: A model that learned this task.
            examples: The result of `read`.
            limit: As for `evaluate`.
        """
        return examples[:limit]

    @classmethod
    @abstractmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Examples, limit: int | None = None
    ) -> dict[str, float]:
        """The task's scores on examples that the model was not trained on.

        Args:
            trained: A model that learned this task.
            examples: The result of `read`.
            limit: The most examples to answer; `None` is all.

        Raises:
            InputError: No example is short enough for the model.
        """

    @classmethod
    @abstractmethod
    def sample(cls, trained: TrainedModel, examples: Examples) -> list[Sample]:
        """The model's answers to a few examples; only the beginning of long ones.

        Args:
            trained: A model that learns this task.
            examples: The result of `few`.
        """

    @classmethod
    def as_typed(cls, example: Any) -> str | dict[str, str]:
        """The part of an example that a visitor would type; a dictionary by field for two texts.

        Args:
            example: An example that `read` returned; a line of a plain text.
        """
        return example.text

    @classmethod
    def apart(cls, examples: Examples) -> list[tuple[str, Any]]:
        """Each example by itself, as `encode_all` takes it, after what a model reads of it.

        Args:
            examples: The result of `read`.
        """
        return [
            (cls.text_read(example), examples[index : index + 1])
            for index, example in enumerate(examples)
        ]

    @classmethod
    def text_read(cls, example: Any) -> str:
        """What a model reads of an example, as one text; empty for a picture.

        Args:
            example: An example that `read` returned.
        """
        typed = cls.as_typed(example)
        return typed if isinstance(typed, str) else "\n".join(typed.values())

    @classmethod
    def read_typed(cls, trained: TrainedModel, text: str, second: str = "") -> Reading:
        """The reading of a text that a visitor types: the model's inputs and its tokens.

        Args:
            trained: A model that learned this task, which reads text.
            text: What `about.text_label` names.
            second: What `about.second_label` names.

        Raises:
            InputError: The text is empty.
        """
        if not text.strip():
            raise InputError("There is nothing to look at: the text is empty.")
        return cls._read_typed(trained, text, second)

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        """A start token, the text, an end token, as far as the vocabulary has them."""
        tokenizer = trained.tokenizer
        return reading_of(
            trained, [*tokenizer.start_ids, *tokenizer.tokenize(text), *tokenizer.end_ids]
        )

    @classmethod
    def prompt(cls, trained: TrainedModel, reading: Reading) -> dict[str, np.ndarray]:
        """The inputs without what was written after them: the answer to be asked for."""
        return reading.inputs

    @classmethod
    def answer_rows(cls, trained: TrainedModel, reading: Reading) -> list[int]:
        """The rows of the logits in which the model answers; none if it has one answer for all."""
        return list(range(len(reading.target_tokens)))

    @classmethod
    def usual_row(cls, trained: TrainedModel, reading: Reading, logits: np.ndarray) -> int | None:
        """The row of an answer that people look at first.

        Args:
            trained: A model that learned this task.
            reading: What the model reads.
            logits: The model's answer to it, without a batch axis.

        Returns:
            One of `answer_rows`; `None` if there are none.
        """
        rows = cls.answer_rows(trained, reading)
        return rows[0] if rows else None

    @classmethod
    def choice_names(
        cls, trained: TrainedModel, reading: Reading, choices: Sequence[int]
    ) -> list[str]:
        """The names of a row's choices: classes, or tokens of the vocabulary."""
        return trained.choice_names(choices)

    @classmethod
    def likely_answers(
        cls, trained: TrainedModel, logits: np.ndarray, token_ids: np.ndarray, places: np.ndarray
    ) -> Likely:
        """What a model thinks likely of a text whose tokens may have changed their places.

        Args:
            trained: A model that learned this task.
            logits: Its answer to a prompt, without a batch axis.
            token_ids: (T,) of the prompt, as it was read.
            places: (T,): where each token stands now; answers about tokens come in this order.

        Returns:
            The one answer for the whole text, or what comes after its last token.
        """
        row = logits if logits.ndim == 1 else logits[-1]
        return likeliest(probabilities(row), trained.choice_names)

    @classmethod
    def answer_line(cls, trained: TrainedModel, text: str) -> str:
        """What a model says to a text that a visitor types, in a line: the likeliest answer.

        Raises:
            InputError: The text is empty, or too long.
        """
        inputs = cls.prompt(trained, cls.read_typed(trained, text))
        token_ids = inputs["token_ids"][0]
        require_room(trained, len(token_ids))
        [logits] = explain.eager_logits(trained.model, inputs)
        likely = cls.likely_answers(trained, logits, token_ids, np.arange(len(token_ids)))
        answer, probability = likely.best[0]
        return f"{answer}: {probability:.1%}"

    @classmethod
    def few(cls, examples: Examples, count: int) -> Sequence[Any]:
        """A few of the examples that `read` returned, on which a model in training is watched."""
        return examples[:count]

    @classmethod
    def quick_scores(cls, trained: TrainedModel, examples: Examples) -> dict[str, float]:
        """The scores of the task that are quickly computed on a few examples."""
        return cls.evaluate(trained, examples)


def class_index(labels: Sequence[str], label: str) -> int:
    """The index of a class among the logits.

    Raises:
        InputError: There is no such class.
    """
    if label not in labels:
        raise InputError(f"There is no class {quoted(label)}; there are {', '.join(labels)}.")
    return labels.index(label)
