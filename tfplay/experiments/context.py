"""From counting to context: what a model predicts after each snapshot, and what counting does."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np

from tfplay import explain
from tfplay.experiments.stored import by_number, stored, stored_fields
from tfplay.store import Model
from tfplay.tasks import Batch, TaskData, read_by_decoder, training_examples, validation_sample
from tfplay.text.files import read_json

MOST_TOKENS = 8192
ORDERS = {"unigram": 1, "bigram": 2, "trigram": 3}
SURE = 2
"""A difference counts if it is so many times its standard error."""

EARLY = 4
"""Tokens with at most so many to look at are early ones."""

MEASURED = Path(__file__).parent / "measured"
"""What came with TFPlay: a file for each shipped model with snapshots."""


@dataclass(frozen=True)
class ContextMeasures:
    """All that a page draws of the losses after each snapshot.

    Attributes:
        vocabulary_size: Tokens that the model knows.
        num_tokens: Validation tokens that were predicted.
        means: Mean loss in nats, by step.
        levels: Mean loss of what counts, on the same tokens, by its name.
        bands: How many tokens there are to look at, as people read it, the fewest first.
        losses: Mean loss by band, after each step.
        counted: The same of what counts, by its name.
        helping: How much the loss at least rises from early tokens to the latest band, by step:
            below 0 more context surely helps. Empty where all tokens are early, or none is.
        early: The most tokens that early ones have to look at; 0 if there are no early ones.
        furthest: The last band at which, at the end, the loss is surely below the band before;
            `None` if there is none.
    """

    vocabulary_size: int
    num_tokens: int
    means: Mapping[int, float]
    levels: Mapping[str, float]
    bands: Sequence[str]
    losses: Mapping[int, Sequence[float]]
    counted: Mapping[str, Sequence[float]]
    helping: Mapping[int, float]
    early: int
    furthest: str | None

    def to_json(self) -> dict[str, Any]:
        """The measures as a dictionary that `json.dumps` takes."""
        return stored(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The measures that `to_json` gave.

        Raises:
            InputError: They were written in another format.
        """
        fields = stored_fields(data)
        by_step = {name: by_number(fields[name]) for name in ("means", "losses", "helping")}
        return cls(**fields | by_step)


def measures_path(model: Model) -> Path:
    """Where a shipped model's measures are."""
    return MEASURED / f"{model.id}-context.json"


def shipped_context(model: Model) -> ContextMeasures | None:
    """What came with TFPlay of this model; `None` if nothing did."""
    path = measures_path(model)
    return _read(path) if model.origin == "shipped" and path.is_file() else None


@cache
def _read(path: Path) -> ContextMeasures:
    return ContextMeasures.from_json(read_json(path))


def measure_context(
    model: Model, data: TaskData, on_snapshot: Callable[[int], object] = lambda step: None
) -> ContextMeasures:
    """Measures every snapshot of a model that predicts next tokens.

    Args:
        model: One with snapshots.
        data: What it learned from.
        on_snapshot: Called with the step of each, when it is measured.
    """
    sample = validation_sample(data, MOST_TOKENS)
    losses = {}
    for step in model.steps():
        losses[step] = snapshot_losses(model.at(step), sample)
        on_snapshot(step)
    return context_measures(losses, counted_losses(data, sample), model.config.vocabulary_size)


def snapshot_losses(model: Model, sample: Sequence[Batch]) -> np.ndarray:
    """(B, T) losses of the sample, shorter sequences filled up with what is no number."""
    network = model.load().model
    return _stacked([explain.token_losses(network, batch.inputs, batch.labels) for batch in sample])


def counted_losses(data: TaskData, sample: Sequence[Batch]) -> dict[str, np.ndarray]:
    """(B, T) losses of n-grams that count in the training examples, by their name."""
    learned = [(read_by_decoder(batch), batch.labels) for batch in training_examples(data)]
    assert data.tokenizer
    counts = explain.NGrams(learned, data.tokenizer.vocabulary_size)
    return {
        name: _stacked(
            [counts.losses(read_by_decoder(batch), batch.labels, order) for batch in sample]
        )
        for name, order in ORDERS.items()
    }


def context_measures(
    losses: Mapping[int, np.ndarray], counted: Mapping[str, np.ndarray], vocabulary_size: int
) -> ContextMeasures:
    """What is told of losses by position.

    Args:
        losses: (B, T) in nats after each step.
        counted: (B, T) on the same tokens, by the name of what counts.
        vocabulary_size: Tokens that the model knows.
    """
    first, *_, last = losses.values()
    bands = [
        band
        for band in explain.context_bands(first.shape[1])
        if not all(np.isnan(each[:, band.positions]).all() for each in losses.values())
    ]

    def by_band(values: np.ndarray) -> list[float]:
        return [explain.mean_and_error(values[:, band.positions])[0] for band in bands]

    early = max((band.longest for band in bands if band.longest <= EARLY), default=0)
    helped = [
        band
        for before, band in pairwise(bands)
        if _loss_change(last, before.positions, band.positions) < 0
    ]
    return ContextMeasures(
        vocabulary_size,
        int((~np.isnan(first)).sum()),
        {step: float(np.nanmean(each)) for step, each in losses.items()},
        {name: float(np.nanmean(each)) for name, each in counted.items()},
        [band.name for band in bands],
        {step: by_band(each) for step, each in losses.items()},
        {name: by_band(each) for name, each in counted.items()},
        {
            step: _loss_change(each, slice(0, early), bands[-1].positions)
            for step, each in losses.items()
            if 0 < early < bands[-1].longest  # a reply is never an early token of a chat
        },
        early,
        helped[-1].name if helped else None,
    )


def _loss_change(losses: np.ndarray, before: slice, after: slice) -> float:
    """How much the loss rises at least from some positions to others; below 0 it surely falls."""
    (first, first_error), (second, second_error) = (
        explain.mean_and_error(losses[:, positions]) for positions in (before, after)
    )
    return second - first + SURE * math.hypot(first_error, second_error)


def _stacked(losses: Sequence[np.ndarray]) -> np.ndarray:
    longest = max(each.shape[1] for each in losses)
    filled = [
        np.pad(each, ((0, 0), (0, longest - each.shape[1])), constant_values=np.nan)
        for each in losses
    ]
    return np.concatenate(filled).astype("float32")
