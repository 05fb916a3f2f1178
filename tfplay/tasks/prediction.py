"""Predictions of a model for encoded examples."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfplay import decoding, explain
from tfplay.decoding.filters import log_probabilities
from tfplay.errors import InputError
from tfplay.tasks.batches import BATCH_SIZE, IGNORED, Encoded, bucket_length, collate, in_batches
from tfplay.tasks.trained_model import TrainedModel


def predict(trained: TrainedModel, examples: Sequence[Encoded]) -> list[np.ndarray]:
    """The logits of each example, padding left out.

    A single example is answered eagerly, within milliseconds; many in compiled batches.

    Args:
        trained: The model.
        examples: Examples encoded by the model's task.

    Returns:
        For each example its logits without the batch axis, in float32: (T, V), (T, classes),
        (classes,) or (2, T).

    Raises:
        InputError: An example is longer than the model's context, or has a token id outside its
            vocabulary.
    """
    tokenizer = trained.tokenizer_or_none
    pad_id = tokenizer.pad_id if tokenizer else 0
    by_length = defaultdict(list)
    for index, example in enumerate(examples):
        require_room(trained, example.length)
        decoding.check_inputs(trained.model, example.inputs)
        by_length[bucket_length(example.length, trained.context)].append(index)
    answers = [np.zeros(0)] * len(examples)
    for length, indices in by_length.items():
        bucket = collate([examples[index] for index in indices], length, pad_id)
        if len(examples) == 1:
            logits = explain.eager_logits(trained.model, bucket.inputs)
        else:
            batches = in_batches(bucket, BATCH_SIZE)
            logits = np.concatenate(
                [trained.model.predict_on_batch(batch.inputs) for batch in batches]
            )
        for index, rows in zip(indices, logits, strict=False):  # the last batch is filled up
            answers[index] = unpadded(rows, length, examples[index].length).astype("float32")
    return answers


def unpadded(logits: np.ndarray, length: int, real: int) -> np.ndarray:
    """Keeps the first `real` of `length` positions, on whichever axis they are."""
    if logits.ndim == 1:
        return logits
    return logits[:real] if len(logits) == length else logits[:, :real]


def require_room(trained: TrainedModel, length: int) -> None:
    """Raises an `InputError` if the tokens are more than the model reads."""
    if length > trained.context:
        raise InputError(f"The text has {length} tokens; this model reads {trained.context}.")


class Fit(NamedTuple):
    """How well a model predicts the labels of examples."""

    cross_entropy: float
    """Mean over the labels that count, in nats."""
    accuracy: float
    """Share of them predicted right, from 0 to 1."""
    hits: list[np.ndarray]
    """For each example, which of its counted labels are predicted right."""


def measure_fit(trained: TrainedModel, examples: Sequence[Encoded]) -> Fit:
    """Cross-entropy and accuracy over all labels that count, of examples with a label a position.

    Raises:
        InputError: An example is longer than the model's context, or none has a label.
    """
    losses = []
    hits = [np.zeros(0, dtype=bool)] * len(examples)
    by_length = sorted(range(len(examples)), key=lambda index: examples[index].length)
    for start in range(0, len(examples), BATCH_SIZE):  # all logits at once would fill the memory
        indices = by_length[start : start + BATCH_SIZE]
        answers = predict(trained, [examples[index] for index in indices])
        for index, logits in zip(indices, answers, strict=True):
            labels = np.array(examples[index].labels)
            [positions] = np.nonzero(labels != IGNORED)
            labels, logits = labels[positions], logits[positions]
            losses.append(-log_probabilities(logits)[np.arange(len(labels)), labels])
            hits[index] = logits.argmax(axis=-1) == labels
    if not sum(map(len, losses)):
        raise InputError("There is nothing to predict in this text.")
    return Fit(float(np.concatenate(losses).mean()), float(np.concatenate(hits).mean()), hits)
