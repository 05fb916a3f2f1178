"""What a trained model does on validation examples, and what no model should do worse than."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from tfplay import explain
from tfplay.experiments.measures import Behaviour
from tfplay.tasks import Batch, TaskData

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import TransformerModel

CUTS = 6
"""The number of places at which a sequence is cut off to see what is predicted next."""

COUNTED_BATCHES = 50
"""Batches of 32 training examples, in which it is counted how often each answer occurs."""


def probe_model(model: "TransformerModel", batches: Sequence[Batch]) -> Behaviour:
    """What the model does on validation examples.

    Args:
        model: A trained one, of any architecture.
        batches: Examples, as `TaskData.validation_batches` gives them.
    """
    similarity = None
    if (heads := model.config.num_heads) > 1:
        patterns = explain.attention_patterns(model, batches[0].inputs).values()
        similarity = float(
            np.mean(
                [
                    explain.pair_means(explain.pattern_similarity(kind), heads)[0]
                    for kind in patterns
                ]
            )
        )
    return Behaviour(
        attention_entropy(model, batches), similarity, *_hidden_and_seen_loss(model, batches)
    )


def attention_entropy(model: "TransformerModel", batches: Sequence[Batch]) -> float:
    """Mean entropy of all attention, in bits; a token that may attend to one only is left out."""
    patterns = [explain.attention_patterns(model, batch.inputs) for batch in batches]
    kinds = [explain.measure_heads([each[kind] for each in patterns]) for kind in patterns[0]]
    return float(np.mean([kind.entropy for kind in kinds]))


def _hidden_and_seen_loss(
    model: "TransformerModel", batches: Sequence[Batch]
) -> tuple[float | None, float | None]:
    """The mean loss of next tokens where the input ends before them, and where all of it is there.

    Both are of the same tokens; behind a causal mask they are the same loss.
    """
    config = model.config
    if config.architecture == "encoder-only" or config.head != "none":
        return None, None
    hidden, seen = [], []
    for batch in batches:
        ends = _cut_ends(batch.labels.shape[1])
        seen.append(explain.token_losses(model, batch.inputs, batch.labels)[:, ends - 1])
        if config.use_causal_mask:  # behind a causal mask what follows makes no difference
            hidden.append(seen[-1])
            continue
        hidden += [
            explain.token_losses(model, _cut(batch.inputs, end), batch.labels[:, :end])[:, -1:]
            for end in ends
        ]
    return tuple(float(np.nanmean(np.concatenate(each, axis=None))) for each in (hidden, seen))


def _cut_ends(length: int) -> np.ndarray:
    """The lengths to which sequences of this many tokens are cut off, at least 2."""
    return np.unique(np.linspace(min(2, length), length, CUTS).astype(int))


def _cut(inputs: dict[str, Any], end: int) -> dict[str, Any]:
    """What the decoder has read before it writes token `end`; an encoder's part is left whole."""
    return {
        name: array if name.startswith("encoder") else array[:, :end]
        for name, array in inputs.items()
    }


def frequency_loss(data: TaskData, batches: Sequence[Batch]) -> float:
    """The loss, in nats, of knowing only how often each answer occurs.

    Args:
        data: Answers are counted in its training part, each once more than it occurs, so
            that none is impossible.
        batches: Validation examples on which the loss is measured.
    """
    drawn = islice(data.training_batches(32, seed=0), COUNTED_BATCHES)
    known = _answers(drawn)
    asked = _answers(batches)
    counts = np.bincount(known, minlength=asked.max() + 1) + 1
    return float(-np.log(counts / counts.sum())[asked].mean())


def _answers(batches: Any) -> np.ndarray:
    return np.concatenate([batch.labels[batch.labels >= 0] for batch in batches])
