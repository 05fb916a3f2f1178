"""Logits of the next token, one token after the other."""

from threading import Lock
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.decoding.blockwise import DEEP, BlockwiseStep
from tfplay.decoding.compile import CompiledStep, HeldCache
from tfplay.decoding.kept import kept_with
from tfplay.decoding.token_ids import check_token_ids
from tfplay.errors import InputError
from tfplay.layers import BlockCache

SHORTEST_BUCKET = 64
SHORTEST_CACHE = 256
"""Compiling a step for a longer cache takes longer than many steps with room to spare."""


class EncodedSource(NamedTuple):
    """What an encoder-decoder's steps read of the source; () stands for it in other models."""

    cross_attention: tuple[Any, ...]
    """Keys and values (B, num_kv_heads, S, D) of the encoder's output, a pair a block."""
    padding_mask: Any
    """(B, S)."""


class CachedPredictor:
    """Predicts from a key-value cache: each step computes the newest token only.

    The cache's length and the prompt's are rounded up to powers of two, so that only a few shapes
    are ever compiled.

    Args:
        model: A `DecoderOnly` or `EncoderDecoder` with a causal mask.
        prompt_ids: (B, P), at least one token each.
        encoder_token_ids: (B, S), the source of an encoder-decoder.
        encoder_padding_mask: (B, S).

    Attributes:
        token_ids: (B, N), what the cache holds.
        logits: (B, V) of the token after the prompt, in float32.
        num_computed: Tokens per sequence computed since the prompt was given, those of the prompt
            included, padding excluded.
    """

    def __init__(
        self,
        model: keras.Model,
        prompt_ids: np.ndarray,
        encoder_token_ids: np.ndarray | None = None,
        encoder_padding_mask: np.ndarray | None = None,
    ):
        self.model = model
        self.context = model.config.max_sequence_length
        self.functions = _compiled_functions(model)
        self.source = self._encode(encoder_token_ids, encoder_padding_mask)
        capacity = max(SHORTEST_CACHE, _bucket(prompt_ids.shape[1], self.context))
        self.capacity = min(capacity, self.context)
        self.cache = HeldCache(model.empty_cache(len(prompt_ids), self.capacity))
        self.token_ids = np.zeros((len(prompt_ids), 0), dtype="int32")
        self.restart(prompt_ids)

    def restart(self, prompt_ids: np.ndarray) -> None:
        """Continues from another prompt; what it shares with the last tokens is not computed again.

        Args:
            prompt_ids: (B, P), for the same source.
        """
        prompt_ids = check_token_ids(prompt_ids, self.model.config.vocabulary_size)
        known = min(common_length(self.token_ids, prompt_ids), prompt_ids.shape[1] - 1)
        self.token_ids = self.token_ids[:, :known]
        self.num_computed = 0
        if known < prompt_ids.shape[1] - 1:
            self._fill(prompt_ids[:, :-1])
        self.logits = self.advance(prompt_ids[:, -1])

    def _fill(self, token_ids: np.ndarray) -> None:
        """Computes what the cache does not hold of these tokens (B, N), all at once."""
        known, length = self.token_ids.shape[1], token_ids.shape[1]
        size = _bucket(length - known, self.context)
        while self.capacity < min(known + size, self.context):
            self._grow()
        start = min(known, self.context - size)  # at the context's end some are computed again
        piece = token_ids[:, start : start + size]
        padded = np.pad(piece, ((0, 0), (0, size - piece.shape[1]))).astype("int32")
        self.functions.fill(self.cache, padded, np.asarray(start, dtype="int32"), self.source)
        self.token_ids = token_ids.astype("int32")
        self.num_computed += length - start

    def _encode(self, token_ids: Any, padding_mask: Any) -> EncodedSource | tuple[()]:
        if token_ids is None:
            return ()
        token_ids = check_token_ids(token_ids, self.model.config.vocabulary_size)
        return self.functions.encode(HeldCache(()), token_ids, padding_mask)

    def advance(self, token_ids: np.ndarray) -> np.ndarray:
        """Appends one token to each sequence.

        Args:
            token_ids: (B,).

        Returns:
            Logits (B, V) of the token after, in float32.
        """
        length = self.token_ids.shape[1]
        if length == self.capacity:
            self._grow()
        newest = check_token_ids(token_ids, self.model.config.vocabulary_size)[:, None]
        index = np.asarray(length, dtype="int32")
        logits = self.functions.step(self.cache, newest, index, self.source)
        self.token_ids = np.concatenate([self.token_ids, newest], axis=1)
        self.num_computed += 1
        return ops.convert_to_numpy(logits)

    def reorder(self, indices: np.ndarray) -> None:
        """Continues each sequence from the sequence of that index: beam search's survivors."""
        self.functions.reorder(self.cache, np.asarray(indices, dtype="int32"))
        self.token_ids = self.token_ids[indices]

    def _grow(self) -> None:
        grown = min(2 * self.capacity, self.context)
        room = ((0, 0), (0, 0), (0, grown - self.capacity), (0, 0))
        self.cache = self.cache.map(lambda tensor: ops.pad(tensor, room))
        self.capacity = grown


class WholePredictor:
    """Predicts by computing the whole sequence again at every step.

    This is what decoding costs without a cache. A model whose causal mask is off needs it: there
    each new token changes what all earlier ones compute.

    Args:
        model: A `DecoderOnly` or `EncoderDecoder`.
        prompt_ids: (B, P), at least one token each.
        encoder_token_ids: (B, S), the source of an encoder-decoder.
        encoder_padding_mask: (B, S).
    """

    def __init__(
        self,
        model: keras.Model,
        prompt_ids: np.ndarray,
        encoder_token_ids: np.ndarray | None = None,
        encoder_padding_mask: np.ndarray | None = None,
    ):
        self.context = model.config.max_sequence_length
        self.vocabulary_size = model.config.vocabulary_size
        self.functions = _compiled_functions(model)
        self.source = {}
        if encoder_token_ids is not None:
            self.source = {
                "encoder_token_ids": check_token_ids(encoder_token_ids, self.vocabulary_size),
                "encoder_padding_mask": encoder_padding_mask,
            }
        prompt_ids = check_token_ids(prompt_ids, self.vocabulary_size)
        self.token_ids = prompt_ids[:, :-1]
        self.logits = self.advance(prompt_ids[:, -1])

    def advance(self, token_ids: np.ndarray) -> np.ndarray:
        """Appends one token to each sequence, as `CachedPredictor.advance` does."""
        newest = check_token_ids(token_ids, self.vocabulary_size)[:, None]
        self.token_ids = np.concatenate([self.token_ids, newest], axis=1)
        length = self.token_ids.shape[1]
        padding = _bucket(length, self.context) - length
        padded = np.pad(self.token_ids, ((0, 0), (0, padding))).astype("int32")
        is_real = np.broadcast_to(np.arange(padded.shape[1]) < length, padded.shape)
        last = np.asarray(length - 1, dtype="int32")
        logits = self.functions.whole(HeldCache(()), padded, is_real, last, self.source)
        return ops.convert_to_numpy(logits)

    def reorder(self, indices: np.ndarray) -> None:
        """Reorders the sequences, as `CachedPredictor.reorder` does."""
        self.token_ids = self.token_ids[indices]


class Memory:
    """Keeps what was computed for sequences, to continue one that begins alike.

    A conversation keeps one: each turn begins with all the turns before, so only the new one is
    computed. A decoding takes the kept state and puts it back at the end, so two decodings at once
    share nothing.

    Args:
        most: How many sequences are kept, those used last.

    Example:
        >>> memory, config = Memory(), DecodingConfig(max_new_tokens=8)
        >>> for step in generate_steps(model, prompt_ids, config, memory=memory):
        ...     print(step.token_ids)
    """

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._kept: list[CachedPredictor] = []
        self._lock = Lock()

    def take(self, model: keras.Model, prompt_ids: np.ndarray) -> CachedPredictor | None:
        """A kept predictor that begins like the prompt (1, P), moved on to it, or `None`."""

        def likeness(kept: CachedPredictor) -> float:
            shorter = min(kept.token_ids.shape[1], prompt_ids.shape[1])
            return common_length(kept.token_ids, prompt_ids) / shorter

        with self._lock:
            fitting = [kept for kept in self._kept if kept.model is model and len(prompt_ids) == 1]
            best = max(fitting, key=likeness, default=None)
            if best is None or likeness(best) < 0.5:
                return None
            self._kept.remove(best)
        best.restart(prompt_ids)
        return best

    def keep(self, predictor: "CachedPredictor | WholePredictor") -> None:
        """Keeps what was computed, if it can be used again: without a source it can."""
        if isinstance(predictor, CachedPredictor) and not predictor.source:
            with self._lock:
                self._kept = [*self._kept, predictor][-self._most :]


def make_predictor(
    model: keras.Model,
    prompt_ids: np.ndarray,
    use_cache: bool = True,
    memory: Memory | None = None,
    **source: Any,
) -> CachedPredictor | WholePredictor:
    """The predictor for a model, its prompts (B, P) and an encoder-decoder's source.

    Raises:
        InputError: The prompt is empty, longer than the model's context, or has an id outside the
            vocabulary.
    """
    if prompt_ids.shape[1] == 0:
        raise InputError("The prompt is empty; it needs at least one token to continue from.")
    model.check_length(prompt_ids.shape[1])
    if memory and (kept := memory.take(model, prompt_ids)):
        return kept
    if "encoder_token_ids" in source and source.get("encoder_padding_mask") is None:
        source["encoder_padding_mask"] = np.ones(np.shape(source["encoder_token_ids"]), dtype=bool)
    cached = use_cache and model.config.use_causal_mask
    return (CachedPredictor if cached else WholePredictor)(model, prompt_ids, **source)


def common_length(first: np.ndarray, second: np.ndarray) -> int:
    """How many tokens two arrays (B, N) and (B, M) have in common at their beginning."""
    length = min(first.shape[1], second.shape[1])
    is_equal = (first[:, :length] == second[:, :length]).all(axis=0)
    return length if is_equal.all() else int(is_equal.argmin())


def _bucket(length: int, longest: int) -> int:
    """The power of two that holds this many tokens, at most `longest`."""
    return min(max(SHORTEST_BUCKET, 1 << (length - 1).bit_length()), longest)


class _CompiledFunctions(NamedTuple):
    encode: CompiledStep
    fill: CompiledStep | BlockwiseStep
    step: CompiledStep | BlockwiseStep
    reorder: CompiledStep
    whole: CompiledStep


def _compiled_functions(model: keras.Model) -> _CompiledFunctions:
    """The model's decoding functions, compiled once for each shape they meet."""
    return kept_with(model, "decoding", lambda: _compile_functions(model))


def _compile_functions(model: keras.Model) -> _CompiledFunctions:
    def encode(cache, token_ids, padding_mask):
        output = model.encode(token_ids, padding_mask)
        pairs = tuple(block.project_encoder_output(output) for block in model.decoder_blocks)
        return EncodedSource(pairs, padding_mask), cache

    def call_with_cache(cache, token_ids, index, source):
        if not source:
            blocks = tuple(BlockCache(pair, None) for pair in cache)
            logits, blocks = model.call_with_cache(token_ids, blocks, index)
        else:
            blocks = tuple(map(BlockCache, cache, source.cross_attention))
            logits, blocks = model.call_with_cache(token_ids, blocks, index, source.padding_mask)
        return logits, tuple(block.self_attention for block in blocks)

    def fill(cache, token_ids, index, source):
        # The logits are not asked for, so the compiler leaves the output projection out.
        return (), call_with_cache(cache, token_ids, index, source)[1]

    def step(cache, token_ids, index, source):
        logits, cache = call_with_cache(cache, token_ids, index, source)
        return ops.cast(logits[:, -1], "float32"), cache

    def reorder(cache, indices):
        return (), keras.tree.map_structure(lambda x: ops.take(x, indices, axis=0), cache)

    def whole(cache, token_ids, padding_mask, last, source):
        if source:
            inputs = {"decoder_token_ids": token_ids, "decoder_padding_mask": padding_mask}
        else:
            inputs = {"token_ids": token_ids, "padding_mask": padding_mask}
        logits = model(inputs | source, training=False)
        return ops.cast(ops.take(logits, last, axis=1), "float32"), cache

    compiled = [CompiledStep(model, function) for function in (encode, fill, step, reorder, whole)]
    functions = _CompiledFunctions(*compiled)
    if model.config.num_layers < DEEP:
        return functions
    return functions._replace(fill=BlockwiseStep(model, False), step=BlockwiseStep(model, True))
