"""Compiles decoding steps, whose cache is updated in place, and passes over whole sequences.

Only this file depends on the backend: each has its own way to avoid copying a cache of many
megabytes at every token.
"""

from collections.abc import Callable
from typing import Any

import keras
from keras import tree

Nested = Any
StepFunction = Callable[..., tuple[Any, Nested]]


class CompiledStep:
    """Compiles `function(cache, *inputs) -> (output, cache)` for a model's forward pass.

    Args:
        model: The model whose weights the function reads.
        function: A pure function of tensors.

    Example:
        >>> step = CompiledStep(model, lambda cache, ids: (model(ids), cache))
        >>> held = HeldCache(cache)
        >>> output = step(held, token_ids)  # the cache in `held` is the new one now
    """

    def __init__(self, model: keras.Model, function: StepFunction):
        compilers = {"tensorflow": _compile_tensorflow, "jax": _compile_jax}
        compiler = compilers.get(keras.backend.backend(), _without_compiling)
        self._run = compiler(model, function)

    def __call__(self, held: "HeldCache", *inputs: Any) -> Any:
        """Runs one step on NumPy arrays or tensors, and leaves the new cache in `held`."""
        return self._run(held, *inputs)


class HeldCache:
    """The one reference to a cache; on TensorFlow it is kept in variables.

    Calls of one step with the same held cache differ in the shape of their first input at most.

    Args:
        cache: Nested tensors.
    """

    def __init__(self, cache: Nested):
        if keras.backend.backend() == "tensorflow":
            import tensorflow as tf

            cache = tree.map_structure(lambda tensor: tf.Variable(tensor, trainable=False), cache)
        self.content = cache
        self.concrete_functions: dict[Any, Any] = {}
        self._parts: dict[tuple[int, int], HeldCache] = {}

    def part(self, start: int, end: int) -> "HeldCache":
        """Some elements of the cache by themselves: what a step changes in them changes here too.

        Args:
            start: The first element.
            end: One past the last.
        """
        if (start, end) not in self._parts:
            self._parts[start, end] = _Part(self, start, end)
        return self._parts[start, end]

    def map(self, function: Callable[[Any], Any]) -> "HeldCache":
        """A new cache with the function applied to each tensor."""
        tensors = tree.map_structure(keras.ops.convert_to_tensor, self.content)
        return HeldCache(tree.map_structure(function, tensors))


class _Part(HeldCache):
    """Elements of another held cache, which keeps them."""

    def __init__(self, whole: HeldCache, start: int, end: int):
        self._whole, self._start, self._end = whole, start, end
        self.concrete_functions = {}
        self._parts = {}

    @property
    def content(self) -> Nested:
        return self._whole.content[self._start : self._end]

    @content.setter
    def content(self, updated: Nested) -> None:
        whole = self._whole.content
        self._whole.content = (*whole[: self._start], *updated, *whole[self._end :])


def compiled_for_all_lengths(
    function: Callable[[dict[str, Any]], Nested], *names: str
) -> Callable[[dict[str, Any]], Nested]:
    """Compiles a function of token ids once for sequences of every length.

    Only TensorFlow can do that. On other backends the function is not compiled: compiling it anew
    for each length would cost seconds each time.

    Args:
        function: A pure function of a dictionary of token ids, (B, T) each.
        names: The keys of the dictionary.

    Example:
        >>> trace = compiled_for_all_lengths(model.trace, "token_ids")
    """
    if keras.backend.backend() != "tensorflow":
        return function
    import tensorflow as tf

    signature = {name: tf.TensorSpec((None, None), "int32") for name in names}
    compiled = tf.function(function, input_signature=[signature], autograph=False)
    compiled.get_concrete_function()
    return compiled


def compiled_for_any_shape(function: Callable[..., Nested]) -> Callable[..., Nested]:
    """Compiles a function of nested tensors, anew only where their types or numbers of axes change.

    Only TensorFlow can do that. On other backends the function is not compiled.

    Args:
        function: A pure function.
    """
    if keras.backend.backend() != "tensorflow":
        return function
    import tensorflow as tf

    return tf.function(function, autograph=False, reduce_retracing=True)


def _compile_tensorflow(model: keras.Model, function: StepFunction) -> Callable[..., Any]:
    import tensorflow as tf

    @tf.function(jit_compile=True, autograph=False)
    def traced(variables: Nested, *inputs: Any) -> Any:
        output, updated = function(tree.map_structure(tf.convert_to_tensor, variables), *inputs)
        tree.map_structure(lambda variable, tensor: variable.assign(tensor), variables, updated)
        return output

    def run(held: HeldCache, *inputs: Any) -> Any:
        inputs = tree.map_structure(tf.convert_to_tensor, inputs)
        key = (traced, *tree.flatten(inputs)[0].shape)
        if key not in held.concrete_functions:
            held.concrete_functions[key] = traced.get_concrete_function(held.content, *inputs)
        # Finding the trace for these inputs again would cost as long as a small model's step.
        return held.concrete_functions[key](held.content, *inputs)

    return run


def _compile_jax(model: keras.Model, function: StepFunction) -> Callable[..., Any]:
    import jax

    def pure(weights: list[Any], cache: Nested, *inputs: Any) -> tuple[Any, Nested]:
        with keras.StatelessScope(list(zip(model.variables, weights, strict=True))):
            return function(cache, *inputs)

    compiled = jax.jit(pure, donate_argnums=1)

    def run(held: HeldCache, *inputs: Any) -> Any:
        weights = [variable.value for variable in model.variables]
        output, held.content = compiled(weights, held.content, *inputs)
        return output

    return run


def _without_compiling(model: keras.Model, function: StepFunction) -> Callable[..., Any]:
    def run(held: HeldCache, *inputs: Any) -> Any:
        output, held.content = function(held.content, *inputs)
        return output

    return run
