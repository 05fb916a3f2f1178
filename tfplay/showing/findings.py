"""What was found in a model: attention, answers, arrays."""

import re
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Attention:
    """The heads of the layers that attend between the same positions.

    Attributes:
        title: What people call it, as "Cross-attention".
        layers: The layers' names, in order.
        scores: (layers, H, T, S), float32; rows sum to 1.
        targets: The T positions that look.
        sources: The S positions that are looked at.
        used: (T', S'): how many of them are no padding at the end.
    """

    title: str
    layers: list[str]
    scores: np.ndarray
    targets: list[str]
    sources: list[str]
    used: tuple[int, int]

    @property
    def stem(self) -> str:
        """The title as the beginning of names of arrays."""
        return "_".join(re.findall(r"\w+", self.title.lower()))

    @property
    def without_padding(self) -> "Attention":
        """The same, as far as positions are used."""
        rows, columns = self.used
        return Attention(
            self.title,
            self.layers,
            self.scores[..., :rows, :columns],
            self.targets[:rows],
            self.sources[:columns],
            self.used,
        )


@dataclass(frozen=True)
class Lens:
    """What each level of the residual stream would answer, at each place (nostalgebraist, 2020).

    Attributes:
        levels: L names, from the embeddings up.
        places: P names.
        choices: (L, P, K): the likeliest, the likeliest first, as indices of `names`.
        probabilities: (L, P, K), from 0 to 1.
        names: What is chosen among.
        usual: The place that people look at first.
    """

    levels: list[str]
    places: list[str]
    choices: np.ndarray
    probabilities: np.ndarray
    names: list[str]
    usual: int


@dataclass(frozen=True)
class Findings:
    """What a model did with one input.

    Attributes:
        title: The model's name.
        attention: Every kind of attention that it has.
        lens: `None` for a model that is not known whole.
        arrays: All numbers by name, for `to_arrays`.
        picture: (height, width), from 0 to 1, of a model that attends between its square patches,
            row by row after one position that is no patch.
    """

    title: str
    attention: list[Attention]
    lens: Lens | None = None
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    picture: np.ndarray | None = None


def attention_arrays(attention: Attention) -> dict[str, np.ndarray]:
    """The scores of every layer, and the names of the layers and the positions."""
    return {
        f"{attention.stem}_scores": attention.scores,
        f"{attention.stem}_layers": np.array(attention.layers),
        f"{attention.stem}_targets": np.array(attention.targets),
        f"{attention.stem}_sources": np.array(attention.sources),
    }
