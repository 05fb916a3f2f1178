"""Where the input of the first block comes from: embedded tokens and positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tfplay.checkpoints.keras_files.recipes.heads import PASSING
from tfplay.checkpoints.keras_files.recipes.parts import Places, embeddings, matrix
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

_UNBOUNDED = 512
"""The context of a model without learned positions whose input has any length."""
TABLES = (
    *(("token_emb", "pos_emb"), ("token_embeddings", "position_embeddings")),
    ("token_embedding", "position_embedding"),
)
"""What layers that embed both call the embeddings of tokens and of positions."""


@dataclass(frozen=True)
class Embedded:
    """Where the first block's input comes from.

    Attributes:
        tokens: Path of the embedding of tokens.
        positions: Path of that of positions; empty for sines.
        output: The layer whose output the first block reads, of a graph.
        masks_zero: Whether the file says that ids of 0 are padding.
    """

    tokens: str
    positions: str
    output: Layer | None = None
    masks_zero: bool = False

    @property
    def position(self) -> str:
        """The kind of positions."""
        return "learned" if self.positions else "sinusoidal"

    def longest(self, file: KerasFile) -> int:
        """As many tokens as there are positions; with sines as the input of the model has."""
        if self.positions:
            return matrix(file, self.positions)[0]
        tokens = file.layer_at(self.tokens)
        return longest_input(file, tokens.inputs[0] if tokens and tokens.inputs else "")

    def config(self, file: KerasFile, is_causal: bool, **settings: Any) -> ModelConfig:
        """The configuration of one stack of blocks that reads these embeddings."""
        vocabulary_size, width = matrix(file, self.tokens)
        return ModelConfig(
            "decoder-only" if is_causal else "encoder-only",
            vocabulary_size,
            self.longest(file),
            hidden_dim=width,
            position=self.position,
            **settings,
        )

    def places(self) -> Places:
        """Where the weights of the embeddings stand."""
        places = embeddings(self.tokens, self.positions)
        if not self.positions:
            del places["embeddings/position/position_embeddings"]
        return places


def longest_input(file: KerasFile, name: str) -> int:
    """As many tokens as an input of the model has; 512 if it takes any number."""
    shapes = {layer.name: layer.settings.get("batch_shape") for layer in file.model.layers}
    shape = shapes.get(name)
    if isinstance(shape, list) and len(shape) == 2 and type(shape[1]) is int:
        return min(max(shape[1], 1), 131_072)
    return _UNBOUNDED


class Graph:
    """Who reads whom."""

    def __init__(self, layers: Sequence[Layer]):
        self.by_name = {layer.name: layer for layer in layers}
        self.readers: dict[str, list[Layer]] = {layer.name: [] for layer in layers}
        for layer in layers:
            for name in dict.fromkeys(layer.inputs):
                self.readers.setdefault(name, []).append(layer)

    def only_reader(self, layer: Layer) -> Layer | None:
        """The layer that alone reads this; `None` if there are others, or none."""
        readers = self.readers[layer.name]
        return readers[0] if len(readers) == 1 else None

    def row_behind(self, layer: Layer) -> list[Layer]:
        """The layers after the last block, each of which reads the one before.

        Raises:
            InputError: Several layers read one of them.
        """
        row: list[Layer] = []
        current = layer
        while readers := self.readers[current.name]:
            if len(readers) > 1 or len(row) > len(self.by_name):
                raise InputError(
                    f"The layer {quoted(current.name)} is read by {len(readers)} layers after the "
                    "last block, which is not understood here."
                )
            current = readers[0]
            row.append(current)
        return row

    def behind_dropout(self, layer: Layer) -> Layer:
        """The layer, or the last of the dropouts that follow it."""
        readers = self.readers[layer.name]
        is_dropped = len(readers) == 1 and readers[0].class_name in PASSING
        return self.behind_dropout(readers[0]) if is_dropped else layer


def find_embedded(file: KerasFile, graph: Graph) -> Embedded | None:
    """The one layer that embeds tokens and positions, or the sum of two that do."""
    for names in TABLES:
        for path in file.find(*names):
            layer = file.layer_at(path)
            if layer is not None:
                tokens, positions = (f"{path}/{name}" for name in names)
                after = graph.behind_dropout(layer)
                return Embedded(tokens, positions, after, layer.switch("mask_zero"))
    for layer in graph.by_name.values():
        if layer.class_name not in ("Embedding", "ReversibleEmbedding"):
            continue
        readers = {each.class_name: each for each in graph.readers[layer.name]}
        added, position = readers.pop("Add", None), next(iter(readers.values()), None)
        if added is None or position is None or len(readers) != 1:
            continue
        if {*added.inputs} != {layer.name, position.name}:
            continue
        if position.class_name == "PositionEmbedding":
            positions = position.path
        elif position.class_name == "SinePositionEncoding":
            position.number("max_wavelength", 10_000, 10_000)
            positions = ""
        else:
            continue
        after = graph.behind_dropout(added)
        return Embedded(layer.path, positions, after, layer.switch("mask_zero"))
    return None
