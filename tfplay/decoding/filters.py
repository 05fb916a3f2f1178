"""Filters that change the choice of the next token: pure functions on logits.

Each takes logits (..., V) of any precision and returns new ones; a token that is filtered out gets
-inf. Of tokens that are equally likely the one with the lower id comes first, as for argmax.
"""

import numpy as np

from tfplay.errors import InputError

ROUNDING = 1e-10
"""Probabilities that differ by less are equal: this much is lost to rounding in long sums."""


def temperature(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Divides the logits: below 1 sharpens the distribution, above 1 flattens it."""
    return _float64(logits) / temperature


def top_k(logits: np.ndarray, k: int) -> np.ndarray:
    """Keeps the k likeliest tokens (Fan et al., 2018, arXiv:1805.04833); 0 keeps all."""
    if k == 0 or k >= logits.shape[-1]:
        return logits
    return _without(logits, _likeliest_first(logits)[..., k:])


def top_p(logits: np.ndarray, p: float) -> np.ndarray:
    """Keeps the smallest set of tokens whose probabilities reach p.

    Nucleus sampling (Holtzman et al., 2019, arXiv:1904.09751); the likeliest token always stays.
    """
    if p >= 1.0:
        return logits
    order = _likeliest_first(logits)
    ordered = np.take_along_axis(probabilities(logits), order, axis=-1)
    reached_before = np.cumsum(ordered, axis=-1) - ordered
    dropped = np.empty(logits.shape, dtype=bool)
    np.put_along_axis(dropped, order, reached_before >= p - ROUNDING, axis=-1)
    return np.where(dropped, -np.inf, logits)


def repetition_penalty(logits: np.ndarray, seen_ids: np.ndarray, penalty: float) -> np.ndarray:
    """Makes tokens less likely that stand in the sequence already.

    Positive logits are divided by the penalty, negative ones multiplied (Keskar et al., 2019,
    arXiv:1909.05858).

    Args:
        logits: (..., V).
        seen_ids: (..., N), the sequence so far.
        penalty: 1 changes nothing.
    """
    if penalty == 1.0:
        return logits
    logits = _float64(logits).copy()
    seen = np.take_along_axis(logits, seen_ids, axis=-1)
    np.put_along_axis(logits, seen_ids, np.where(seen > 0, seen / penalty, seen * penalty), axis=-1)
    return logits


def probabilities(logits: np.ndarray) -> np.ndarray:
    """softmax(logits) over the last axis, in float64.

    Tokens of +inf share all probability evenly, and so do all tokens where every logit is -inf.
    """
    exponentials = np.exp(_below_largest(logits))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def log_probabilities(logits: np.ndarray) -> np.ndarray:
    """The logarithm of softmax(logits) over the last axis; see `probabilities`."""
    shifted = _below_largest(logits)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def require_numbers(logits: np.ndarray) -> None:
    """Raises an `InputError` if a logit is not a number: then no token is the likeliest."""
    if np.isnan(logits).any():
        raise InputError(
            "The model answers with what is not a number (NaN), so no token can be chosen; its "
            "weights are damaged, or its training broke down."
        )


def _below_largest(logits: np.ndarray) -> np.ndarray:
    """Logits minus the largest, which are the same distribution and do not overflow."""
    logits = _float64(logits)
    largest = logits.max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):  # of infinite ones that are the largest
        return np.where(logits == largest, 0.0, logits - largest)


def _likeliest_first(logits: np.ndarray) -> np.ndarray:
    return np.argsort(-_float64(logits), axis=-1, kind="stable")


def _without(logits: np.ndarray, token_ids: np.ndarray) -> np.ndarray:
    """A copy with -inf for these tokens (..., N)."""
    logits = np.array(logits)
    np.put_along_axis(logits, token_ids, -np.inf, axis=-1)
    return logits


def _float64(logits: np.ndarray) -> np.ndarray:
    """The logits in float64: in fewer bits divisions overflow and sums lose their last digits."""
    return np.asarray(logits, dtype="float64")
