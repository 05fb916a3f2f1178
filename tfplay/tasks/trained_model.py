"""A model together with what it takes to ask it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfplay.text import Tokenizer

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import TransformerModel


@dataclass(frozen=True)
class TrainedModel:
    """A model that has learned a task, with what it takes to ask it.

    Attributes:
        task: Name of the task, in `tfplay.tasks.TASKS`.
        model: The model.
        tokenizer: The one it was trained with; `None` if it reads images.
        labels: Names of the classes it tells apart, in the order of its logits.
        window: So many tokens of its context it was measured to use; `None` is all.
    """

    task: str
    model: "TransformerModel"
    tokenizer: Tokenizer | None
    labels: tuple[str, ...] = ()
    window: int | None = None

    @property
    def architecture(self) -> str:
        """One of the three."""
        return self.model.config.architecture

    @property
    def context(self) -> int:
        """The most tokens it reads at once: those it has positions for, or its `window`."""
        return self.window or self.model.config.max_sequence_length
