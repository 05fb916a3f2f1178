"""Descriptions of tasks: names, data and usual settings, available without Keras."""

from dataclasses import dataclass, field
from typing import Any

from tfplay.config import TrainingConfig

GZIP = "Each may be gzipped (**.gz**)."


@dataclass(frozen=True)
class TaskDescription:
    """The description of a task for pages, commands and recipes.

    Attributes:
        name: The name on the command line.
        title: The title that people read.
        architectures: Architectures that can learn it; the first is the usual one.
        left_out: Why no other architecture can, if several can.
        heads: The head of a model for it, by architecture; `"none"` for those not named.
        reads: The content of its files, in a few words.
        file_help: Instructions for writing such a file, in Markdown.
        formats: Endings of its files; each may be followed by .gz. Files written here have the
            first.
        column_roles: Roles for which columns can be chosen; empty if its files are no tables.
        unit: What an example in a file is called.
        may_be_two_files: Whether an example's two texts may stand in two files, line by line.
        pasted_example: An example of a file's content; empty if nobody types such content.
        text_label: The label of the text that a model reads; empty if it reads none.
        second_label: The label of a second text; empty if there is none.
        second_help: What happens if the second text is left out.
        asked: What a model answers to a text, in a few words.
        answer_places: Names of its answers, if it gives several to a whole text.
        model_fields: Fields of `ModelConfig` that it sets for every preset.
        preset: Name of a model preset that is a good start.
        model_changes: Fields in which it differs from that preset.
        tokenizer: Kind of tokenizer.
        vocabulary_size: The most tokens its vocabulary may have.
        validation_fraction: The validation share of the examples.
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
    may_be_two_files: bool = False
    pasted_example: str = ""
    text_label: str = "It reads"
    second_label: str = ""
    second_help: str = ""
    asked: str = "the next token"
    answer_places: tuple[str, ...] = ()
    model_fields: dict[str, Any] = field(default_factory=dict)
    model_changes: dict[str, Any] = field(default_factory=dict)
    validation_fraction: float = 0.1

    @property
    def reads_text(self) -> bool:
        """Whether its models read text, for which they have a tokenizer; others read pictures."""
        return bool(self.text_label)
