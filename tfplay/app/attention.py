"""The attention of a run's model on a visitor's text."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from tfplay.app.loading import run_trained, written_at
from tfplay.app.readings import Reading, read, read_picture
from tfplay.store import Run, open_run

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models.base import StackTrace
    from tfplay.tasks import TrainedModel

AVERAGE = "average"
"""In place of a head: the mean over all heads of its layer."""

_COLUMNS = ("layer", "head", "position", "attending", "at position", "attended to", "score")


@dataclass(frozen=True)
class AttentionMap:
    """One kind of attention in all layers and heads.

    Attributes:
        attention_scores: (layers, H, T, S); rows sum to 1.
        target_tokens: The T tokens that attend.
        source_tokens: The S tokens attended to.
    """

    attention_scores: np.ndarray
    target_tokens: list[str]
    source_tokens: list[str]

    def head(self, layer: int, head: int | str) -> np.ndarray:
        """Scores (T, S) of one head, or the average of the layer's heads; both count from 1."""
        heads = self.attention_scores[layer - 1]
        return heads.mean(axis=0) if head == AVERAGE else heads[head - 1]

    def to_csv(self) -> str:
        """Every number of every head, a line each; all positions count from 1."""
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        for (layer, head, target, source), score in np.ndenumerate(self.attention_scores):
            attending, attended = self.target_tokens[target], self.source_tokens[source]
            place = layer + 1, head + 1, target + 1, attending, source + 1, attended
            writer.writerow((*place, f"{score:.6g}"))
        return stream.getvalue()


def attention_maps(
    run: Run, text: str, second: str = "", step: int | None = None
) -> dict[str, AttentionMap]:
    """Every kind of attention that the run's model has, on this text.

    One forward pass for each text; it is remembered.

    Args:
        run: A run with a trained model that reads text.
        text: What the model reads.
        second: What a translator or a chat model is to have written, empty for its own answer; or
            the question to a passage.
        step: The model as it was after this step; `None` is as it ended.

    Raises:
        InputError: A text is empty, or longer than the model's context.
    """
    return _attention_maps(run.path, step, written_at(run, step), text, second)


def picture_attention_maps(
    run: Run, pixels: np.ndarray, step: int | None = None
) -> dict[str, AttentionMap]:
    """The attention of a vision transformer between the patches of a picture.

    Args:
        run: A run with a trained model that reads pictures.
        pixels: (height, width), from 0 to 1.
        step: The model as it was after this step; `None` is as it ended.
    """
    trained, config = run_trained(run, step), run.model_config()
    reading = read_picture(pixels, config.patch_size, config.image_channels)
    return _maps(trained, reading)


@st.cache_data(max_entries=32, show_spinner="Running the model …")
def _attention_maps(
    path: Path, step: int | None, changed: float, text: str, second: str
) -> dict[str, AttentionMap]:
    trained = run_trained(open_run(path), step)
    return _maps(trained, read(trained, text, second))


def _maps(trained: "TrainedModel", reading: Reading) -> dict[str, AttentionMap]:
    from tfplay.explain import trace_arrays

    trace = trace_arrays(trained.model, reading.inputs)
    tokens, target = reading.tokens, reading.target_tokens
    if trace.encoder is None:
        return {"Masked self-attention": AttentionMap(_scores(trace.decoder), target, target)}
    encoder = AttentionMap(_scores(trace.encoder), tokens, tokens)
    if trace.decoder is None:
        return {"Self-attention": encoder}
    cross = _scores(trace.decoder, "cross_attention")
    return {
        "Cross-attention": AttentionMap(cross, reading.written_tokens, tokens),
        "Encoder self-attention": encoder,
        "Masked self-attention": AttentionMap(_scores(trace.decoder), target, target),
    }


def _scores(stack: "StackTrace", sublayer: str = "self_attention") -> np.ndarray:
    """(layers, H, T, S) of the only example."""
    return np.stack([getattr(block, sublayer).attention_scores[0] for block in stack.blocks])
