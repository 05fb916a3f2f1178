"""The decoder-only transformer, good for generating text: GPT."""

from typing import Any

import keras
from keras import ops

from tfplay.config import ModelConfig
from tfplay.layers import BlockCache, DecoderBlock, OutputBias, TokenEmbedding, TokenPrediction
from tfplay.layers.attention import Tensor
from tfplay.models.base import Embeddings, TransformerModel, make_initializer
from tfplay.models.encoder_only import as_inputs
from tfplay.models.heads import make_head
from tfplay.models.stack import Cache, Stack
from tfplay.models.trace import Trace


class TokenPredictor(TransformerModel):
    """A model that gives the logits of the next token at each position."""

    token_prediction: TokenPrediction | None
    output_bias: OutputBias | None
    decoder_embeddings: Embeddings | None = None
    """The decoder's own, where it does not share those of the encoder."""

    @property
    def output_embedding(self) -> TokenEmbedding:
        """The embedding of the tokens that are predicted; a tied projection is its matrix."""
        return (self.decoder_embeddings or self.embeddings).token_embedding

    def _make_token_prediction(self) -> TokenPrediction | None:
        """`None` if the token embedding matrix or another head stands at the end."""
        if self.config.tie_embeddings or self.config.head != "none":
            return None
        head = TokenPrediction(
            self.config.vocabulary_size,
            use_bias=self.config.output_bias,
            kernel_initializer=make_initializer(self.config) or "glorot_uniform",
            dtype=self.dtype_policy,
            name="token_prediction",
        )
        head.build((None, None, self.config.hidden_dim))
        return head

    def _make_output_bias(self) -> OutputBias | None:
        """What is added to the logits of the tied projection, if anything is."""
        has_head = self.token_prediction is not None or self.config.head != "none"
        if has_head or not self.config.output_bias:
            return None
        bias = OutputBias(dtype=self.dtype_policy, name="output_bias")
        bias.build((None, None, self.config.vocabulary_size))
        return bias

    def embed(
        self,
        token_ids: Tensor,
        start_index: Tensor = 0,
        padding_mask: Tensor | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """The input of the first block, of the decoder if there are two stacks: (B, T, E)."""
        self.check_length(token_ids.shape[1] or 0)
        embeddings = self.decoder_embeddings or self.embeddings
        return embeddings(
            token_ids, start_index=start_index, padding_mask=padding_mask, training=training
        )

    def unembed(self, x: Tensor) -> Tensor:
        """Contextual vectors (B, T, E) -> next-token logits (B, T, V)."""
        if self.token_prediction is not None:
            return self.token_prediction(x)
        if self.config.scale_logits:
            x = x * self.config.hidden_dim**-0.5
        logits = self.output_embedding.project(x)
        return logits if self.output_bias is None else self.output_bias(logits)

    def empty_cache(self, batch_size: int, length: int) -> tuple[tuple[Tensor, Tensor], ...]:
        """Empty keys and values of self-attention: a pair (B, num_kv_heads, S, D) per block."""
        shape = (batch_size, self.config.num_kv_heads, length, self.config.head_dim)
        return tuple(
            (ops.zeros(shape, self.compute_dtype), ops.zeros(shape, self.compute_dtype))
            for _ in range(self.config.num_layers)
        )


@keras.saving.register_keras_serializable(package="tfplay")
class DecoderOnly(TokenPredictor):
    """Each token attends to itself and the ones before (Radford et al., 2019, GPT-2).

    Inputs are token ids (B, T), or a dictionary of `token_ids` and, if wanted, `padding_mask`
    (both (B, T)). Outputs are the next token's logits (B, T, V) or, if the configured `head` is
    `"classification"`, class logits (B, num_classes) of the text as its last token sees it
    (Radford et al., 2018, GPT).

    Args:
        config: The model's configuration, or its JSON dictionary.

    Example:
        >>> model = DecoderOnly(preset("tiny", "decoder-only", vocabulary_size=65))
        >>> logits = model(token_ids)  # (B, T) -> (B, T, 65)
    """

    architecture = "decoder-only"
    decoder: Stack

    def __init__(self, config: ModelConfig | dict[str, Any], **kwargs: Any):
        super().__init__(config, **kwargs)
        self.blocks = self._make_blocks(DecoderBlock, "decoder_block", use_cross_attention=False)
        self.final_norm = self._make_final_norm("final_norm")
        self.decoder = Stack(self.blocks, self.final_norm)
        self.token_prediction = self._make_token_prediction()
        self.output_bias = self._make_output_bias()
        self.head = make_head(self.config, self.dtype_policy)
        self.build()

    def call(self, inputs: Tensor | dict[str, Tensor], training: bool | None = None) -> Tensor:
        """Token ids (B, T) -> next-token logits (B, T, V), or the output of the head."""
        inputs = as_inputs(inputs)
        padding_mask = inputs.get("padding_mask")
        x = self.embed(inputs["token_ids"], padding_mask=padding_mask, training=training)
        x = self.decoder(x, padding_mask=padding_mask, training=training)
        return self.unembed(x, padding_mask, training=training)

    def trace(self, inputs: Tensor | dict[str, Tensor]) -> Trace:
        """Computes what a call does, and keeps every value on the way."""
        inputs = as_inputs(inputs)
        padding_mask = inputs.get("padding_mask")
        x = self.embed(inputs["token_ids"], padding_mask=padding_mask)
        decoder = self.decoder.trace(x, padding_mask=padding_mask)
        return Trace(None, decoder, self.unembed(decoder.output, padding_mask))

    def call_with_cache(
        self, token_ids: Tensor, cache: Cache, cache_update_index: Tensor
    ) -> tuple[Tensor, Cache]:
        """The newest tokens' logits; what was computed for the ones before comes from the cache.

        Args:
            token_ids: (B, T), the newest T tokens.
            cache: What `make_cache` or the last call returned.
            cache_update_index: How many tokens the cache holds already.

        Returns:
            Logits (B, T, V), and the cache with the newest tokens in it.
        """
        x = self.embed(token_ids, start_index=cache_update_index)
        x, cache = self.decoder.call_with_cache(x, cache, cache_update_index)
        return self.unembed(x), cache

    def make_cache(self, batch_size: int, length: int) -> Cache:
        """An empty cache for sequences of at most `length` tokens."""
        return tuple(BlockCache(pair, None) for pair in self.empty_cache(batch_size, length))

    def unembed(
        self, x: Tensor, padding_mask: Tensor | None = None, training: bool | None = None
    ) -> Tensor:
        """The logits for contextual vectors (B, T, E): of the next token or the text's class."""
        if self.head is None:
            return super().unembed(x)
        return self.head(x, padding_mask=padding_mask, training=training)
