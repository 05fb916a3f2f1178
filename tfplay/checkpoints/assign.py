"""Published tensors as the weights of a model of ours: names, shapes and types match exactly."""

import re
from collections.abc import Callable, Mapping

import keras
import numpy as np

from tfplay.checkpoints.families.base import Family
from tfplay.checkpoints.families.names import Place
from tfplay.checkpoints.sources.base import Tensor
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

OnProgress = Callable[[int, int], None]
"""Called with the numbers assigned so far and all there are; it may raise to cancel."""


def assign(
    model: keras.Model,
    family: Family,
    tensors: Mapping[str, Tensor],
    on_progress: OnProgress = lambda done, total: None,
) -> None:
    """Copies each tensor into the weight that it is.

    Args:
        model: The model that `family.read_config` describes; nothing of it is changed if a tensor
            is missing, left over, or has another shape.
        family: Where each weight stands.
        tensors: The checkpoint's tensors by name.
        on_progress: Called after each weight.

    Raises:
        InputError: A tensor is missing, left over, of another shape or no numbers.
    """
    shapes = {weight.path: tuple(weight.shape) for weight in model.weights}
    places, names = match(shapes, family, model.config, tensors)
    copy(model, places, {path: tensors[name] for path, name in names.items()}, on_progress)


def copy(
    model: keras.Model,
    places: Mapping[str, Place],
    tensors: Mapping[str, Tensor],
    on_progress: OnProgress = lambda done, total: None,
) -> None:
    """Copies tensors whose shapes fit, each into the weight that it is.

    Args:
        model: The model.
        places: How the tensor of each weight is read, by the weight's path.
        tensors: The tensor of each weight, by the weight's path.
        on_progress: Called after each weight.

    Raises:
        InputError: A tensor has values that are no numbers.
    """
    done, total = 0, sum(int(np.prod(weight.shape)) for weight in model.weights)
    for weight in model.weights:
        tensor = tensors[weight.path]
        values = places[weight.path].read(tensor.read())
        if not np.isfinite(np.asarray(values, "float32")).all():
            raise InputError(
                f"The tensor {quoted(tensor.name)} has values that are no numbers (NaN or "
                "infinite)."
            )
        weight.assign(np.ascontiguousarray(values, weight.dtype))
        done += values.size
        on_progress(done, total)


def match(
    shapes: Mapping[str, tuple[int, ...]],
    family: Family,
    config: ModelConfig,
    tensors: Mapping[str, Tensor],
) -> tuple[dict[str, Place], dict[str, str]]:
    """Finds the tensor of each weight, without reading any.

    Args:
        shapes: The shape of each weight by its path.
        family: Where each weight stands.
        config: What the model is made of.
        tensors: The checkpoint's tensors by name.

    Returns:
        The place and the tensor's name of each weight, by its path.

    Raises:
        InputError: A tensor is missing, left over or of another shape.
    """
    places = {path: place_of(family, config, path) for path in shapes}
    names = {path: _find(place.name, family.prefix, tensors) for path, place in places.items()}
    _require_all_used(family, tensors.keys() - names.values())
    for path, shape in shapes.items():
        require_shape(path, shape, places[path], tensors[names[path]])
    return places, names


def place_of(family: Family, config: ModelConfig, path: str) -> Place:
    """Where the weight of this path stands in the family's checkpoints.

    Raises:
        InputError: The family's models have no such weight.
    """
    place = family.names(config).place(path)
    if place is None:
        raise InputError(f"{family.title} has no weight like {path}.")
    return place


def _find(name: str, prefix: str, tensors: Mapping[str, Tensor]) -> str:
    """The name under which the tensor is there: it may lack a prefix, or be older."""
    for spelling in (name, name.removeprefix(prefix)):
        older = spelling.replace("LayerNorm.weight", "LayerNorm.gamma")
        for known in (spelling, older.replace("LayerNorm.bias", "LayerNorm.beta")):
            if known in tensors:
                return known
    raise InputError(f"The checkpoint lacks the tensor {quoted(name)}.")


def _require_all_used(family: Family, left_over: set[str]) -> None:
    for name in sorted(left_over):
        if not any(re.fullmatch(pattern, name) for pattern in family.ignored):
            raise InputError(
                f"The checkpoint has a tensor {quoted(name)} that nothing in this model is: it is "
                f"no plain {family.title}."
            )


def require_shape(path: str, needed: tuple[int, ...], place: Place, tensor: Tensor) -> None:
    """Raises an `InputError` unless a tensor of numbers is, seen from its place, of this shape.

    An array of the tensor's shape that takes no memory is seen in its stead.
    """
    if tensor.dtype in _NO_NUMBERS:
        raise InputError(
            f"The tensor {quoted(tensor.name)} holds {tensor.dtype}; weights must be "
            "floating-point numbers."
        )
    hollow = np.broadcast_to(np.float32(0), tensor.shape)
    try:
        shape = place.read(hollow).shape
    except (ValueError, IndexError):
        shape = None
    if shape != needed:
        raise InputError(
            f"The tensor {quoted(tensor.name)} has shape {tensor.shape}; for this configuration "
            f"{path} would need {needed} of it."
        )


_NO_NUMBERS = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
