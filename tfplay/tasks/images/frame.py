"""How large what a picture shows is in it."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

_INK = 0.15
"""A pixel that is brighter belongs to what a picture shows."""

_WIDEST = 90
"""Percentile of the widths: a few pictures are wider than a drawing should be."""


class Frame(NamedTuple):
    """What the pictures of a training fill of their sides, each from 0 to 1.

    The defaults are those of scikit-learn's digits.
    """

    height: float = 1.0
    width: float = 0.75


def frame_of(pictures: Iterable[np.ndarray]) -> Frame:
    """The frame of pictures of one size, (height, width, channels) each, from 0 (black) to 1."""
    shares = [_shares(np.mean(each, axis=-1) > _INK) for each in pictures if np.any(each > _INK)]
    if not shares:
        return Frame()
    heights, widths = np.array(shares).T
    return Frame(float(np.median(heights)), float(np.percentile(widths, _WIDEST)))


def _shares(ink: np.ndarray) -> list[float]:
    """What the box around the ink (height, width) fills of both sides."""
    places = [np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0)]
    return [
        float(each[-1] - each[0] + 1) / side if each.size else 0.0
        for each, side in zip(places, ink.shape, strict=True)
    ]
