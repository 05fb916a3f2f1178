"""Checks of a layer's arguments: an impossible value is reported at once, with its name."""

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import keras


def whole_number(name: str, value: Any) -> int:
    """The value as an `int`, if it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} is {value!r:.80}; it must be a whole number of at least 1.")
    return int(value)


def count(name: str, value: Any) -> int:
    """The value as an `int`, if it is a whole number of at least 0."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
        raise ValueError(f"{name} is {value!r:.80}; it must be a whole number of at least 0.")
    return int(value)


def positive_number(name: str, value: Any) -> float:
    """The value, if it is a finite number above 0."""
    if not _is_number(value) or not 0 < value < math.inf:
        raise ValueError(f"{name} is {value!r:.80}; it must be a number above 0.")
    return value


def share(name: str, value: Any) -> float:
    """The value, if it is a number from 0 up to but not including 1."""
    if not _is_number(value) or not 0 <= value < 1:
        raise ValueError(f"{name} is {value!r:.80}; it must be a number from 0 to below 1.")
    return value


def switch(name: str, value: Any) -> bool:
    """The value, if it is true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r:.80}; it must be True or False.")
    return value


def choice(name: str, value: Any, choices: Sequence[str]) -> str:
    """The value, if it is one of the choices."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r:.80}; it must be one of {', '.join(choices)}.")
    return value


def initializer(name: str, value: Any) -> keras.initializers.Initializer:
    """The Keras initializer that is named or given."""
    try:
        found = keras.initializers.get(value)
    except (TypeError, ValueError):
        found = None
    if not isinstance(found, keras.initializers.Initializer):
        raise ValueError(
            f"{name} is {value!r:.80}; it must be an initializer of Keras or its name, "
            "glorot_uniform for example."
        )
    return found


def head_width(head_dim: Any, rotary: bool) -> int:
    """The width of one head; rotary positions turn pairs of values and need an even one."""
    head_dim = whole_number("head_dim", head_dim)
    if rotary and head_dim % 2:
        raise ValueError(
            f"head_dim {head_dim} is odd; rotary positions turn pairs of values and need an "
            "even one."
        )
    return head_dim


def key_value_heads(num_kv_heads: Any, num_heads: int) -> int:
    """How many key and value heads there are; `None` is one a query head."""
    if num_kv_heads is None:
        return num_heads
    num_kv_heads = whole_number("num_kv_heads", num_kv_heads)
    if num_heads % num_kv_heads:
        raise ValueError(f"num_heads {num_heads} is not a multiple of num_kv_heads {num_kv_heads}.")
    return num_kv_heads


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)
