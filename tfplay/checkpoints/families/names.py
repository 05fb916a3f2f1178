"""Where each of our weights stands in a published checkpoint."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

Array = np.ndarray


class View(NamedTuple):
    """How an array of theirs is one of ours, and back."""

    read: Callable[[Array], Array]
    write: Callable[[Array], Array]


class Place(NamedTuple):
    """A tensor of a checkpoint, or one of several equal parts of its last axis.

    Attributes:
        name: The tensor's name.
        view: How it is turned into our weight.
        part: Which of the parts it is, counted from 0, and how many there are.
    """

    name: str
    view: View
    part: tuple[int, int] = (0, 1)

    def read(self, theirs: Array) -> Array:
        """Our weight, from their tensor."""
        index, count = self.part
        whole = self.view.read(theirs)
        width = whole.shape[-1] // count
        return whole[..., index * width : (index + 1) * width]


AS_IS = View(lambda x: x, lambda x: x)
TRANSPOSED = View(np.transpose, np.transpose)
_LEAVES = {
    "kernel": ("weight", TRANSPOSED),
    "bias": ("bias", AS_IS),
    "gamma": ("weight", AS_IS),
    "scale": ("weight", AS_IS),
    "beta": ("bias", AS_IS),
    "embeddings": ("weight", AS_IS),
    "position_embeddings": ("weight", AS_IS),
}
"""What PyTorch calls a weight that Keras calls so, and how it lies there."""

_BLOCK = re.compile(r"_block_(\d+)/")


@dataclass(frozen=True)
class Names:
    """The names of a family's tensors.

    In both mappings `{}` stands for the number of a block.

    Attributes:
        layers: Our layer's path -> their module's name, for layers whose weights go by the usual
            names of PyTorch: `weight` and `bias`.
        weights: Our weight's path -> its place, for all others; these come first.
    """

    layers: Mapping[str, str]
    weights: Mapping[str, Place] = field(default_factory=dict)

    def place(self, path: str) -> Place | None:
        """Where the weight of this path stands; `None` if the family has no such weight.

        Example:
            >>> Names({"decoder_block_{}/feed_forward/up": "h.{}.up"}).place(
            ...     "decoder_block_3/feed_forward/up/kernel"
            ... ).name
            'h.3.up.weight'
        """
        found = _BLOCK.search(path)
        block = found.group(1) if found else ""
        pattern = _BLOCK.sub("_block_{}/", path)
        if pattern in self.weights:
            place = self.weights[pattern]
            return place._replace(name=place.name.format(block))
        layer, _, leaf = pattern.rpartition("/")
        if layer not in self.layers or leaf not in _LEAVES:
            return None
        name, view = _LEAVES[leaf]
        return Place(f"{self.layers[layer].format(block)}.{name}", view)
