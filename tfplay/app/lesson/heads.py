"""Choosing a layer and a head of a model, or several as one."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfplay.app.frame.state import choose_one

AVERAGE, MAXIMUM, ALL = "average", "maximum", "all"
"""In place of a number: the mean (AVERAGE, ALL) or the largest over all layers or heads."""


def choose_head(
    num_layers: int,
    num_heads: int,
    key: str,
    *,
    layer: int | str | None = None,
    head: int | str = AVERAGE,
    layers_as_one: Sequence[str] = (),
    heads_as_one: Sequence[str] = (AVERAGE,),
    link: str = "",
    **looks: Any,
) -> tuple[int | str, int | str]:
    """Lets the visitor choose a layer and a head, both counted from 1.

    Args:
        num_layers: The layers there are.
        num_heads: The heads each has.
        key: The choices are "{key} layer" and "{key} head" in the session.
        layer: The layer that is chosen at first; `None` is the last.
        head: The head that is chosen at first.
        layers_as_one: What may be chosen instead of one layer.
        heads_as_one: What may be chosen instead of one head.
        link: Before the names "layer" and "head" that the address has for them.
        **looks: As `choose_number` takes them.
    """
    first = num_layers if layer is None else layer
    return (
        choose_number(
            *("Layer", num_layers, first, f"{key} layer", layers_as_one),
            link=f"{link}layer",
            **looks,
        ),
        choose_number(
            *("Head", num_heads, head, f"{key} head", heads_as_one), link=f"{link}head", **looks
        ),
    )


def choose_number(
    label: str,
    count: int,
    default: int | str,
    key: str,
    as_one: Sequence[str] = (),
    numbers_first: bool = True,
    **looks: Any,
) -> int | str:
    """Lets the visitor choose one of several layers or heads.

    Args:
        label: What is chosen.
        count: How many there are.
        default: The number, from 1, or the word that is chosen at first.
        key: The choice's in the session.
        as_one: Words for all of them together.
        numbers_first: Whether the words come after the numbers.
        **looks: As `choose_one` takes them.

    Example:
        >>> choose_number("Head", 4, AVERAGE, "head", [AVERAGE])
    """
    numbers = range(1, count + 1)
    options = [*numbers, *as_one] if numbers_first else [*as_one, *numbers]
    return choose_one(label, options, default, key, **looks)


def of_head(attention_scores: np.ndarray, layer: int | str, head: int | str) -> np.ndarray:
    """The scores of what `choose_head` gave.

    Args:
        attention_scores: (layers, H, ...).
        layer: A layer, counted from 1, or a word for all.
        head: A head, counted from 1, or a word for all.

    Returns:
        (...): of one head, or the mean or the maximum over all that are meant.
    """
    layers = slice(None) if isinstance(layer, str) else slice(layer - 1, layer)
    heads = slice(None) if isinstance(head, str) else slice(head - 1, head)
    chosen = attention_scores[layers, heads]
    return chosen.max(axis=(0, 1)) if head == MAXIMUM else chosen.mean(axis=(0, 1))
