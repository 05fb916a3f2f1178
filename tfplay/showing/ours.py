"""A model of ours, of which every number is known."""

from typing import Any

import keras
import numpy as np

from tfplay import explain
from tfplay.cutting import quoted
from tfplay.decoding import probabilities
from tfplay.errors import InputError
from tfplay.models import StackTrace, Trace
from tfplay.showing.findings import Attention, Findings, Lens, attention_arrays
from tfplay.showing.kinds import Kind, kinds_of
from tfplay.tasks import TASKS, Reading, Task, TrainedModel, read_picture
from tfplay.tasks.reading import reading_of

MOST_LIKELY = 5
"""Answers that are told of each level at each place."""


def look_inside(
    title: str, trained: TrainedModel, given: str | np.ndarray, second: str
) -> Findings:
    """Everything on the way of a text or a picture through the model.

    Args:
        title: The model's name.
        trained: The model.
        given: A text or its token ids; or a picture (height, width) with values from 0 to 1.
        second: What a translator or a chat model is to have written, empty for its own answer; or
            the question to a passage.

    Raises:
        InputError: The text is empty, too long, or no text at all for a model that reads pictures.

    Example:
        >>> from tfplay.store import open_model
        >>> look_inside("sentiment", open_model("sentiment").load(), "Not bad.", "").title
        'sentiment'
    """
    reading = _read(trained, given, second)
    trace = explain.trace_arrays(trained.model, reading.inputs)
    kinds = kinds_of(trace, reading, trained.model.config.use_causal_mask)
    found = [_attention(kind, trace) for kind in kinds]
    lens = _lens(trained, reading, trace) if trained.task in TASKS else None
    picture = reading.inputs["images"][0, ..., 0] if "images" in reading.inputs else None
    return Findings(title, found, lens, _arrays(reading, trace, kinds, found), picture)


def _read(trained: TrainedModel, given: Any, second: str) -> Reading:
    config = trained.model.config
    if isinstance(given, str) and not config.image_size:
        return TASKS.get(trained.task, Task).read_typed(trained, given, second)
    if not config.image_size:
        return reading_of(trained, np.asarray(given).tolist())
    side = config.image_size
    shape = np.shape(given)
    if np.asarray(given).dtype.kind not in "biuf" or [n for n in shape if n != 1] != [side, side]:
        raise InputError(
            f"This model reads pictures of {side} × {side}, from 0 to 1; given was "
            f"{quoted(given) if isinstance(given, str) else f'the shape {shape}'}."
        )
    pixels = np.asarray(given, dtype="float32").reshape(side, side)
    return read_picture(pixels, config)


def _attention(kind: Kind, trace: Trace) -> Attention:
    scores = kind.stack.attention_scores(kind.sublayer)[:, 0]  # of the only example
    stack = "encoder" if kind.stack is trace.encoder else "decoder"
    layers = [f"{stack} block {number + 1}" for number in range(len(scores))]
    return Attention(kind.title, layers, scores, kind.targets, kind.sources, scores.shape[-2:])


def _lens(trained: TrainedModel, reading: Reading, trace: Trace) -> Lens:
    """Level by level: all logits of a large vocabulary at once would not fit into memory."""
    model, task = trained.model, TASKS[trained.task]
    stack = model.decoder or model.encoder
    rows = task.answer_rows(trained, reading) if trace.logits[0].ndim > 1 else []
    choices, likely = [], []
    for level in explain.last_stack(trace).residual_levels():
        [logits] = keras.ops.convert_to_numpy(model.unembed(stack.norm(level)))
        found = probabilities(logits[rows] if rows else logits[None])
        best = np.argsort(-found, axis=-1, kind="stable")[:, :MOST_LIKELY]
        choices.append(best)
        likely.append(np.take_along_axis(found, best, axis=-1))
    known, places = np.unique(np.stack(choices), return_inverse=True)
    return Lens(
        levels=["embeddings", *(f"after block {n}" for n in range(1, len(choices)))],
        places=_places(trained, reading, rows),
        choices=places.reshape(len(choices), *choices[0].shape),
        probabilities=np.stack(likely),
        names=task.choice_names(trained, reading, known.tolist()),
        usual=rows.index(task.usual_row(trained, reading, trace.logits[0])) if rows else 0,
    )


def _places(trained: TrainedModel, reading: Reading, rows: list[int]) -> list[str]:
    if not rows:
        return ["answer"]
    if places := TASKS[trained.task].about.answer_places:
        return list(places)
    return [f"{row + 1}. {reading.target_tokens[row]}" for row in rows]


def _arrays(
    reading: Reading, trace: Trace, kinds: list[Kind], found: list[Attention]
) -> dict[str, np.ndarray]:
    arrays = {"tokens": np.array(reading.tokens)}
    arrays |= {name: array[0] for name, array in reading.inputs.items()}
    if reading.target_tokens != reading.tokens:
        arrays["target_tokens"] = np.array(reading.target_tokens)
    for kind, attention in zip(kinds, found, strict=True):
        arrays |= attention_arrays(attention)
        for name in ("query", "key", "value"):
            arrays[f"{attention.stem}_{name}"] = _of_all_blocks(kind, name)
    for name, stack in trace.stacks.items():
        alone = len(trace.stacks) == 1
        arrays["residual_stream" if alone else f"{name}_residual_stream"] = _residual_stream(stack)
    return arrays | {"logits": trace.logits[0]}


def _of_all_blocks(kind: Kind, name: str) -> np.ndarray:
    """(layers, H, T or S, D)."""
    traces = [getattr(block, kind.sublayer) for block in kind.stack.blocks]
    return np.stack([getattr(trace, name)[0] for trace in traces])


def _residual_stream(stack: StackTrace) -> np.ndarray:
    """(layers + 1, T, E)."""
    return stack.residual_levels()[:, 0]
