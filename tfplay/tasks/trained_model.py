"""A trained model with its tokenizer and labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tfplay.errors import InputError
from tfplay.text import Tokenizer
from tfplay.trust import Judgement, Trust

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import TransformerModel


class InputFormat(NamedTuple):
    """How a model reads the examples of its task."""

    tokenizer_or_none: Tokenizer | None
    """Turns text into tokens; `None` for images."""
    labels: Sequence[str]
    """Names of the classes, in the order of its logits; empty if it tells none apart."""
    architecture: str
    """The model's architecture, one of the three."""
    context: int
    """The most tokens that it reads."""
    source_tokenizer_or_none: Tokenizer | None = None
    """What its encoder reads by, if its decoder reads and writes by another."""

    @property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of a model that reads text; an error for one that reads images."""
        return _require(self.tokenizer_or_none)

    @property
    def source_tokenizer(self) -> Tokenizer:
        """The tokenizer of what the model reads; of most also that of what it writes."""
        return self.source_tokenizer_or_none or self.tokenizer


@dataclass(frozen=True)
class TrainedModel:
    """A model that has learned a task, with its tokenizer and labels.

    Attributes:
        task: Name of the task, in `tfplay.tasks.TASKS`.
        model: The model.
        tokenizer_or_none: The tokenizer it was trained with; `None` if it reads images.
        labels: Names of the classes it tells apart, in the order of its logits.
        window: How many tokens of its context it uses, as measured; `None` is all.
        source_tokenizer_or_none: What its encoder reads by, if its decoder reads and writes by
            another.
        trust: When its answers can be trusted; `None` if that was never measured.
    """

    task: str
    model: "TransformerModel"
    tokenizer_or_none: Tokenizer | None
    labels: tuple[str, ...] = ()
    window: int | None = None
    source_tokenizer_or_none: Tokenizer | None = None
    trust: Trust | None = None

    @property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of a model that reads text; an error for one that reads images."""
        return _require(self.tokenizer_or_none)

    @property
    def source_tokenizer(self) -> Tokenizer:
        """The tokenizer of what the model reads; of most also that of what it writes."""
        return self.source_tokenizer_or_none or self.tokenizer

    @property
    def architecture(self) -> str:
        """The model's architecture, one of the three."""
        return self.model.config.architecture

    @property
    def context(self) -> int:
        """The most tokens that the model reads at once: its positions, or its `window`."""
        return self.window or self.model.config.max_sequence_length

    @property
    def input_format(self) -> InputFormat:
        """How the model reads examples."""
        return InputFormat(
            self.tokenizer_or_none,
            self.labels,
            self.architecture,
            self.context,
            self.source_tokenizer_or_none,
        )

    def temperature(self, text: str = "") -> float:
        """What logits of an answer to this text are divided by, so that probabilities are honest.

        Returns:
            1 if that was never measured.
        """
        return self.trust.temperature_for(text) if self.trust else 1.0

    def judge(self, text: str, certainty: float) -> Judgement | None:
        """What is to be said of an answer to this text; `None` if that was never measured.

        Args:
            text: What the model read.
            certainty: How sure it was; see `tfplay.trust.certainty_of`.
        """
        return self.trust.judge(text, certainty) if self.trust else None

    def choice_names(self, choices: Sequence[int]) -> list[str]:
        """The names of what its logits choose among: classes, or tokens of the vocabulary."""
        if self.labels:
            return [self.labels[choice] for choice in choices]
        return self.tokenizer.labels(choices)


def _require(tokenizer: Tokenizer | None) -> Tokenizer:
    """Raises an `InputError` if a model has no tokenizer."""
    if tokenizer is None:
        raise InputError("This model reads images: it has no tokenizer for a text.")
    return tokenizer
