"""The residual stream from level to level: the answer it would give, and how it changes.

Level 0 is the embeddings; level n is what leaves block n.
"""

from typing import NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.decoding.filters import probabilities
from tfplay.explain.vectors import token_vectors
from tfplay.models import StackTrace, Trace


class Neighbour(NamedTuple):
    """A token whose embedding points where a vector points."""

    token_id: int
    cosine: float


def last_stack(trace: Trace) -> StackTrace:
    """The stack that the answer is read from."""
    return trace.decoder or trace.encoder


def logit_lens(model: keras.Model, trace: Trace) -> np.ndarray:
    """What each level would answer if it were the last (nostalgebraist, 2020).

    logits_n = unembed(norm(x_n)), with the model's own last norm and head.

    Args:
        model: Any of the three architectures.
        trace: The model's forward pass on one example.

    Returns:
        (layers + 1, ...): the model's logits without their batch axis; the last are its answer.
    """
    levels = last_stack(trace).residual_levels()[:, 0]
    stack = model.decoder or model.encoder
    return ops.convert_to_numpy(model.unembed(stack.norm(levels)))


class Likeliest(NamedTuple):
    """The likeliest choice of each level at each token."""

    choices: np.ndarray
    """(layers + 1, T)."""
    probabilities: np.ndarray
    """(layers + 1, T)."""
    asked: np.ndarray
    """(layers + 1,): the probability of the choice that was asked for, at its token."""


def likeliest_by_level(model: keras.Model, trace: Trace, row: int, choice: int) -> Likeliest:
    """The logit lens of a model that answers at each token, without the memory of all its logits.

    For a vocabulary of 49,152, those of 31 levels and 100 tokens would take 600 MB.

    Args:
        model: A model whose logits have a row a token.
        trace: The model's forward pass on one example.
        row: The token at which a choice is asked for.
        choice: That choice.
    """
    stack = model.decoder or model.encoder
    found = []
    for level in last_stack(trace).residual_levels():
        [logits] = ops.convert_to_numpy(model.unembed(stack.norm(level)))
        likely = probabilities(logits)
        found.append((likely.argmax(axis=-1), likely.max(axis=-1), likely[row, choice]))
    choices, largest, asked = zip(*found, strict=True)
    return Likeliest(np.stack(choices), np.stack(largest), np.array(asked))


def cosines_to_final(levels: np.ndarray) -> np.ndarray:
    """(layers + 1, T): the cosine of each level to the last, from -1 to 1."""
    unit = _unit(levels)
    return (unit * unit[-1]).sum(axis=-1)


def nearest_tokens(model: keras.Model, vectors: np.ndarray, count: int) -> list[list[Neighbour]]:
    """The tokens whose embeddings have the largest cosine to each vector.

    Args:
        model: One that reads tokens.
        vectors: (N, E).
        count: How many for each.
    """
    cosines = _unit(vectors) @ _unit(token_vectors(model)).T
    order = np.argsort(-cosines, axis=-1, kind="stable")[:, :count]
    return [
        [Neighbour(int(token_id), float(row[token_id])) for token_id in best]
        for row, best in zip(cosines, order, strict=True)
    ]


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
