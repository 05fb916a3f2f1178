"""Weights of Keras' own layers as weights of ours."""

from collections.abc import Mapping

import numpy as np

from tfplay.checkpoints.families.names import AS_IS, Place, View
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.cutting import quoted
from tfplay.errors import InputError

Places = dict[str, Place]


def _one_way(read) -> View:
    """A view that is only ever read by: nothing is written as a Keras file of theirs."""
    return View(read, lambda x: x)


_HEADS_JOINED = _one_way(lambda kernel: kernel.reshape(kernel.shape[0], -1))
_BIAS_JOINED = _one_way(lambda bias: bias.reshape(-1))
_FROM_HEADS = _one_way(lambda kernel: kernel.reshape(-1, kernel.shape[-1]))
_ZEROS = _one_way(lambda kernel: np.zeros(kernel.shape[-1], "float32"))
_ZEROS_OF_HEADS = _one_way(lambda kernel: np.zeros(kernel.shape[1] * kernel.shape[2], "float32"))


def attention_sizes(file: KerasFile, path: str) -> tuple[int, int, int]:
    """Input width, heads and width of a head of a `MultiHeadAttention` of Keras.

    Raises:
        InputError: It is none, or its value heads are of another width.
    """
    shapes = {
        name: file.shape(f"{path}/{name}_dense/vars/0")
        for name in ("query", "key", "value", "output")
        if f"{path}/{name}_dense/vars/0" in file.tensors
    }
    query = shapes.get("query", ())
    if len(shapes) < 4 or len(query) != 3:
        raise InputError(f"The attention {quoted(path)} has not the weights that Keras' own has.")
    width, heads, size = query
    if any(shapes[name][1:] != (heads, size) for name in ("key", "value")):
        raise InputError(
            f"The attention {quoted(path)} has keys or values of another width than its queries; "
            "here they are equal."
        )
    return width, heads, size


def grouped_attention(ours: str, theirs: str) -> Places:
    """An attention of keras-hub whose query heads share keys and values, without biases."""
    places = {
        f"{ours}/{name}/kernel": Place(f"{theirs}/_{name}_dense/vars/0", _HEADS_JOINED)
        for name in ("query", "key", "value")
    }
    return places | {f"{ours}/output/kernel": Place(f"{theirs}/_output_dense/vars/0", _FROM_HEADS)}


def attention(file: KerasFile, ours: str, theirs: str) -> Places:
    """A `MultiHeadAttention` of Keras."""
    places = {}
    for name in ("query", "key", "value"):
        layer = f"{theirs}/{name}_dense/vars"
        places[f"{ours}/{name}/kernel"] = Place(f"{layer}/0", _HEADS_JOINED)
        bias = Place(f"{layer}/1", _BIAS_JOINED)
        missing = Place(f"{layer}/0", _ZEROS_OF_HEADS)
        places[f"{ours}/{name}/bias"] = bias if f"{layer}/1" in file.tensors else missing
    layer = f"{theirs}/output_dense/vars"
    places[f"{ours}/output/kernel"] = Place(f"{layer}/0", _FROM_HEADS)
    places[f"{ours}/output/bias"] = _bias(file, layer)
    return places


def dense(file: KerasFile, ours: str, theirs: str) -> Places:
    """A `Dense`; without a bias, ours has one of zeros."""
    layer = f"{theirs}/vars"
    return {f"{ours}/kernel": Place(f"{layer}/0", AS_IS), f"{ours}/bias": _bias(file, layer)}


def epsilon_of(layer: Layer) -> float:
    """The epsilon of a `LayerNormalization`; raises an `InputError` if it only divides."""
    if layer.switch("rms_scaling"):
        raise InputError(f"The norm {quoted(layer.name)} has rms_scaling, which is not read here.")
    return layer.number("epsilon", 1e-12, 1.0)


def norm(ours: str, theirs: str) -> Places:
    """A `LayerNormalization`."""
    return {
        f"{ours}/gamma": Place(f"{theirs}/vars/0", AS_IS),
        f"{ours}/beta": Place(f"{theirs}/vars/1", AS_IS),
    }


def embeddings(tokens: str, positions: str, ours: str = "embeddings") -> Places:
    """Two `Embedding`s, of tokens and of positions."""
    return {
        f"{ours}/token_embedding/embeddings": Place(f"{tokens}/vars/0", AS_IS),
        f"{ours}/position/position_embeddings": Place(f"{positions}/vars/0", AS_IS),
    }


def feed_forward(file: KerasFile, ours: str, up: str, down: str) -> Places:
    """Two `Dense`s."""
    return dense(file, f"{ours}/up", up) | dense(file, f"{ours}/down", down)


def two_dense(file: KerasFile, path: str) -> tuple[str, str]:
    """The two `Dense`s of a `Sequential`.

    Raises:
        InputError: It has others, or more.
    """
    layers = sorted(file.parts(f"{path}/layers"))
    if layers != ["dense", "dense_1"]:
        raise InputError(
            f"The feed-forward network {quoted(path)} has the layers {quoted(layers)}; here it has "
            "two Dense."
        )
    return f"{path}/layers/dense", f"{path}/layers/dense_1"


def matrix(file: KerasFile, path: str) -> tuple[int, int]:
    """Rows and width of the matrix of a `Dense` or an `Embedding`.

    Raises:
        InputError: There is none.
    """
    name = f"{path}/vars/0"
    shape = file.shape(name) if name in file.tensors else ()
    if len(shape) != 2:
        raise InputError(f"{quoted(path)} has the shape {shape}; a matrix is needed.")
    return shape[0], shape[1]


def width_of(file: KerasFile, path: str) -> int:
    """The output width of a `Dense` or an `Embedding`."""
    return matrix(file, path)[1]


def same(values: Mapping[str, int], what: str) -> int:
    """The one value that all blocks have.

    Raises:
        InputError: They differ.
    """
    (first, value), *others = values.items()
    for other, another in others:
        if another != value:
            raise InputError(
                f"The blocks differ: {quoted(first)} has {value} {what} and {quoted(other)} "
                f"{another}; here all blocks are alike."
            )
    return value


def _bias(file: KerasFile, layer: str) -> Place:
    has_bias = f"{layer}/1" in file.tensors
    return Place(f"{layer}/1", AS_IS) if has_bias else Place(f"{layer}/0", _ZEROS)
