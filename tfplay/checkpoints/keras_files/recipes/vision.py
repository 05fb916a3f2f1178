"""The vision transformer of keras.io: `Patches`, `PatchEncoder`, and blocks of Keras' layers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tfplay.checkpoints.families.names import AS_IS, Place, View
from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.embedded import Graph
from tfplay.checkpoints.keras_files.recipes.heads import PASSING, head_of, not_understood
from tfplay.checkpoints.keras_files.recipes.parts import Places, matrix, norm
from tfplay.checkpoints.keras_files.recipes.sublayers import find_stack, stack_settings
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

_ENCODER = ("projection", "position_embedding")
_OF_TRAINING = (
    *("RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast"),
)
"""Layers that change pictures in training alone."""
_LARGEST = 4096
_SMALLEST_DEVIATION = 1e-7
"""Less than which Keras' `Normalization` divides by none."""


@dataclass(frozen=True)
class _Prepared:
    """What is done with a picture before it is cut into patches: x * scale + offset, a channel.

    Attributes:
        scale: (channels,).
        offset: (channels,).
        size: Its side then, in pixels.
        unused: Weights that this has read.
        told: What is done, a sentence each.
    """

    scale: np.ndarray
    offset: np.ndarray
    size: int
    unused: frozenset[str]
    told: tuple[str, ...]


def read_vision_transformer(file: KerasFile, answers: Answers) -> Reading | None:
    """A classification of images; `None` if nothing in the graph has the parts of PatchEncoder."""
    encoders = [layer for path in file.find(*_ENCODER) if (layer := file.layer_at(path))]
    if len(encoders) != 1:
        return None
    [encoder] = encoders
    graph = Graph(file.model.layers)
    patches = graph.by_name.get(encoder.inputs[0]) if encoder.inputs else None
    stack = find_stack(graph, graph.behind_dropout(encoder))
    if patches is None or patches.class_name != "Patches" or stack is None:
        return None
    prepared = _prepare(file, patches)
    patch_size = patches.whole("patch_size", 1, _LARGEST)
    values, width = matrix(file, f"{encoder.path}/projection")
    channels = len(prepared.scale)
    head = head_of(file, graph.row_behind(stack.output))
    settings = stack_settings(file, stack)
    white = _white(answers, prepared)
    places = _embedding_places(file, encoder.path, prepared, white, values // channels)
    places |= stack.places(file, "encoder_block")
    if head.norm:
        head.require_norm(file, settings["normalize_first"], settings["norm_epsilon"])
        places |= norm("final_norm", head.norm)
        settings["use_final_norm"] = True
    config = ModelConfig(
        "encoder-only",
        vocabulary_size=0,
        max_sequence_length=1,  # follows from the patches
        hidden_dim=width,
        image_size=prepared.size,
        patch_size=patch_size,
        image_channels=channels,
        use_class_token=False,
        **settings | head.settings(file),
    )
    evidence = (
        f"Its layers {quoted(patches.name)} and {quoted(encoder.name)} cut images into patches of "
        f"{patch_size} x {patch_size} pixels, without a class token.",
        *prepared.told,
        head.told,
    )
    return Reading(
        "the image classification of keras.io",
        config,
        places | head.places(file),
        evidence,
        white=white,
        unused=prepared.unused,
    )


def _prepare(file: KerasFile, patches: Layer) -> _Prepared:
    """What the layers up to the patches do with a picture.

    Raises:
        InputError: A layer of them is not understood.
    """
    row = list(_flat(_row_up_to(file.model, patches)))
    size, channels = _input_shape(row)
    scale, offset, unused, told = np.ones(channels), np.zeros(channels), [], []
    for layer in row:
        if layer.class_name == "Normalization":
            mean, deviation = _normalization(file, layer, channels)
            scale, offset = scale / deviation, (offset - mean) / deviation
            unused += [name for name in file.tensors if name.startswith(f"{layer.path}/")]
            told.append(f"The means and variances of {quoted(layer.name)} are in the projection.")
        elif layer.class_name == "Rescaling":
            factor = layer.number("scale", -1e6, 1e6)
            scale, offset = scale * factor, offset * factor + layer.number("offset", -1e6, 1e6)
            told.append(f"The factor of {quoted(layer.name)} is in the projection.")
        elif layer.class_name == "Resizing":
            size = _resized(layer)
            told.append(f"Pictures are read at {size} x {size} pixels: {quoted(layer.name)}.")
        elif layer.class_name not in (*PASSING, *_OF_TRAINING):
            raise not_understood(layer, row)
    if size == 0:
        raise InputError("The model takes pictures of any size; here it takes squares of one.")
    return _Prepared(scale, offset, size, frozenset(unused), tuple(told))


def _row_up_to(model: Layer, patches: Layer) -> list[Layer]:
    """The layers from the input on, each of which reads the one before, without the last."""
    by_name = {layer.name: layer for layer in model.layers}
    row: list[Layer] = []
    names = patches.inputs
    while names:
        layer = by_name.get(names[0])
        if layer is None or layer in row or len(names) > 1:
            raise not_understood(patches, [*row, patches])
        row.append(layer)
        names = layer.inputs
    return row[::-1]


def _flat(row: list[Layer]) -> Iterator[Layer]:
    """The layers, with those within a `Sequential` in its place."""
    for layer in row:
        if layer.class_name == "Sequential":
            yield from _flat(list(layer.layers))
        else:
            yield layer


def _input_shape(row: list[Layer]) -> tuple[int, int]:
    """Side and channels of the pictures that the model takes; 0 for a side of any length."""
    shape = row[0].settings.get("batch_shape") if row else None
    if not isinstance(shape, list) or len(shape) != 4 or type(shape[3]) is not int:
        raise InputError(f"The model takes {quoted(shape)}; pictures with channels are needed.")
    is_square = type(shape[1]) is int and shape[1] == shape[2]
    return (shape[1] if is_square else 0), min(max(shape[3], 1), 16)


def _resized(layer: Layer) -> int:
    """The side to which pictures are resized."""
    layer.choice("interpolation", {"bilinear": "bilinear"})
    size = layer.whole("height", 1, _LARGEST)
    others = ("crop_to_aspect_ratio", "pad_to_aspect_ratio", "antialias")
    if layer.settings.get("width") != size or any(layer.switch(name) for name in others):
        raise InputError(
            f"The layer {quoted(layer.name)} resizes pictures to another shape than a square, or "
            "crops or pads them, which is not read here."
        )
    return size


def _normalization(file: KerasFile, layer: Layer, channels: int) -> tuple[np.ndarray, np.ndarray]:
    """Means and standard deviations of the channels."""
    names = [f"{layer.path}/vars/{number}" for number in (0, 1)]
    shapes = [file.shape(name) for name in names if name in file.tensors]
    if shapes != [(channels,)] * 2 or layer.switch("invert"):
        raise InputError(
            f"The layer {quoted(layer.name)} has the shapes {quoted(shapes)}; a mean and a "
            "variance of each channel are needed."
        )
    mean, variance = (np.asarray(file.tensors[name].read(), "float64") for name in names)
    return mean, np.maximum(np.sqrt(variance), _SMALLEST_DEVIATION)


def _white(answers: Answers, prepared: _Prepared) -> float:
    """The value of white pixels; means beyond 1 are of pixels up to 255."""
    choices = {"1": "pixels from 0 to 1", "255": "pixels from 0 to 255"}
    is_unit = bool(np.any(prepared.offset)) and np.all(prepared.offset >= -prepared.scale)
    usual = "1" if is_unit else "255"
    return float(answers.ask("pixels", "Which values do its pixels have?", choices, usual))


def _embedding_places(
    file: KerasFile, path: str, prepared: _Prepared, white: float, pixels: int
) -> Places:
    """The projection of patches, with what was done with pixels before, and the positions."""
    projection = f"{path}/projection/vars"
    scale = np.tile(prepared.scale * white, pixels)[:, None]
    offset = np.tile(prepared.offset, pixels)

    def shifted(bias: np.ndarray) -> np.ndarray:
        kernel = np.asarray(file.tensors[f"{projection}/0"].read(), "float64")
        return (bias + offset @ kernel).astype("float32")

    def scaled(kernel: np.ndarray) -> np.ndarray:
        return (kernel * scale).astype("float32")

    ours = "embeddings/patch_embedding/projection"
    return {
        f"{ours}/kernel": Place(f"{projection}/0", View(scaled, lambda x: x)),
        f"{ours}/bias": Place(f"{projection}/1", View(shifted, lambda x: x)),
        "embeddings/position/position_embeddings": Place(
            f"{path}/position_embedding/vars/0", AS_IS
        ),
    }
