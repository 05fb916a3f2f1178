"""Digits as ten hands would write them: lines through a few points, each hand in its own way."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import make_interp_spline

Stroke = np.ndarray
"""(P, 2): the points of a line, x to the right and y down."""

Points = tuple[tuple[float, float], ...]

NUM_HANDS = 10

_FORMS: dict[str, tuple[tuple[Points, ...], ...]] = {
    "0": (
        (((0.5, 0), (0.12, 0.2), (0, 0.55), (0.2, 0.93), (0.55, 1), (0.9, 0.75), (1, 0.4),
          (0.8, 0.08), (0.5, 0)),),
        (((0.7, 0.04), (0.3, 0.1), (0.05, 0.5), (0.25, 0.95), (0.7, 0.92), (0.97, 0.5),
          (0.8, 0.12), (0.45, 0.02)),),
    ),
    "1": (
        (((0.5, 0), (0.5, 0.5), (0.5, 1)),),
        (((0.1, 0.3), (0.5, 0)), ((0.5, 0), (0.5, 1))),
        (((0.2, 0.25), (0.5, 0)), ((0.5, 0), (0.5, 1)), ((0.2, 1), (0.8, 1))),
    ),
    "2": (
        (((0.05, 0.25), (0.3, 0.02), (0.75, 0.05), (0.9, 0.3), (0.6, 0.62), (0.05, 1)),
         ((0.05, 1), (1, 1))),
        (((0, 0.2), (0.4, 0), (0.85, 0.15), (0.75, 0.5), (0.35, 0.8), (0.05, 0.98)),
         ((0.05, 0.98), (0.5, 0.93), (1, 0.97))),
    ),
    "3": (
        (((0.1, 0.12), (0.45, 0), (0.85, 0.15), (0.75, 0.4), (0.4, 0.48)),
         ((0.4, 0.48), (0.85, 0.58), (0.95, 0.8), (0.55, 1), (0.05, 0.88))),
        (((0.1, 0.02), (0.9, 0.02)), ((0.9, 0.02), (0.45, 0.42)),
         ((0.45, 0.42), (0.88, 0.55), (0.9, 0.82), (0.5, 1), (0.05, 0.9))),
    ),
    "4": (
        (((0.3, 0), (0.2, 0.3), (0.05, 0.6)), ((0.05, 0.6), (1, 0.6)), ((0.75, 0.2), (0.7, 1))),
        (((0.7, 0), (0.05, 0.65)), ((0.05, 0.65), (1, 0.65)), ((0.7, 0), (0.7, 1))),
    ),
    "5": (
        (((0.15, 0), (0.1, 0.42)), ((0.1, 0.42), (0.6, 0.36), (0.95, 0.62), (0.75, 0.95),
          (0.35, 1), (0.02, 0.88)), ((0.15, 0), (0.9, 0))),
        (((0.9, 0.02), (0.2, 0)), ((0.2, 0), (0.1, 0.45)), ((0.1, 0.45), (0.55, 0.4),
          (0.9, 0.65), (0.6, 0.98), (0.05, 0.95))),
    ),
    "6": (
        (((0.75, 0), (0.3, 0.25), (0.05, 0.65), (0.25, 0.97), (0.7, 0.97), (0.95, 0.72),
          (0.65, 0.52), (0.25, 0.6), (0.08, 0.75)),),
        (((0.5, 0), (0.15, 0.4), (0.05, 0.75), (0.4, 1), (0.85, 0.85), (0.8, 0.6), (0.45, 0.52),
          (0.1, 0.7)),),
    ),
    "7": (
        (((0.05, 0.03), (0.95, 0.03)), ((0.95, 0.03), (0.6, 0.45), (0.35, 1))),
        (((0.05, 0.05), (0.95, 0.02)), ((0.95, 0.02), (0.6, 0.5), (0.4, 1)),
         ((0.25, 0.5), (0.9, 0.5))),
    ),
    "8": (
        (((0.85, 0.12), (0.45, 0), (0.12, 0.2), (0.45, 0.46), (0.9, 0.72), (0.5, 1), (0.08, 0.78),
          (0.45, 0.5), (0.85, 0.25), (0.8, 0.1)),),
        (((0.5, 0), (0.15, 0.12), (0.2, 0.38), (0.5, 0.46), (0.82, 0.36), (0.85, 0.1), (0.5, 0)),
         ((0.5, 0.46), (0.1, 0.6), (0.1, 0.88), (0.5, 1), (0.9, 0.88), (0.9, 0.6), (0.5, 0.46))),
    ),
    "9": (
        (((0.9, 0.2), (0.55, 0), (0.12, 0.15), (0.15, 0.42), (0.55, 0.5), (0.88, 0.25)),
         ((0.88, 0.2), (0.8, 1))),
        (((0.92, 0.25), (0.6, 0.02), (0.15, 0.15), (0.2, 0.45), (0.65, 0.45), (0.92, 0.22)),
         ((0.92, 0.22), (0.88, 0.6), (0.65, 0.95), (0.15, 0.95))),
    ),
}  # fmt: skip
"""Ways to write each digit: strokes, each a curve from (0, 0), top left, to (1, 1)."""


@dataclass(frozen=True)
class Hand:
    """How somebody writes.

    Attributes:
        slant: How far the top leans to the right, in heights.
        width: Of a digit, in heights.
        tremor: How far each point goes astray, in heights.
        size: Of a digit, as a share of the pad.
        thickness: Of the pen, in times that of the pad.
        seed: Of the form that is chosen for each digit.
    """

    slant: float
    width: float
    tremor: float
    size: float
    thickness: float
    seed: int

    def write(self, digit: str, generator: np.random.Generator) -> list[Stroke]:
        """One writing of a digit on a pad from (0, 0) to (1, 1)."""
        forms = _FORMS[digit]
        form = forms[(self.seed + int(digit)) % len(forms)]
        left, top = generator.uniform(0, 1 - self.size, 2)
        strokes = []
        for points in form:
            places = np.array(points) * (self.width, 1)
            places = places + generator.normal(0, self.tremor, places.shape)
            places[:, 0] += self.slant * (1 - places[:, 1])
            strokes.append(_curve(places) * self.size + (left, top))
        return strokes


def ten_hands(seed: int = 0) -> list[Hand]:
    """Ten people who write differently, always the same for a seed."""
    draw = np.random.default_rng(seed).uniform
    return [
        Hand(draw(-0.15, 0.35), draw(0.5, 0.9), draw(0.01, 0.035), draw(0.4, 0.9),
             draw(0.8, 1.25), index)
        for index in range(NUM_HANDS)
    ]  # fmt: skip


def _curve(points: np.ndarray) -> Stroke:
    """A smooth line through points."""
    degree = min(3, len(points) - 1)
    places = np.linspace(0, 1, len(points))
    return make_interp_spline(places, points, k=degree)(np.linspace(0, 1, 8 * len(points)))
