"""Trainings that come with TFPlay as what was measured of them, so that they show without Keras."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from tfplay.experiments.catalogue import fitting_experiments
from tfplay.experiments.exercises import EXERCISES
from tfplay.experiments.measures import Behaviour, Measures
from tfplay.experiments.stored import by_number, stored, stored_fields
from tfplay.recipes import Recipe
from tfplay.text.files import read_json

RECORDS = Path(__file__).parent / "records"
"""A file for each training, named by its recipe's digest."""


@dataclass(frozen=True)
class TrainingRecord:
    """All that a page draws of one training, as it was measured when it ended.

    Attributes:
        recipe: What was trained, on what, and how.
        measures: What experiments compare.
        metrics: Some lines of the run's metrics, the first and the last among them.
        entropy: Mean entropy of attention in bits, by step.
        samples: Answers to a few validation examples after the last step, as `Sample` has them.
        frequency_loss: The loss of knowing only how often each answer occurs, in nats.
        data_digest: SHA-256 of the data file.
        made: The day, as in "2026-11-30".
        seconds: How long the training took.
        device: What it was trained on.
        version: TFPlay's.
    """

    recipe: Recipe
    measures: Measures
    metrics: Sequence[Mapping[str, Any]]
    entropy: Mapping[int, float]
    samples: Sequence[Mapping[str, Any]]
    frequency_loss: float
    data_digest: str
    made: str
    seconds: float
    device: str
    version: str

    def to_json(self) -> dict[str, Any]:
        """The record as a dictionary that `json.dumps` takes."""
        return stored(self) | {"recipe": self.recipe.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The record that `to_json` gave.

        Raises:
            InputError: It was written in another format.
        """
        fields = stored_fields(data)
        measures = Measures(**fields["measures"])
        if measures.probe is not None:
            measures = replace(measures, probe=Behaviour(*measures.probe))
        fields["recipe"] = Recipe.from_json(fields["recipe"])
        fields["measures"] = measures
        fields["entropy"] = by_number(fields["entropy"])
        return cls(**fields)


def recipe_digest(recipe: Recipe) -> str:
    """Tells recipes apart: 16 hexadecimal digits, other ones if a model or training would differ.

    Example:
        >>> len(recipe_digest(recipe))
        16
    """
    decided = {"recipe": recipe.to_json(), "model": recipe.model_config().to_json()}
    text = json.dumps(decided, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def record_path(recipe: Recipe) -> Path:
    """Where the record of a recipe's training is, if it was trained."""
    return RECORDS / f"{recipe.corpus}-{recipe_digest(recipe)}.json"


def trainings_of(subject: str) -> dict[Path, Recipe]:
    """All trainings that the experiments on a subject compare, by their records' places."""
    recipe = EXERCISES[subject].recipe()
    pairs = (each.pair(recipe) for each in fitting_experiments(recipe).values())
    return {record_path(each): each for pair in pairs for each in pair}


def find_record(recipe: Recipe) -> TrainingRecord | None:
    """The recipe's training that came with TFPlay; `None` if it was not trained.

    Raises:
        InputError: Its file is damaged.
    """
    path = record_path(recipe)
    return _read(path) if path.is_file() else None


@cache
def _read(path: Path) -> TrainingRecord:
    return TrainingRecord.from_json(read_json(path))


def families(subject: str) -> dict[str, dict[str, TrainingRecord]]:
    """The subject's trainings that came with TFPlay, each intact one with those that break it.

    Returns:
        By what the family has in common, such as "4 blocks, 4 heads": the trainings by their
        names, "intact" first.
    """
    recipe, found = EXERCISES[subject].recipe(), {}
    for experiment in fitting_experiments(recipe).values():
        pair = experiment.pair(recipe)
        intact, broken = map(find_record, pair)
        if intact and broken:
            family = found.setdefault(_in_common(pair[0]), {"intact": intact})
            family[experiment.broken] = broken
    return found


def _in_common(recipe: Recipe) -> str:
    config = recipe.model_config()
    blocks = f"{config.num_layers} blocks"
    heads = f"{config.num_heads} head{'s' if config.num_heads > 1 else ''}"
    return f"{blocks}, {heads}" if config.normalize_first else f"{blocks}, {heads}, post-norm"
