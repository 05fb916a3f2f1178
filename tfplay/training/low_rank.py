"""Low-rank changes of matrices, added to them (Hu et al., 2021, arXiv:2106.09685). No Keras."""

from collections.abc import Mapping

import numpy as np

FACTOR_A, FACTOR_B = "lora_kernel_a", "lora_kernel_b"
"""What the two factors of a change are called beside their "kernel"."""


def is_factor(path: str) -> bool:
    """Whether a weight is part of a low-rank change, by its path."""
    return path.endswith((FACTOR_A, FACTOR_B))


def merged(weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights of an ordinary model that answers the same: W + A B for each changed matrix.

    Args:
        weights: By path; a changed matrix (E, F) has its factors (E, R) and (R, F) beside it.

    Example:
        >>> plain = merged({weight.path: weight.numpy() for weight in model.weights})
    """
    plain = {path: array for path, array in weights.items() if not is_factor(path)}
    for path in weights:
        if path.endswith(FACTOR_A):
            kernel = path.removesuffix(FACTOR_A) + "kernel"
            factor_b = weights[path.removesuffix(FACTOR_A) + FACTOR_B]
            plain[kernel] = plain[kernel] + weights[path] @ factor_b
    return plain
