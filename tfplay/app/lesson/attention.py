"""The attention of a model on a visitor's text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfplay import explain
from tfplay.app.lesson import Subject, Traced, traced
from tfplay.app.lesson.heads import of_head
from tfplay.app.model.loading import load_trained
from tfplay.showing.kinds import Kind, kinds_of
from tfplay.store import Model
from tfplay.tasks import read_picture
from tfplay.text.spreadsheets import to_csv

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.layers import AttentionTrace

_COLUMNS = ("layer", "head", "position", "token", "at position", "looks at", "score")


@dataclass(frozen=True)
class AttentionMap:
    """One kind of attention in all layers and heads.

    Attributes:
        attention_scores: (layers, H, T, S); rows sum to 1.
        target_tokens: The T tokens that attend.
        source_tokens: The S tokens that are looked at.
        traces: Of each layer: queries, keys, values and what came of them.
        is_causal: No token attends to a later one.
    """

    attention_scores: np.ndarray
    target_tokens: list[str]
    source_tokens: list[str]
    traces: tuple["AttentionTrace", ...] = ()
    is_causal: bool = False

    @property
    def allowed(self) -> np.ndarray:
        """(T, S): whether a token may attend to another."""
        shape = self.attention_scores.shape[-2:]
        return np.tri(*shape, dtype=bool) if self.is_causal else np.ones(shape, dtype=bool)

    def head(self, layer: int | str, head: int | str) -> np.ndarray:
        """Scores (T, S) of what `choose_head` gave."""
        return of_head(self.attention_scores, layer, head)

    def to_csv(self) -> str:
        """Every number of every head, a line each; all positions count from 1."""
        lines = [
            (
                *(layer + 1, head + 1, target + 1, self.target_tokens[target]),
                *(source + 1, self.source_tokens[source], f"{score:.6g}"),
            )
            for (layer, head, target, source), score in np.ndenumerate(self.attention_scores)
        ]
        return to_csv([_COLUMNS, *lines])


def attention_maps(model: Model, text: str, second: str = "") -> dict[str, AttentionMap]:
    """Every kind of attention that the model has, on this text.

    Args:
        model: One that reads text.
        text: What the model reads.
        second: What a translator or a chat model is to have written, empty for its own answer; or
            the question to a passage.

    Raises:
        InputError: A text is empty, or longer than the model's context.
    """
    return maps_of(traced(Subject(model, text, second)), model.config.use_causal_mask)


def picture_attention_maps(model: Model, pixels: np.ndarray) -> dict[str, AttentionMap]:
    """The attention of a vision transformer between the patches of a picture.

    Args:
        model: One that reads pictures.
        pixels: (height, width), or (height, width, channels), from 0 to 1.
    """
    trained = load_trained(model)
    reading = read_picture(pixels, model.config)
    return maps_of(Traced(explain.trace_arrays(trained.model, reading.inputs), *reading))


def maps_of(found: Traced, use_causal_mask: bool = True) -> dict[str, AttentionMap]:
    """Every kind of attention in a forward pass.

    Args:
        found: The forward pass.
        use_causal_mask: The model's decoder, if there is one, does not look ahead.
    """
    kinds = kinds_of(found.trace, found.reading, use_causal_mask)
    return {kind.title: _map(kind) for kind in kinds}


def _map(kind: Kind) -> AttentionMap:
    traces = tuple(getattr(block, kind.sublayer) for block in kind.stack.blocks)
    scores = kind.stack.attention_scores(kind.sublayer)[:, 0]  # of the only example
    return AttentionMap(scores, kind.targets, kind.sources, traces, kind.is_causal)
