"""The attention layers of any Keras model, watched during one forward pass.

The scores are computed here, from the queries and keys that a layer had and the mask that it used:
what Keras' layers return as scores was for a while without their causal mask. Each layer's own
output is held against them, so that a layer that attends in another way is not misread.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.errors import InputError
from tfplay.layers import MultiHeadAttention

_SCALES = ("_inverse_sqrt_key_dim", "_inverse_sqrt_head_dim", "_inv_norm_factor")
"""What the attention layers of Keras, keras-nlp and keras-hub call 1 / sqrt(D)."""

_CLOSE = {"float32": 1e-3, "float64": 1e-3}
_CLOSE_IN_HALF = 3e-2
"""How far a layer's output may lie from scores times values, as a share of the largest value."""

_ONE_AT_A_TIME = RLock()


class Attended(NamedTuple):
    """One call of an attention layer."""

    layer: str
    """The layer's name, with those of the layers that it stands in."""
    kind: str
    """The name of its class."""
    scores: np.ndarray
    """(B, H, T, S), after the softmax."""
    allowed: np.ndarray
    """(B, H, T, S): whether a query may attend to a key; each axis may be 1."""
    is_cross: bool
    """Queries and values come from different sequences."""

    @property
    def is_causal(self) -> bool:
        """Whether no query may attend to a later key."""
        rows, columns = self.scores.shape[-2:]
        later = ~np.tri(rows, columns, dtype=bool)
        return not self.is_cross and rows > 1 and not (self.allowed & later).any()


@contextmanager
def tapped(model: keras.Model) -> Iterator[list[Attended]]:
    """Watches a model's attention layers, and leaves them as they were, also after an error.

    Args:
        model: Any Keras model that is built; models and layers within it are looked through.

    Yields:
        The calls of its attention layers so far, in order; a layer called twice is there twice.

    Raises:
        InputError: The model has no attention layer, or one attends in a way not known here.

    Example:
        >>> with tapped(model) as calls:
        ...     output = model(token_ids, training=False)
        >>> calls[0].scores.shape
        (1, 3, 16, 16)
    """
    ways = [(layer, way) for layer in model._flatten_layers() if (way := _way_to_tap(layer))]
    if not ways:
        raise InputError(
            f"{model.name!r} has no attention layer that is known here: those of keras.layers "
            "and tfplay.layers are, and most of keras-hub."
        )
    records = _Records([], [])
    with _ONE_AT_A_TIME, _nothing_compiled(), ExitStack() as taps:
        for layer, way in ways:
            taps.enter_context(_replaced(layer, **way(layer, records)))
        yield records.calls
    if records.problems:
        raise records.problems[0]


@contextmanager
def _nothing_compiled() -> Iterator[None]:
    """Lets what a model has compiled, as a `tf.function`, run line by line for a while."""
    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            before = tf.config.functions_run_eagerly()
            tf.config.run_functions_eagerly(True)
            try:
                yield
            finally:
                tf.config.run_functions_eagerly(before)
        case "jax":
            import jax

            with jax.disable_jit():
                yield
        case _:
            yield


class _Records(NamedTuple):
    calls: list[Attended]
    problems: list[InputError]

    def add(self, layer: keras.Layer, is_cross: bool, read: "Read") -> None:
        """Reads a call; what is wrong is told later, as Keras would bury it in its own words."""
        name = _place(layer)
        times = sum(call.layer.partition(", call ")[0] == name for call in self.calls)
        name += f", call {times + 1}" if times else ""
        try:
            scores, allowed = read()
        except InputError as error:
            self.problems.append(error)
        except (KeyError, ValueError):  # arrays that do not fit together
            self.problems.append(_unknown(layer))
        else:
            self.calls.append(Attended(name, type(layer).__name__, scores, allowed, is_cross))


Read = Callable[[], tuple[np.ndarray, np.ndarray]]
"""The scores and the mask of a call."""
Way = Callable[[keras.Layer, _Records], dict[str, Any]]
"""What takes the place of which attributes of a layer, to record its calls."""


@contextmanager
def _replaced(layer: keras.Layer, **attributes: Any) -> Iterator[None]:
    """Gives one layer attributes of its own for a while, past Keras' tracking of attributes."""
    own = vars(layer)
    before = {name: own[name] for name in attributes if name in own}
    own.update(attributes)
    try:
        yield
    finally:
        for name in attributes.keys() - before.keys():
            del own[name]
        own.update(before)


def _way_to_tap(layer: keras.Layer) -> Way | None:
    if isinstance(layer, MultiHeadAttention):
        return _tap_ours
    if isinstance(layer, keras.layers.Attention):
        return _tap_single_head
    return _tap_projected if hasattr(layer, "_compute_attention") else None


def _tap_ours(layer: MultiHeadAttention, records: _Records) -> dict[str, Any]:
    """Our layer keeps its own trace, if it is asked to."""
    project, attend, values = layer.project_keys_and_values, layer.attend, []

    def project_keys_and_values(value: Any, *args: Any, **options: Any) -> Any:
        values[:] = [value]
        return project(value, *args, **options)

    def attend_and_record(*args: Any, return_trace: bool = False, **options: Any) -> Any:
        output, trace = attend(*args, return_trace=True, **options)
        given = inspect.signature(attend).bind(*args, **options).arguments
        is_cross = bool(values) and not _same(given["query"], values[0])
        mask = given.get("attention_mask")
        records.add(
            layer,
            is_cross,
            lambda: (_array(trace.attention_scores, layer), _as_mask(mask, layer, 1)),
        )
        return output, trace if return_trace else None

    return {"project_keys_and_values": project_keys_and_values, "attend": attend_and_record}


def _tap_projected(layer: keras.Layer, records: _Records) -> dict[str, Any]:
    """A layer that projects, then computes attention in a method of its own, as Keras' do."""
    compute, call, last_call = layer._compute_attention, layer.call, {}

    def call_and_remember(*args: Any, **options: Any) -> Any:
        given = inspect.signature(call).bind(*args, **options).arguments
        query, value = given.get("query"), given.get("value")
        last_call["is_cross"] = value is not None and not _same(query, value)
        return call(*args, **options)

    def compute_and_record(*args: Any, **options: Any) -> Any:
        result = compute(*args, **options)
        given = inspect.signature(compute).bind(*args, **options).arguments
        is_cross = last_call.get("is_cross", False)
        records.add(layer, is_cross, lambda: _scores_of_projected(layer, given, result))
        return result

    ours = {"call": call_and_remember, "_compute_attention": compute_and_record}
    # The same numbers without the fast kernel, which not every machine has.
    return ours | ({"_flash_attention": False} if "_flash_attention" in vars(layer) else {})


def _tap_single_head(layer: keras.layers.Attention, records: _Records) -> dict[str, Any]:
    """`keras.layers.Attention` and `AdditiveAttention`, which project nothing."""
    apply, call, last_call = layer._apply_scores, layer.call, {}

    def call_and_remember(inputs: Any, *args: Any, **options: Any) -> Any:
        last_call["is_cross"] = not _same(*inputs[:2])
        return call(inputs, *args, **options)

    def apply_and_record(scores: Any, value: Any, scores_mask: Any = None, **options: Any) -> Any:
        result = apply(scores, value, scores_mask=scores_mask, **options)

        def read() -> tuple[np.ndarray, np.ndarray]:
            allowed = _as_mask(scores_mask, layer, 1)
            found = masked_softmax(_array(scores, layer)[:, None], allowed)
            values = _array(value, layer)[:, :, None]
            _require_equal(layer, found, values, allowed, _array(result[0], layer))
            return found, allowed

        records.add(layer, last_call["is_cross"], read)
        return result

    return {"call": call_and_remember, "_apply_scores": apply_and_record}


def _scores_of_projected(
    layer: keras.Layer, given: dict[str, Any], result: Any
) -> tuple[np.ndarray, np.ndarray]:
    """Scores (B, H, T, S) and mask of what a layer's `_compute_attention` was given."""
    query, key, value = (_array(x, layer) for x in list(given.values())[:3])
    output = _array(result[0] if isinstance(result, tuple) else result, layer)
    num_axes = query.ndim - 3
    every = tuple(range(1, num_axes + 1))
    axes = tuple(getattr(layer, "_attention_axes", None) or every)
    if axes != every:
        raise InputError(
            f"The layer {_place(layer)!r} attends along its axes {axes} alone, of {every}, "
            "which cannot be shown: only attention between all positions can."
        )
    query, key, value = (x.reshape(len(x), -1, *x.shape[-2:]) for x in (query, key, value))
    key, value = (np.repeat(x, query.shape[2] // x.shape[2], axis=2) for x in (key, value))
    allowed = _as_mask(given.get("attention_mask"), layer, num_axes)
    if given.get("use_causal_mask"):
        allowed = allowed & np.tri(query.shape[1], key.shape[1], dtype=bool)
    scale = next((vars(layer)[name] for name in _SCALES if name in vars(layer)), None)
    scale = query.shape[-1] ** -0.5 if scale is None else float(scale)
    scores = masked_softmax(np.einsum("bthd,bshd->bhts", query * scale, key), allowed)
    _require_equal(layer, scores, value, allowed, output)
    return scores, allowed


def masked_softmax(attention_logits: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Scores (B, H, T, S) in float32, which Keras spreads evenly where nothing is allowed."""
    logits = np.where(allowed, attention_logits, np.float32(-1e30))
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def _require_equal(
    layer: keras.Layer,
    scores: np.ndarray,
    values: np.ndarray,
    allowed: np.ndarray,
    output: np.ndarray,
) -> None:
    """Raises an `InputError` unless scores times values (B, S, H, D) are what the layer gave."""
    if not np.isfinite(output).all():
        raise InputError(f"The layer {_place(layer)!r} gave numbers that are not finite.")
    expected = np.einsum("bhts,bshd->bthd", scores, values)
    has_keys = np.broadcast_to(allowed, scores.shape).any(axis=-1).swapaxes(1, 2)[..., None]
    difference = np.where(has_keys, output.reshape(expected.shape) - expected, 0)
    close = _CLOSE.get(layer.compute_dtype, _CLOSE_IN_HALF)
    if not np.abs(difference).max(initial=0) <= close * max(np.abs(values).max(initial=0), 1e-6):
        raise _unknown(layer)


def _unknown(layer: keras.Layer) -> InputError:
    return InputError(
        f"The layer {_place(layer)!r} ({type(layer).__name__}) does not answer with "
        "softmax(Q K^T / sqrt(d)) V under its mask: how it attends is not known here."
    )


def _as_mask(mask: Any, layer: keras.Layer, num_axes: int) -> np.ndarray:
    """A mask over `num_axes` axes of queries and as many of keys, as (B, H, T, S)."""
    if mask is None:
        return np.ones((1, 1, 1, 1), dtype=bool)
    mask = _array(mask, layer).astype(bool)
    outer, targets = mask.shape[: -2 * num_axes], mask.shape[-2 * num_axes : -num_axes]
    mask = mask.reshape(*outer, int(np.prod(targets)), -1)
    return np.expand_dims(mask, {2: (0, 1), 3: 1, 4: ()}[mask.ndim])


def _array(tensor: Any, layer: keras.Layer) -> np.ndarray:
    """The numbers of a tensor; half precision as float32."""
    try:
        found = ops.convert_to_numpy(tensor)
    except (AttributeError, NotImplementedError, TypeError, ValueError) as error:
        raise InputError(
            f"The layer {_place(layer)!r} runs in a part of the model that is compiled, where its "
            "numbers cannot be read."
        ) from error
    return found if found.dtype.kind in "biu" else found.astype("float32")


def _same(one: Any, other: Any) -> bool:
    """Whether two tensors hold the same numbers."""
    if one is other:
        return True
    if one.shape != other.shape:
        return False
    return bool(ops.all(ops.equal(one, ops.cast(other, one.dtype))))


def _place(layer: keras.Layer) -> str:
    return getattr(layer, "path", None) or layer.name
