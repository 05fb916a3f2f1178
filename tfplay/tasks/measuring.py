"""The examples of a task's data on which a trained model is measured, and those it learned from."""

import numpy as np

from tfplay.errors import InputError
from tfplay.tasks.batches import Batch
from tfplay.tasks.data import ExampleData, TaskData
from tfplay.tasks.language_model.task import LanguageModelData

EXAMPLES_AT_ONCE = 16


def validation_sample(data: TaskData, most_tokens: int) -> list[Batch]:
    """Some of the examples that the model was validated on, evenly chosen.

    Args:
        data: As `Task.prepare` gives it.
        most_tokens: About as many tokens are read in all of them.

    Raises:
        InputError: There are no validation examples.
    """
    batches = list(data.validation_batches(EXAMPLES_AT_ONCE))
    if not batches:
        raise InputError("This run kept no examples for validation, so there is nothing to try.")
    num_tokens = sum(batch.num_tokens for batch in batches)
    chosen = batches[:: max(1, round(num_tokens / most_tokens))]
    return [batch.take(np.flatnonzero(_is_asked(batch.labels))) for batch in chosen]


def read_by_decoder(batch: Batch) -> np.ndarray:
    """(B, T): the tokens after which the next is predicted."""
    inputs = batch.inputs
    return inputs["decoder_token_ids" if "decoder_token_ids" in inputs else "token_ids"]


def training_examples(data: TaskData) -> list[Batch]:
    """All that the model learned from, once; one long text is a single example."""
    if isinstance(data, LanguageModelData):
        stream = data.training_ids[None]
        return [Batch({"token_ids": stream[:, :-1]}, stream[:, 1:])]
    assert isinstance(data, ExampleData)
    return data.training_buckets


def _is_asked(labels: np.ndarray) -> np.ndarray:
    """(B,): whether anything is asked of each example; in one that only fills up nothing is."""
    return np.any((labels >= 0).reshape(len(labels), -1), axis=1)
