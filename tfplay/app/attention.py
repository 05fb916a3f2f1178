"""The attention of a run's model on a visitor's text."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from tfplay.app.runs import run_model, run_tokenizer
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Run, open_run
from tfplay.text import Tokenizer

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

    from tfplay.models.base import StackTrace

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


def attention_maps(run: Run, text: str, target: str = "") -> dict[str, AttentionMap]:
    """Every kind of attention that the run's model has, on this text.

    One forward pass for each text; it is remembered.

    Args:
        run: A run with a trained model.
        text: What the model reads.
        target: What an encoder-decoder is to have written; empty is its own translation.

    Raises:
        InputError: A text is empty, or longer than the model's context.
    """
    return _attention_maps(run.path, run.model_path.stat().st_mtime, text, target)


@st.cache_data(max_entries=32, show_spinner="Running the model …")
def _attention_maps(path: Path, changed: float, text: str, target: str) -> dict[str, AttentionMap]:
    run = open_run(path)
    if run.model_config().architecture == "encoder-decoder":
        return _encoder_decoder_maps(run, text, target)
    return _decoder_only_maps(run, text)


def _decoder_only_maps(run: Run, text: str) -> dict[str, AttentionMap]:
    from tfplay.explain import trace_arrays

    tokenizer = run_tokenizer(run)
    token_ids = tokenizer.tokenize(text)
    if not token_ids:
        raise InputError("There is nothing to attend to: the text is empty.")
    trace = trace_arrays(run_model(run), {"token_ids": np.array([token_ids], dtype="int32")})
    tokens = tokenizer.labels(token_ids)
    return {"Masked self-attention": AttentionMap(_scores(trace.decoder), tokens, tokens)}


def _encoder_decoder_maps(run: Run, text: str, target: str) -> dict[str, AttentionMap]:
    from tfplay.explain import trace_arrays
    from tfplay.tasks.translator import encode_source

    model, tokenizer = run_model(run), run_tokenizer(run)
    source_ids = encode_source(model, tokenizer, text)
    if target:
        target_ids = tokenizer.tokenize(target)
    else:
        target_ids = _own_translation(model, tokenizer, source_ids)
    read_ids = [tokenizer.start_id, *target_ids]
    inputs = {"encoder_token_ids": [source_ids], "decoder_token_ids": [read_ids]}
    trace = trace_arrays(model, {name: np.array(ids) for name, ids in inputs.items()})

    source = tokenizer.labels(source_ids)
    read, written = tokenizer.labels(read_ids), tokenizer.labels([*target_ids, tokenizer.end_id])
    return {
        "Cross-attention": AttentionMap(_scores(trace.decoder, "cross_attention"), written, source),
        "Encoder self-attention": AttentionMap(_scores(trace.encoder), source, source),
        "Masked self-attention": AttentionMap(_scores(trace.decoder), read, read),
    }


def _own_translation(
    model: "keras.Model", tokenizer: Tokenizer, source_ids: list[int]
) -> list[int]:
    from tfplay.decoding import generate
    from tfplay.tasks.batches import bucket_length, pad

    context = model.config.max_sequence_length
    source = pad([source_ids], bucket_length(len(source_ids), context), tokenizer.pad_id)
    [target_ids] = generate(
        model,
        np.array([[tokenizer.start_id]]),
        DecodingConfig(max_new_tokens=context),
        [tokenizer.end_id],
        encoder_token_ids=source,
        encoder_padding_mask=source != tokenizer.pad_id,
    )
    return target_ids


def _scores(stack: "StackTrace", sublayer: str = "self_attention") -> np.ndarray:
    """(layers, H, T, S) of the only example."""
    return np.stack([getattr(block, sublayer).attention_scores[0] for block in stack.blocks])
