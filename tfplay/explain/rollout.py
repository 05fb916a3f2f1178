"""Attention rollout: whose words end up in whose vector, through all layers."""

import numpy as np


def attention_rollout(attention_scores: np.ndarray) -> np.ndarray:
    """How much of each token is in each vector, if attention and residual weigh the same.

    R_n = (A_n + I) / 2 R_{n-1} with R_0 = I, where A_n is the mean over the heads of layer n
    (Abnar and Zuidema, 2020, arXiv:2005.00928). It knows nothing of values, feed-forward networks
    or how long the vectors are.

    Args:
        attention_scores: (layers, H, T, T) of self-attention.

    Returns:
        (layers, T, T): after each layer; rows sum to 1.
    """
    even = np.eye(attention_scores.shape[-1])
    rolled, levels = even, []
    for scores in attention_scores.mean(axis=1):
        rolled = (scores + even) / 2 @ rolled
        levels.append(rolled)
    return np.stack(levels)
