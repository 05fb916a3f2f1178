"""Any Keras model, of which no more is known than its attention layers."""

from typing import Any

import keras
import numpy as np

from tfplay.errors import InputError
from tfplay.showing.findings import Attention, Findings, attention_arrays
from tfplay.showing.inputs import Given, Names, read_given
from tfplay.showing.tap import Attended, tapped


def look_from_outside(
    model: keras.Model, given: Any, tokenizer: Any, names: Names | None
) -> Findings:
    """The attention of a model in one forward pass, which is not compiled.

    Args:
        model: Any Keras model with attention layers.
        given: What `read_given` takes.
        tokenizer: What `read_given` takes.
        names: What `read_given` takes.

    Raises:
        InputError: The model has no attention layers, they are not known, or the input is unfit.

    Example:
        >>> look_from_outside(model, token_ids, None, None).attention[0].title
        'Masked self-attention'
    """
    read = read_given(model, given, tokenizer, names)
    if not model.built:
        model(read.inputs, training=False)  # makes the layers that are looked for
    with tapped(model) as calls:
        output = model(read.inputs, training=False)
    if not calls:
        raise InputError(f"{model.name!r} called none of its attention layers on this input.")
    for call in calls:
        if len(call.scores) != 1:
            raise InputError(
                f"The layer {call.layer!r} attends within {len(call.scores)} parts of the input "
                "one by one, which cannot be shown: only attention between all positions can."
            )
    found = [_attention(title, alike, read) for title, alike in _alike(calls).items()]
    _require_used(names, found, read)
    return Findings(model.name, found, arrays=_arrays(found, read, output))


def _alike(calls: list[Attended]) -> dict[str, list[Attended]]:
    """Calls between as many positions, with as many heads, by a title of their own."""
    groups: dict[tuple, list[Attended]] = {}
    for call in calls:
        groups.setdefault((_kind(call), *call.scores.shape[1:]), []).append(call)
    kinds = [key[0] for key in groups]
    titled = {}
    for (kind, heads, rows, columns), alike in groups.items():
        size = f" ({heads} heads, {rows} × {columns})" if kinds.count(kind) > 1 else ""
        titled[kind + size] = alike
    return titled


def _kind(call: Attended) -> str:
    if call.is_cross:
        return "Cross-attention"
    return "Masked self-attention" if call.is_causal else "Self-attention"


def _attention(title: str, calls: list[Attended], read: Given) -> Attention:
    scores = np.concatenate([call.scores for call in calls])
    rows, columns = scores.shape[-2:]
    is_cross, is_causal = calls[0].is_cross, calls[0].is_causal
    return Attention(
        title,
        [f"{call.layer} ({call.kind})" for call in calls],
        scores,
        _names(rows, read.names, is_last=is_cross or is_causal),
        _names(columns, read.names, is_last=is_causal and not is_cross),
        _used(calls, rows, columns),
    )


def _names(length: int, names: dict[str, list[str]], is_last: bool) -> list[str]:
    """The names of so many positions; if several inputs are so long, the first's or the last's.

    An encoder-decoder's last input is the decoder's, which alone looks back only, and which asks.
    """
    fitting = [each for each in names.values() if len(each) == length]
    if not fitting:
        return [str(position) for position in range(1, length + 1)]
    return fitting[-1 if is_last else 0]


def _used(calls: list[Attended], rows: int, columns: int) -> tuple[int, int]:
    """How many positions there are up to the last that is not masked everywhere."""
    shape = (rows, columns)
    allowed = np.stack([np.broadcast_to(call.allowed[0], call.scores.shape[1:]) for call in calls])
    allowed = allowed.any(axis=(0, 1)).reshape(shape)
    used_columns = _up_to_last(allowed.any(axis=0))
    is_same = rows == columns and not calls[0].is_cross
    return (used_columns if is_same else _up_to_last(allowed.any(axis=1)), used_columns)


def _up_to_last(is_used: np.ndarray) -> int:
    return int(np.flatnonzero(is_used)[-1]) + 1 if is_used.any() else len(is_used)


def _require_used(names: Names | None, found: list[Attention], read: Given) -> None:
    """Raises an `InputError` if names were given that stand at no axis."""
    lengths = sorted({length for each in found for length in each.scores.shape[-2:]})
    if names is not None and not any(len(each) in lengths for each in read.names.values()):
        given = " and ".join(str(len(each)) for each in read.names.values())
        there = " and ".join(map(str, lengths))
        raise InputError(f"names has {given} names; the attention is between {there} positions.")


def _arrays(found: list[Attention], read: Given, output: Any) -> dict[str, np.ndarray]:
    is_one = len(read.names) == 1
    arrays = {
        "tokens" if is_one else f"{name}_tokens": np.array(names)
        for name, names in read.names.items()
    }
    for each in found:
        arrays |= attention_arrays(each)
    outputs = keras.tree.flatten(output)
    named = ["output"] if len(outputs) == 1 else [f"output_{n + 1}" for n in range(len(outputs))]
    numbers = [keras.ops.convert_to_numpy(each) for each in outputs]
    return arrays | dict(zip(named, numbers, strict=True))
