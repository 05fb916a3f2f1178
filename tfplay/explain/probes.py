"""Linear probes: what can be read off the residual stream, level by level."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.explain.lens import last_stack
from tfplay.explain.trace import trace_arrays

MOST_CLASSES = 50
"""How many of the commonest tokens are probed: rarer ones are too few to be learned."""

REGULARIZATION = 1e-2


class Stream(NamedTuple):
    """The residual stream at all tokens of some texts."""

    levels: np.ndarray
    """(layers + 1, N, E)."""
    token_ids: np.ndarray
    """(N,): which token stands there."""
    text: np.ndarray
    """(N,): which text it is of."""

    def neighbours(self, offset: int) -> np.ndarray:
        """(N,): the token at this offset in the same text; -1 where there is none."""
        found = np.full(len(self.token_ids), -1)
        places = np.arange(len(found))
        there = places + offset
        inside = (there >= 0) & (there < len(found))
        inside[inside] = self.text[there[inside]] == self.text[inside]
        found[inside] = self.token_ids[there[inside]]
        return found


class Probe(NamedTuple):
    """What a linear probe finds in texts that it was not trained on."""

    accuracy: np.ndarray
    """(layers + 1,): share of tokens, from 0 to 1."""
    commonest: float
    """Accuracy of always answering with the commonest label."""
    classes: int
    examples: int
    """How many tokens the accuracy is measured on."""


def residual_stream(model: keras.Model, batches: Iterable[dict[str, Any]]) -> Stream:
    """The residual stream of the stack that answers.

    Args:
        model: One that reads tokens.
        batches: The model's inputs, with their padding masks.
    """
    levels, token_ids, text, count = [], [], [], 0
    for inputs in batches:
        real = np.asarray(inputs.get("decoder_padding_mask", inputs.get("padding_mask")), bool)
        stack = last_stack(trace_arrays(model, inputs))
        levels.append(stack.residual_levels()[:, real])
        token_ids.append(np.asarray(inputs.get("decoder_token_ids", inputs.get("token_ids")))[real])
        text.append(count + np.nonzero(real)[0])
        count += len(real)
    return Stream(np.concatenate(levels, axis=1), np.concatenate(token_ids), np.concatenate(text))


def probe(stream: Stream, labels: np.ndarray) -> Probe:
    """How well the labels can be read off each level by a linear map learned on every second text.

    The map is ridge regression to one-hot labels, W = (X^T X + l I)^-1 X^T Y (Alain and Bengio,
    2016, arXiv:1610.01644, probe by a linear classifier).

    Args:
        stream: The residual stream of two texts or more.
        labels: (N,), negative where there is none. The 50 commonest are used.

    Example:
        >>> probe(stream, stream.neighbours(-1)).accuracy  # the token before: (layers + 1,)
    """
    known, counts = np.unique(labels[labels >= 0], return_counts=True)
    classes = known[np.argsort(-counts, kind="stable")[:MOST_CLASSES]]
    asked = np.isin(labels, classes)
    learns, judged = asked & (stream.text % 2 == 0), asked & (stream.text % 2 == 1)
    wanted = np.searchsorted(np.sort(classes), labels)
    one_hot = np.eye(len(classes))[wanted[learns]]
    accuracy = [
        float((_predict(x[learns], one_hot, x[judged]) == wanted[judged]).mean())
        for x in stream.levels.astype("float64")
    ]
    favourite = one_hot.sum(axis=0).argmax()
    commonest = float((wanted[judged] == favourite).mean())
    return Probe(np.array(accuracy), commonest, len(classes), int(judged.sum()))


def _predict(x: np.ndarray, one_hot: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The class of each row, by what was learned from others."""
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    x, asked = (x - mean) / deviation, (asked - mean) / deviation
    covariance = x.T @ x
    covariance[np.diag_indices_from(covariance)] += REGULARIZATION * len(x)
    weights = np.linalg.solve(covariance, x.T @ (one_hot - one_hot.mean(axis=0)))
    return (asked @ weights + one_hot.mean(axis=0)).argmax(axis=1)
