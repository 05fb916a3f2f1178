"""Handwritten digits, also as people draw them on a pad."""

import random

import numpy as np
from scipy import ndimage

from tfplay.text import LabelledImage
from tfplay.text.corpora import CORPORA
from tfplay.text.corpora.base import Corpus
from tfplay.zoo.handwriting.hands import ten_hands
from tfplay.zoo.handwriting.pad import drawn

HELD_OUT, DRAWN = "held-out", "drawn"

_ALL = 10_000
"""More than there are: all pictures of a part."""

_AS_IT_IS_EVERY = 5
"""Every fifth picture stays as it is."""

_FINE = 4
"""Subpixels on each side of a pixel, while a picture is bent."""

_BEND = 0.3
"""How far a part of a picture moves from its place, in pixels: the standard deviation."""


def _examples(part: str, count: int, seed: int) -> list[LabelledImage]:
    if part == DRAWN:
        return _drawn(count, seed)
    if part == HELD_OUT:
        return CORPORA["digits"].examples(HELD_OUT, count, seed)
    pictures = CORPORA["digits"].examples("training", _ALL, seed)
    chosen = random.Random(seed).choices(pictures, k=count)
    generator = np.random.default_rng(seed)
    for index in range(count):
        if index % _AS_IT_IS_EVERY:
            pixels = _bent(chosen[index].pixels[..., 0], generator)
            chosen[index] = chosen[index]._replace(pixels=pixels)
    return chosen


def _drawn(count: int, seed: int) -> list[LabelledImage]:
    """What ten hands, written down in code, draw on the pad, each digit in turn."""
    generator = np.random.default_rng(seed)
    hands = ten_hands()
    size = len(CORPORA["digits"].examples("training", 1, seed)[0].pixels)
    examples = []
    for index in range(count):
        hand, digit = hands[index // 10 % len(hands)], str(index % 10)
        pixels = drawn(hand.write(digit, generator), size, thickness=hand.thickness)
        examples.append(LabelledImage(pixels[..., None], digit))
    return examples


def _bent(pixels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A picture (size, size) turned, slanted, scaled, moved, bent, of another pen, with noise."""
    draw, size = generator.uniform, len(pixels)
    fine = ndimage.zoom(pixels, _FINE, order=1, grid_mode=True, mode="nearest")
    turn, slant = draw(-0.15, 0.15), draw(-0.4, 0.4)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = matrix @ np.array([[draw(0.9, 1.15), 0], [slant, draw(0.85, 1.3)]])
    middle = (len(fine) - 1) / 2
    places = np.indices(fine.shape) - middle
    places = np.tensordot(matrix, places, axes=1) + middle + draw(-0.6, 0.6, (2, 1, 1)) * _FINE
    bends = generator.normal(0, _BEND * _FINE, (2, 4, 4))  # neighbouring places move alike
    places += [ndimage.zoom(each, len(fine) / 4, order=3, mode="nearest") for each in bends]
    fine = ndimage.map_coordinates(fine, places, order=1)
    threshold, sharpness = draw(0.25, 0.6), draw(1, 4)
    fine = np.clip((fine - threshold) * sharpness + 0.5, 0, 1) * (fine > 0.02)
    small = fine.reshape(size, _FINE, size, _FINE).mean(axis=(1, 3))
    noisy = small + generator.normal(0, 0.03, small.shape) * (small > 0)
    return np.clip(noisy, 0, 1).astype("float32")[..., None]


HANDWRITING = Corpus(
    name="handwriting",
    title="Handwritten digits, bent",
    task="images",
    explanation=(
        "The digits of scikit-learn (CC BY 4.0), turned, slanted, scaled, moved, thicker and "
        "thinner, with noise. Drawn are digits as ten hands, written down in code, draw them on "
        "the pad."
    ),
    generate=_examples,
    parts=("training", HELD_OUT, DRAWN),
)
"""What the model of digits learns from, and what people draw."""
