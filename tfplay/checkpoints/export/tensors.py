"""The weights of a model of ours as the tensors of a published one, made when they are read."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import keras
import numpy as np

from tfplay.checkpoints.assign import place_of
from tfplay.checkpoints.export.likeness import Form
from tfplay.checkpoints.families.names import Place
from tfplay.checkpoints.sources.base import Tensor
from tfplay.models import build_model

Parts = list[tuple[Place, keras.Variable]]


def published_tensors(model: keras.Model, form: Form) -> dict[str, Tensor]:
    """The tensors by name, in the order of their names.

    Args:
        model: The model.
        form: What it is published as.
    """
    joined: defaultdict[str, Parts] = defaultdict(list)
    for path, weight in _weights(model, form):
        place = place_of(form.family, form.config, path)
        joined[place.name].append((place, weight))
    is_bare = (form.config.architecture, form.config.head) == ("encoder-only", "none")
    prefix = form.family.prefix if is_bare else ""
    tensors = (_tensor(name.removeprefix(prefix), joined[name]) for name in sorted(joined))
    return {tensor.name: tensor for tensor in tensors}


def _weights(model: keras.Model, form: Form) -> Iterator[tuple[str, keras.Variable]]:
    """Each weight of the published model by our path; those that ours lacks are zeros or copies."""
    ours = {weight.path: weight for weight in model.weights}
    if not form.is_filled:
        yield from ours.items()
        return
    for weight in build_model(form.config, dtype=model.dtype_policy.name, empty=True).weights:
        shared = weight.path.removeprefix("decoder_")  # the decoder's positions are the encoder's
        yield weight.path, ours.get(weight.path, ours.get(shared, weight))


def _tensor(name: str, parts: Parts) -> Tensor:
    """The tensor of which these are the equal parts."""
    parts.sort(key=lambda part: part[0].part)
    read = partial(_read, parts, keras.ops.convert_to_numpy)
    hollow = _read(parts, lambda weight: np.broadcast_to(np.float32(0), weight.shape))
    return Tensor(name, hollow.shape, parts[0][1].dtype, read)


def _read(parts: Parts, values_of: Callable[[keras.Variable], np.ndarray]) -> np.ndarray:
    arrays = [values_of(weight) for _, weight in parts]
    whole = arrays[0] if len(arrays) == 1 else np.concatenate(arrays, axis=-1)
    return parts[0][0].view.write(whole)


def cast(tensors: Mapping[str, Tensor], dtype: str) -> dict[str, Tensor]:
    """The tensors in another precision."""
    return {
        name: Tensor(name, tensor.shape, dtype, partial(_cast, tensor, dtype))
        for name, tensor in tensors.items()
    }


def _cast(tensor: Tensor, dtype: str) -> np.ndarray:
    return tensor.read().astype(dtype)
