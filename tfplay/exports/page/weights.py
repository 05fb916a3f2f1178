"""A model's weights in 16 bits each, as the page's script reads them."""

from base64 import b64encode
from typing import Any

import numpy as np

from tfplay.errors import InputError

LARGEST = 65_504
"""The largest number that 16 bits hold (IEEE 754, binary16)."""


def float16_weights(model: Any) -> dict[str, np.ndarray]:
    """The weights by name, in order; a kernel is turned, (outputs, inputs).

    Args:
        model: A `TransformerModel`.

    Raises:
        InputError: A weight is not a number, or is too large for 16 bits.
    """
    return {each.path: _rounded(each.path, np.asarray(each.numpy())) for each in model.weights}


def encoded(weights: dict[str, np.ndarray]) -> str:
    """All weights one after another, little-endian, in Base64."""
    return b64encode(b"".join(each.astype("<f2").tobytes() for each in weights.values())).decode()


def _rounded(name: str, values: np.ndarray) -> np.ndarray:
    values = values.astype("float32")
    if np.isnan(values).any():
        raise InputError(
            f"No page is made of this model: its weight {name} has a value that is not a number "
            "(NaN); its training broke down, or its file is damaged."
        )
    largest = float(np.abs(values).max(initial=0))
    if largest > LARGEST:
        raise InputError(
            f"No page is made of this model: its weight {name} has a value of {largest:,.0f}, and "
            f"the 16 bits that a page keeps of each hold at most {LARGEST:,}."
        )
    return (values.T if name.endswith("/kernel") else values).astype("float16")
