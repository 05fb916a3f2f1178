"""Handwritten digits: scikit-learn's bundled 1,797 pictures of 8 x 8 pixels.

The UCI "Optical recognition of handwritten digits" test set (Alpaydin and Kaynak, 1998), CC BY 4.0.
"""

import random

import numpy as np

from tfplay.text.corpora.base import Corpus
from tfplay.text.examples import LabelledImage

HELD_OUT_EVERY = 5
"""Every fifth picture is held out."""


def _generate(part: str, count: int, seed: int) -> list[LabelledImage]:
    from sklearn.datasets import load_digits  # takes a second to import

    digits = load_digits()
    indices = [
        index
        for index in range(len(digits.target))
        if (index % HELD_OUT_EVERY == 0) == (part == "held-out")
    ]
    random.Random(seed).shuffle(indices)
    return [
        LabelledImage(
            (digits.images[index][..., None] / 16).astype(np.float32), str(digits.target[index])
        )
        for index in indices[:count]
    ]


DIGITS = Corpus(
    name="digits",
    title="Handwritten digits",
    task="images",
    explanation="Pictures of 8 x 8 pixels, bundled with scikit-learn (CC BY 4.0).",
    generate=_generate,
)
