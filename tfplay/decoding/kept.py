"""What is made once for a model and leaves memory with it."""

from collections.abc import Callable
from typing import TypeVar

import keras

T = TypeVar("T")


def kept_with(model: keras.Model, name: str, make: Callable[[], T]) -> T:
    """What was made for a model under a name; it is made when first asked for.

    The model itself keeps it. A compiled function refers to its model, so any other place would
    keep both for ever.

    Args:
        model: The model.
        name: One for each kind of thing.
        make: Makes it.

    Example:
        >>> memory = kept_with(model, "conversations", lambda: Memory(8))
    """
    # Not through Keras' own setting of attributes, which would look for layers in it.
    kept = vars(model).setdefault("_kept_with_it", {})
    if name not in kept:
        kept[name] = make()
    return kept[name]
