"""What experiments can be made on: small recipes that learn something in half a minute."""

from dataclasses import dataclass, field, replace
from typing import Any

from tfplay.recipes import MODEL_FIELDS, Recipe, default_recipe
from tfplay.recipes.text import with_corpus

SMALL = {"hidden_dim": 64, "num_heads": 4, "num_layers": 4, "dropout": 0.0}
"""The size of every model; dropout would tell heads apart that begin alike."""

BRIEF = {"steps": 300, "evaluate_every": 30, "warmup_steps": 30, "learning_rate": 2e-3}

SHORT = 32
"""Tokens of a window, where a model learns from windows of one long text."""

_DERIVED = ("intermediate_dim", "num_kv_heads", "head_dim")


@dataclass(frozen=True)
class Exercise:
    """A ready-made subject to learn.

    Attributes:
        name: The name in addresses.
        title: The title that people read.
        task: A name in `tfplay.tasks.TASKS`.
        corpus: A name in `tfplay.text.corpora.CORPORA`.
        examples: How many examples of it.
        changes: Settings in which it differs from its task's proposal.
    """

    name: str
    title: str
    task: str
    corpus: str
    examples: int
    changes: dict[str, Any] = field(default_factory=dict)

    def recipe(self) -> Recipe:
        """Small and brief."""
        recipe = default_recipe(self.task, self.corpus, "tiny")
        recipe = with_corpus(recipe, self.corpus, self.examples)
        return recipe.with_changes({**SMALL, **BRIEF, **self.changes})


_EXERCISES = (
    Exercise(
        "stories",
        "Writing stories",
        "language-model",
        "stories",
        2000,
        {
            "max_sequence_length": SHORT,
            "batch_size": 16,
            "tokenizer_kind": "word",
            "vocabulary_size": 600,
        },
    ),
    Exercise(
        "dates",
        "Translating dates",
        "translation",
        "dates",
        4000,
        {
            "num_layers": 2,
            "max_sequence_length": 24,
            "batch_size": 32,
            "vocabulary_size": 400,
        },
    ),
    Exercise(
        "sentiment",
        "Telling good reviews from bad",
        "classification",
        "sentiment",
        6000,
        {
            "max_sequence_length": 32,
            "batch_size": 32,
            "tokenizer_kind": "word",
            "vocabulary_size": 1000,
        },
    ),
    Exercise("digits", "Reading digits", "images", "digits", 1500, {"batch_size": 32}),
)

EXERCISES: dict[str, Exercise] = {exercise.name: exercise for exercise in _EXERCISES}
"""Every subject, by its name."""


def reduced(recipe: Recipe) -> Recipe:
    """Somebody's recipe at the size of the subjects: what it is made of stays.

    Args:
        recipe: Any recipe, such as that of a run.
    """
    config = recipe.model_config().to_json()
    kept = {name: config[name] for name in MODEL_FIELDS if name not in _DERIVED}
    if recipe.task == "language-model":
        kept["max_sequence_length"] = min(SHORT, kept["max_sequence_length"])
    batch_size = min(32, recipe.training.batch_size)
    training = replace(recipe.training, **BRIEF, batch_size=batch_size, patience=0)
    return replace(
        recipe,
        preset="tiny",
        model_changes=kept | SMALL,
        training=training,
        validation_fraction=recipe.validation_fraction or 0.1,  # what is found is found there
    )
