"""Examples prepared for a training: split, encoded, in batches."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.tasks.batches import Batch, Encoded, drawn_forever, in_batches, make_buckets
from tfplay.tasks.trained_model import InputFormat
from tfplay.text import TOKENIZERS, Tokenizer, split_grouped

if TYPE_CHECKING:
    from tfplay.tasks.base import Task


@dataclass(frozen=True)
class DataSettings:
    """How data is prepared for a training.

    Attributes:
        architecture: Architecture of the model that will learn; one of the task's.
        tokenizer_kind: A name in `tfplay.text.TOKENIZERS`.
        vocabulary_size: The most tokens the vocabulary may have.
        max_sequence_length: The model's context, in tokens.
        validation_fraction: The validation share of the examples, from 0 (none) to below 1.
        seed: Draws the split.
        tokenizer: One that a model has already, which learns nothing; `None` learns a new one.
    """

    architecture: str
    tokenizer_kind: str
    vocabulary_size: int
    max_sequence_length: int
    validation_fraction: float
    seed: int
    tokenizer: Tokenizer | None = None

    def split(
        self, examples: Sequence[Any], key: Callable[[Any], Hashable]
    ) -> tuple[list[Any], list[Any]]:
        """The examples to train on and those to validate on; equal keys stay together."""
        return split_grouped(examples, key, self.validation_fraction, self.seed)

    def learn_tokenizer(self, texts: Iterable[str]) -> Tokenizer:
        """A tokenizer with a vocabulary of these texts, or the one that there is.

        Raises:
            InputError: No tokenizer has this name, or the vocabulary is too small for it.
        """
        if self.tokenizer is not None:
            return self.tokenizer
        if self.tokenizer_kind not in TOKENIZERS:
            raise InputError(
                f"There is no tokenizer {quoted(self.tokenizer_kind)}; there are "
                f"{', '.join(TOKENIZERS)}."
            )
        return TOKENIZERS[self.tokenizer_kind].train(texts, self.vocabulary_size)


class TaskData(ABC):
    """Examples as arrays, in a training and a validation part that share nothing.

    Attributes:
        tokenizer: A tokenizer that learned from the training part alone; `None` for images.
        labels: Names of the classes, if the task tells classes apart.
        training: The training examples that are short enough for the context.
        validation: The validation examples that are.
    """

    tokenizer: Tokenizer | None
    labels: tuple[str, ...] = ()
    training: Sequence[Any] = ()
    validation: Sequence[Any] = ()

    @abstractmethod
    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Batch]:
        """Training batches without end, in an order that the seed draws, from the number `first`.

        A training that goes on does without those it has seen, which are the same each time.
        """

    @abstractmethod
    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        """Every validation example once, always in the same order."""

    @abstractmethod
    def describe(self) -> dict[str, int]:
        """The amounts of data, and how much was left out."""

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
        settings: How the examples are prepared.

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
        settings: DataSettings,
    ):
        self.tokenizer = tokenizer
        self.labels = tuple(labels)
        self.max_sequence_length = settings.max_sequence_length
        self.num_too_long = 0

        form = InputFormat(tokenizer, self.labels, settings.architecture, self.max_sequence_length)

        def encode_all(examples: Sequence[Any]) -> tuple[list[Any], list[Batch]]:
            return self._short_enough(examples, task.encode_all(examples, form))

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

    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Batch]:
        """Each batch has examples of one length; long and short ones come as often as they are."""
        return drawn_forever(self.training_buckets, batch_size, seed, first)

    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        for bucket in self.validation_buckets:
            yield from in_batches(bucket, batch_size)

    def describe(self) -> dict[str, int]:
        """The numbers of examples, of labels with a target, and of classes or tokens."""
        sizes = {
            "training_examples": len(self.training),
            "validation_examples": len(self.validation),
            "too_long_examples": self.num_too_long,
            "training_labels": sum(bucket.num_labels for bucket in self.training_buckets),
        }
        if self.tokenizer:
            sizes["vocabulary_size"] = self.tokenizer.vocabulary_size
        return sizes | ({"classes": len(self.labels)} if self.labels else {})
