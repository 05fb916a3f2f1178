"""What changes the choice of the next token: pure functions on logits.

Each takes logits (..., V) and returns new ones; a token that is filtered out gets -inf.
"""

import numpy as np


def temperature(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Divides the logits: below 1 sharpens the distribution, above 1 flattens it."""
    return logits / temperature


def top_k(logits: np.ndarray, k: int) -> np.ndarray:
    """Keeps the k likeliest tokens (Fan et al., 2018, arXiv:1805.04833); 0 keeps all."""
    if k == 0 or k >= logits.shape[-1]:
        return logits
    smallest_kept = np.partition(logits, -k, axis=-1)[..., -k, None]
    return np.where(logits < smallest_kept, -np.inf, logits)


def top_p(logits: np.ndarray, p: float) -> np.ndarray:
    """Keeps the smallest set of tokens whose probabilities reach p.

    Nucleus sampling (Holtzman et al., 2019, arXiv:1904.09751); the likeliest token always stays.
    """
    if p >= 1.0:
        return logits
    order = np.argsort(-logits, axis=-1, kind="stable")
    ordered = probabilities(np.take_along_axis(logits, order, axis=-1))
    reached_before = np.cumsum(ordered, axis=-1) - ordered
    dropped = np.empty(logits.shape, dtype=bool)
    np.put_along_axis(dropped, order, reached_before >= p, axis=-1)
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
    seen = np.take_along_axis(logits, seen_ids, axis=-1)
    penalised = np.where(seen > 0, seen / penalty, seen * penalty)
    logits = logits.copy()
    np.put_along_axis(logits, seen_ids, penalised, axis=-1)
    return logits


def probabilities(logits: np.ndarray) -> np.ndarray:
    """softmax(logits) over the last axis."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def log_probabilities(logits: np.ndarray) -> np.ndarray:
    """The logarithm of softmax(logits) over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
