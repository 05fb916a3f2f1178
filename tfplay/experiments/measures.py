"""What is measured of each of the two runs of an experiment."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any, NamedTuple

from tfplay.store import Run

EARLY = 0.1
"""Gradients are compared over this share of the steps, the first ones, and ten at least."""

RECENT = 50
"""Without validation, the last loss is the mean over this many steps."""

SCORES = {"exact_match": "exact matches", "f1": "F1", "accuracy": "accuracy"}
"""Task scores that a finding mentions, with their titles; the first one available is used."""

MOST_SNAPSHOTS = 6
"""After so many steps attention is measured: it takes some tenths of a second for each."""

_BLOCK = re.compile(r"(encoder|decoder)_block_(\d+)")


class Behaviour(NamedTuple):
    """What a trained model does on validation examples."""

    entropy: float
    """Mean entropy of attention, in bits."""
    head_similarity: float | None
    """Mean over pairs of heads of a layer, from 0 to 1: equal; `None` if there is one head."""
    hidden_loss: float | None
    """Loss of the next token where the model cannot look ahead, in nats; `None` if the
    model does not predict a next token.
    """
    seen_loss: float | None = None
    """Loss of the same tokens where all of the input is given, in nats; where it is unknown,
    the last loss stands for it.
    """


@dataclass(frozen=True)
class Measures:
    """The measures of one run.

    Attributes:
        state: The run's state, as in `tfplay.store.Status`.
        message: The state in a sentence.
        depth: Blocks in a stack.
        num_heads: Heads in a layer.
        parameters: Numbers that the model learns.
        first_loss: Loss of the first step, in nats; `None` without steps.
        last_loss: Loss of the last validation, or of the last steps without validation.
        gradient_norms: Median over the first steps of the gradient's L2 norm, by part of the model
            from input to output; empty if it was not measured.
        probe: What the trained model does; `None` if there is none.
        scores: The task's, from 0 to 1, on validation examples that it answered.
        reason: Why it failed, as in `tfplay.store.Status`.
    """

    state: str
    message: str
    depth: int
    num_heads: int
    parameters: int | None
    first_loss: float | None
    last_loss: float | None
    gradient_norms: Mapping[str, float]
    probe: Behaviour | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    reason: str | None = None


def measure(run: Run, probe: Behaviour | None = None) -> Measures:
    """Measures a run, as far as it has come.

    Args:
        run: One of an experiment's two.
        probe: What its trained model does, once it is trained.

    Raises:
        InputError: It has not come as far as a model.
    """
    status, metrics, config = run.status(), run.metrics(), run.model.config
    return Measures(
        status.state,
        status.message,
        config.num_layers,
        config.num_heads,
        run.config.parameters,
        metrics[0]["loss"] if metrics else None,
        last_loss(metrics),
        early_gradient_norms(metrics, run.recipe.training.steps),
        probe,
        {name: status.result[name] for name in SCORES if name in (status.result or {})},
        status.reason,
    )


def last_loss(metrics: Sequence[Mapping[str, Any]]) -> float | None:
    """The loss of the last validation, or the mean of the last training losses without any."""
    validated = [row["validation_loss"] for row in metrics if row["validation_loss"] is not None]
    recent = [row["loss"] for row in metrics[-RECENT:]]
    return validated[-1] if validated else fmean(recent) if recent else None


def early_gradient_norms(metrics: Sequence[Mapping[str, Any]], steps: int) -> dict[str, float]:
    """Median over the first steps of each part's gradient norm, from input to output.

    A step whose gradient is not finite is left out: the loss is no number after it.

    Args:
        metrics: Lines of a run's metrics.
        steps: How many the training has in all.
    """
    measured = [
        row["gradient_norms"]
        for row in metrics
        if row.get("gradient_norms") and row["step"] <= max(10, EARLY * steps)
    ]
    lines = [line for line in measured if all(map(math.isfinite, line.values()))]
    return {part: median(line[part] for line in lines) for part in (lines[0] if lines else ())}


def shrinking(gradient_norms: Mapping[str, float]) -> dict[str, float]:
    """How many times smaller the gradient is at the first block than at the last, by stack.

    It is infinite where none reaches the first block, and left out where none reaches the last.

    Example:
        >>> shrinking({"embeddings": 1.0, "decoder_block_0": 0.1, "decoder_block_1": 0.2})
        {'decoder': 2.0}
    """
    stacks: dict[str, list[float]] = {}
    for part, norm in gradient_norms.items():
        if found := _BLOCK.fullmatch(part):
            stacks.setdefault(found[1], []).append(norm)
    return {
        stack: norms[-1] / norms[0] if norms[0] else math.inf
        for stack, norms in stacks.items()
        if norms[-1]
    }


def some(items: Sequence[int], most: int) -> list[int]:
    """At most so many of them, evenly chosen, the last among them.

    Example:
        >>> some([0, 1, 3, 10, 30, 100], most=3)
        [1, 10, 100]
    """
    stride = -(-len(items) // most)
    return list(items[::-1][::stride][::-1]) if items else []
