"""What heads seem to do on a text: how much of their attention goes where a rule says."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SINK = 0.3
"""A token with this much mean attention is called a sink (Gu et al., 2024, arXiv:2410.10781)."""


class Role(NamedTuple):
    """How far heads follow a rule like "the token before"."""

    scores: np.ndarray
    """(layers, H): the mean share of their attention that goes where the rule says, 0 to 1."""
    even: float
    """The score of attention that is spread evenly."""
    rows: int
    """How many tokens the rule applies to."""


class Sink(NamedTuple):
    """A token that a head attends to from nearly everywhere."""

    layer: int
    head: int
    token: int
    """The token's position; layer, head and position are counted from 0."""
    received: float
    """Mean attention of the tokens that may attend to it, itself left out."""
    value_length: float
    """The length of its value vector over the mean length of all: below 1 it passes on little."""


def head_roles(
    attention_scores: np.ndarray,
    targets: Sequence[str],
    sources: Sequence[str],
    allowed: np.ndarray,
) -> dict[str, Role]:
    """Scores every head by the rules that say something of this text.

    The score of a rule is the mean, over the tokens that it applies to and that have a choice, of
    the attention given to the tokens it names.

    Args:
        attention_scores: (layers, H, T, S).
        targets: The T tokens that look.
        sources: The S tokens that are looked at.
        allowed: (T, S) boolean: true where a target may look at a source.

    Example:
        >>> head_roles(scores, tokens, tokens, np.tri(5, dtype=bool))["previous token"].scores
    """
    roles = {}
    for name, named in _rules(targets, sources, allowed).items():
        chosen = named & allowed
        rows = chosen.any(axis=1) & (allowed.sum(axis=1) > 1)
        if rows.any():
            given = np.einsum("lhts,ts->lht", attention_scores, chosen)[..., rows]
            even = (chosen.sum(axis=1) / allowed.sum(axis=1))[rows]
            roles[name] = Role(given.mean(axis=-1), float(even.mean()), int(rows.sum()))
    return roles


def _rules(targets: Sequence[str], sources: Sequence[str], allowed: np.ndarray) -> dict:
    """The rules by name; each is (T, S): whether the rule for token t names token s."""
    t, s = np.ogrid[: len(targets), : len(sources)]
    same = np.array(targets, object)[:, None] == np.array(sources, object)[None]
    rules = {"first token": (s == 0) & (t >= 0), "last token": (s == len(sources) - 1) & (t >= 0)}
    if list(targets) != list(sources):
        return rules | {"same position": s == t, "same token": same}
    after_same = np.zeros_like(same)
    after_same[:, 1:] = (same & (s != t))[:, :-1]
    rules |= {"previous token": s == t - 1, "itself": s == t, "next token": s == t + 1}
    rules |= {"same token": same & (s != t), "induction": after_same & (s != t)}
    if not allowed[0, -1]:  # the last token is never seen but by itself
        del rules["last token"]
    return rules


def by_distance(attention_scores: np.ndarray, allowed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much attention goes to each distance.

    Args:
        attention_scores: (layers, H, T, S).
        allowed: (T, S) boolean.

    Returns:
        The distances t - s that occur (D,), negative to what comes later, and the mean score of the
        pairs so far apart (layers, H, D).
    """
    length, width = allowed.shape
    distances = [d for d in range(1 - width, length) if np.diagonal(allowed, -d).any()]
    means = [
        np.diagonal(attention_scores, -d, axis1=-2, axis2=-1)[..., np.diagonal(allowed, -d)].mean(
            -1
        )
        for d in distances
    ]
    return np.array(distances), np.stack(means, axis=-1)


def attention_sinks(
    attention_scores: np.ndarray, values: np.ndarray, allowed: np.ndarray
) -> list[Sink]:
    """The tokens that draw most of a head's attention from any position, the strongest first.

    Args:
        attention_scores: (layers, H, T, S).
        values: (layers, H, S, D).
        allowed: (T, S) boolean.
    """
    others = allowed.copy()
    if len(allowed) == allowed.shape[1]:
        np.fill_diagonal(others, False)
    askers = others.sum(axis=0)
    received = np.einsum("lhts,ts->lhs", attention_scores, others) / np.maximum(askers, 1)
    # The last tokens of a causal model are seen by few: chance would make sinks of them.
    received[..., askers < max(2, len(allowed) // 4)] = 0
    lengths = np.linalg.norm(values, axis=-1)
    lengths = lengths / np.maximum(lengths.mean(axis=-1, keepdims=True), 1e-12)
    places = sorted(np.argwhere(received >= SINK).tolist(), key=lambda p: -received[tuple(p)])
    return [
        Sink(*place, *(float(x[tuple(place)]) for x in (received, lengths))) for place in places
    ]
