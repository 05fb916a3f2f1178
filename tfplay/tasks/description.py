"""What a task is called, what it learns from and how it is usually learned: known without Keras."""

from dataclasses import dataclass, field
from typing import Any

from tfplay.config import TrainingConfig

GZIP = "Each may be gzipped (**.gz**)."


@dataclass(frozen=True)
class TaskDescription:
    """What a task says of itself to pages, commands and recipes.

    Attributes:
        name: As the command line says it.
        title: As people read it.
        architectures: Of the models that can do it; the first is the usual one.
        left_out: Why no other architecture can, if several can.
        heads: What a model for it ends with, by architecture; `"none"` for those not named.
        reads: What its files hold, in a few words.
        file_help: The same for whoever writes such a file, in Markdown.
        formats: Endings of the files it is read from; each may be followed by .gz. What is written
            here has the first.
        column_roles: What the columns of its files may be chosen for; empty if it has no table.
        unit: What an example in a file is called.
        pasted_example: What a file may hold; empty for what nobody types.
        text_label: What the text is to a model that reads it; empty if it reads none.
        second_label: What a second text is to the model; empty if there is none.
        second_help: What it means to leave the second text out.
        model_fields: Fields of `ModelConfig` that it needs set whatever the preset.
        preset: Name of a model preset that is a good start.
        model_changes: Fields that it sets otherwise than that preset.
        tokenizer: Kind of tokenizer.
        vocabulary_size: The most tokens its vocabulary may have.
        validation_fraction: Part of the examples to validate on.
        training: How to train.
    """

    name: str
    title: str
    architectures: tuple[str, ...]
    reads: str
    file_help: str
    formats: tuple[str, ...]
    preset: str
    tokenizer: str
    vocabulary_size: int
    training: TrainingConfig
    left_out: str = ""
    heads: dict[str, str] = field(default_factory=dict)
    column_roles: tuple[str, ...] = ()
    unit: str = "row"
    pasted_example: str = ""
    text_label: str = "It reads"
    second_label: str = ""
    second_help: str = ""
    model_fields: dict[str, Any] = field(default_factory=dict)
    model_changes: dict[str, Any] = field(default_factory=dict)
    validation_fraction: float = 0.1

    @property
    def reads_text(self) -> bool:
        """Whether its models read text, for which they have a tokenizer; others read pictures."""
        return bool(self.text_label)
