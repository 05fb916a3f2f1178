"""What follows the last block: pooling, and one, two or three `Dense`."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfplay.checkpoints.families.names import Place, View
from tfplay.checkpoints.keras_files.recipes.masked_words import (
    word_head_places,
    word_head_settings,
)
from tfplay.checkpoints.keras_files.recipes.parts import Places, dense, epsilon_of, width_of
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.cutting import quoted
from tfplay.errors import InputError

PASSING = ("Dropout", "SpatialDropout1D", "Identity", "InputLayer", "ActivityRegularization")
"""Classes that change nothing when nothing is trained."""
MASKING = ("NotEqual",)
"""Classes that make the mask of padding."""
POOLINGS = {"GlobalAveragePooling1D": "mean", "GlobalMaxPooling1D": "max", "Flatten": "flatten"}
_POOLING_PATHS = {"global_average_pooling1d": "mean", "global_max_pooling1d": "max"}
_FIRST = ((None, 0), (None, 0, None))
"""What `x[:, 0]` and `x[:, 0, :]` take."""
_INNER = {"relu": "relu", "tanh": "tanh", "gelu": "gelu"}
_OUTER = {"softmax": "softmax", "sigmoid": "sigmoid", "linear": "none"}


@dataclass(frozen=True)
class Head:
    """What follows the last block.

    Attributes:
        pooling: `"mean"`, `"max"`, `"flatten"` or `"first"`; empty for an answer for each token.
        layers: Paths of one or two `Dense`; after pooling also of three.
        activation: Of all but the last.
        output: What is done with the logits: `"softmax"`, `"sigmoid"`, `"none"`, or `"unknown"`.
        units: Width of the last.
        norm: Path of a norm before them; empty without one.
        word_head: A layer for masked words in their place.
    """

    pooling: str
    layers: tuple[str, ...]
    activation: str
    output: str
    units: int
    norm: str = ""
    word_head: Layer | None = None

    def require_words(self, vocabulary_size: int) -> None:
        """Raises an `InputError` unless it is one `Dense` with an output for each token."""
        if len(self.layers) != 1 or self.units != vocabulary_size:
            raise InputError(
                f"Causal blocks are followed by {len(self.layers)} Dense with {self.units:,} "
                f"outputs; here one predicts each of the {vocabulary_size:,} tokens."
            )

    def require_norm(self, file: KerasFile, normalize_first: bool, epsilon: float) -> None:
        """Raises an `InputError` unless a norm here can follow pre-norm blocks of this epsilon."""
        layer = file.layer_at(self.norm)
        own = epsilon if layer is None else epsilon_of(layer)
        if not normalize_first or own != epsilon:
            what = f"has the epsilon {own:g}, and the blocks {epsilon:g}"
            what = what if normalize_first else "follows blocks that normalise at their end"
            raise InputError(f"The norm {quoted(self.norm)} {what}, which is not read here.")

    @property
    def is_binary(self) -> bool:
        """Whether it has one logit for two classes."""
        return self.units == 1

    def settings(self, file: KerasFile) -> dict[str, Any]:
        """The settings of a configuration that classifies texts or tokens."""
        if self.word_head is not None:
            return word_head_settings(file, self.word_head)
        if self.output == "sigmoid" and self.units > 1:
            raise InputError(
                f"The last layer gives {self.units} answers that do not exclude each other "
                "(sigmoid); here classes do (softmax)."
            )
        inner = [width_of(file, path) for path in self.layers[:-1]]
        return {
            "head": "classification" if self.pooling else "token_classification",
            "num_classes": max(2, self.units),
            "pooling": self.pooling or None,
            "use_pooler": bool(inner),
            "head_layer_dim": inner[0] if inner else 0,
            "second_head_layer_dim": inner[1] if len(inner) > 1 else 0,
            "head_layer_activation": self.activation,
        }

    def places(self, file: KerasFile) -> Places:
        """Where the weights of such a head stand."""
        if self.word_head is not None:
            return word_head_places(file, self.word_head)
        if self.pooling:
            inner = ["classification/pooled", "classification/second"]
            output = "classification/output"
        else:
            inner = ["token_classification/inner"]
            output = "token_classification" + "/output" * (len(self.layers) > 1)
        places = dense(file, output, self.layers[-1])
        if self.is_binary:
            places = {path: _as_second_class(place) for path, place in places.items()}
        for ours, theirs in zip(inner, self.layers[:-1], strict=False):
            places |= dense(file, ours, theirs)
        return places

    @property
    def roles(self) -> dict[str, str]:
        """What inputs the model has beside the token ids, by their names."""
        return {} if self.word_head is None else {self.word_head.inputs[1]: "mask_positions"}

    @property
    def told(self) -> str:
        """What it is, in words."""
        if self.word_head is not None:
            return "The last block is followed by MaskedLMHead, whose settings are in the file."
        pooling = "flattening" if self.pooling == "flatten" else f"{self.pooling} pooling"
        pooled = f"{pooling} and " if self.pooling else ""
        counts = ("a Dense", "two Dense", "three Dense")
        between = f" ({self.activation} between)" if len(self.layers) > 1 else ""
        count = f"{counts[len(self.layers) - 1]}{between}"
        return f"The last block is followed by {pooled}{count} with {self.units:,} outputs."


def _as_second_class(place: Place) -> Place:
    """One logit z as those of two classes, 0 and z: softmax then says what sigmoid said."""

    def read(array: np.ndarray) -> np.ndarray:
        widths = [(0, 0)] * (array.ndim - 1) + [(1, 0)]
        return np.pad(np.asarray(place.view.read(array), "float32"), widths)

    return place._replace(view=View(read, place.view.write))


def follow(model: Layer, start: Layer | None = None) -> list[Layer]:
    """The layers of a model up to its first output, each of which reads the one before.

    Args:
        model: The model.
        start: The first of them; `None` is an input.

    Raises:
        InputError: A layer reads several others, or one that is not there.
    """
    by_name = {layer.name: layer for layer in model.layers}
    masks = {layer.name for layer in model.layers if layer.class_name in MASKING}
    row: list[Layer] = []
    waiting = model.outputs[:1]
    while waiting:
        layer = by_name.get(waiting[0])
        if layer is None or layer in row or len(waiting) > 1:
            what = f"reads {quoted(list(waiting))}" if row else "is missing"
            name = row[-1].name if row else waiting[0]
            raise InputError(f"The layer {quoted(name)} {what}, which is not understood here.")
        row.append(layer)
        if layer is start:
            break
        read = layer.inputs[:1] if layer.class_name == "MaskedLMHead" else layer.inputs
        waiting = tuple(name for name in read if name not in masks)
    return row[::-1]


def read_head(
    file: KerasFile, known: Collection[str], width: int, start: Layer | None = None
) -> Head:
    """What follows the last block.

    Args:
        file: The file.
        known: Paths of embeddings and blocks.
        width: Of the vectors that the last block gives.
        start: The layer whose output the first block reads, if that is no input of the model.

    Raises:
        InputError: A layer of it is not understood.
    """
    if file.is_graph:
        return _of_graph(file, known, start)
    return _of_shapes(file, known, width)


def _of_graph(file: KerasFile, known: Collection[str], start: Layer | None) -> Head:
    row = follow(file.model, start)
    last = max((place for place, layer in enumerate(row) if layer.path in known), default=-1)
    for layer in row[start is not None : last]:
        if layer.path not in known and layer.class_name not in (*PASSING, "TextVectorization"):
            raise not_understood(layer, row)
    return head_of(file, row[last + 1 :])


def head_of(file: KerasFile, row: list[Layer]) -> Head:
    """The head that is a row of layers after the last block.

    Raises:
        InputError: A layer of it is not understood.
    """
    pooling, output, norm = "", "", ""
    dense_layers: list[Layer] = []
    for layer in row:
        if layer.class_name == "MaskedLMHead" and not (pooling or dense_layers):
            if layer is not row[-1]:
                raise not_understood(row[row.index(layer) + 1], row)
            return Head("", (), "", "unknown", 0, norm, layer)
        if layer.class_name in POOLINGS and not pooling and not dense_layers:
            pooling = POOLINGS[layer.class_name]
        elif layer.class_name == "GetItem" and layer.index in _FIRST and not pooling:
            pooling = "first"
        elif layer.class_name == "LayerNormalization" and not (pooling or dense_layers or norm):
            norm = layer.path
        elif layer.class_name == "Dense" and not output:
            dense_layers.append(layer)
        elif layer.class_name in ("Softmax", "Activation") and dense_layers and not output:
            is_softmax = layer.class_name == "Softmax"
            output = "softmax" if is_softmax else layer.choice("activation", _OUTER)
        elif layer.class_name not in PASSING:
            raise not_understood(layer, row)
    most = 3 if pooling else 2
    if not 1 <= len(dense_layers) <= most:
        raise InputError(
            f"After the last block there are {len(dense_layers)} Dense; here one to {most} are "
            "read."
        )
    own = dense_layers[-1].choice("activation", _OUTER)
    if output and own != "none":
        raise InputError(f"The layer {quoted(dense_layers[-1].name)} has two activations.")
    activations = {layer.choice("activation", _INNER) for layer in dense_layers[:-1]} or {"tanh"}
    if len(activations) > 1:
        raise InputError(
            f"The Dense after the last block have the activations {quoted(sorted(activations))}; "
            "here all but the last have one."
        )
    [inner] = activations
    paths = tuple(layer.path for layer in dense_layers)
    for layer in dense_layers:
        if layer.whole("units", 1, 1_000_000) != width_of(file, layer.path):
            raise InputError(
                f"The layer {quoted(layer.name)} should have {layer.settings['units']:,} outputs, "
                f"and its weights have {width_of(file, layer.path):,}."
            )
    return Head(pooling, paths, inner, output or own, width_of(file, paths[-1]), norm)


def _of_shapes(file: KerasFile, known: Collection[str], width: int) -> Head:
    """A file of weights alone tells no activations: those of the recipes are taken."""
    left = [
        path.removesuffix("/vars/0")
        for path, tensor in file.tensors.items()
        if path.endswith("/vars/0")
        and len(tensor.shape) == 2
        and not any(path.startswith(f"{each}/") for each in known)
    ]
    row: list[str] = []
    for path in sorted(left, key=file.place_of):
        place = next((n for n, each in enumerate(row) if _fits(file, path, each)), len(row))
        row.insert(place, path)
    if not 1 <= len(row) <= 2 or file.shape(f"{row[0]}/vars/0")[0] != width:
        raise InputError(
            f"After the last block there are the matrices {quoted(row)}; here one or two Dense are "
            "read."
        )
    found = {re.sub(r"_\d+$", "", path.rpartition("/")[2]) for path in file.paths}
    poolings = [pooling for name, pooling in _POOLING_PATHS.items() if name in found]
    inner = "relu" if len(row) == 2 else "tanh"
    return Head(
        poolings[0] if poolings else "", tuple(row), inner, "unknown", width_of(file, row[-1])
    )


def _fits(file: KerasFile, first: str, second: str) -> bool:
    """Whether the second `Dense` can read the first, and the first not the second."""
    one, other = file.shape(f"{first}/vars/0"), file.shape(f"{second}/vars/0")
    return one[1] == other[0] and one[0] != other[1]


def not_understood(layer: Layer, row: list[Layer]) -> InputError:
    """The error that says which layer is not understood, and where it stands."""
    place = row.index(layer)
    after = f"after {quoted(row[place - 1].name)}" if place else "after the last block"
    return InputError(
        f"The layer {quoted(layer.name)} ({quoted(layer.class_name)}) {after} is not understood."
    )
