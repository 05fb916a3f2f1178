"""The encoder-decoder transformer, good for translation: the original Transformer."""

from typing import Any

import keras

from tfplay.config import ModelConfig
from tfplay.layers import BlockCache, DecoderBlock, EncoderBlock
from tfplay.layers.attention import Tensor
from tfplay.models.base import Embeddings
from tfplay.models.decoder_only import TokenPredictor
from tfplay.models.stack import Cache, Stack
from tfplay.models.trace import Trace


@keras.saving.register_keras_serializable(package="tfplay")
class EncoderDecoder(TokenPredictor):
    """The decoder attends to its own past and to all of the encoder's output.

    Vaswani et al., 2017, arXiv:1706.03762. Both stacks share one vocabulary and its embeddings.
    Inputs are a dictionary of `encoder_token_ids` (B, S), `decoder_token_ids` (B, T) and, if
    wanted, `encoder_padding_mask` and `decoder_padding_mask` of the same shapes.

    Args:
        config: The model's configuration, or its JSON dictionary.

    Example:
        >>> model = EncoderDecoder(preset("tiny", "encoder-decoder", vocabulary_size=65))
        >>> logits = model({"encoder_token_ids": source, "decoder_token_ids": target})
    """

    architecture = "encoder-decoder"
    encoder: Stack
    decoder: Stack

    def __init__(self, config: ModelConfig | dict[str, Any], **kwargs: Any):
        super().__init__(config, **kwargs)
        self.encoder_blocks = self._make_blocks(EncoderBlock, "encoder_block")
        self.encoder_norm = self._make_final_norm("encoder_norm")
        self.encoder = Stack(self.encoder_blocks, self.encoder_norm)
        self.decoder_blocks = self._make_blocks(
            DecoderBlock, "decoder_block", use_cross_attention=True
        )
        self.decoder_norm = self._make_final_norm("decoder_norm")
        self.decoder = Stack(self.decoder_blocks, self.decoder_norm)
        if not (self.config.share_positions and self.config.share_embeddings):
            shared = self.config.share_embeddings
            self.decoder_embeddings = Embeddings(
                self.config,
                self.embeddings.token_embedding if shared else None,
                dtype=self.dtype_policy,
                name="decoder_embeddings",
            )
            self.decoder_embeddings.build((None, None))
        self.token_prediction = self._make_token_prediction()
        self.output_bias = self._make_output_bias()
        self.build()

    def call(self, inputs: dict[str, Tensor], training: bool | None = None) -> Tensor:
        """Source (B, S) and target (B, T) token ids -> next-token logits (B, T, V)."""
        encoder_padding_mask = inputs.get("encoder_padding_mask")
        padding_mask = inputs.get("decoder_padding_mask")
        encoder_output = self.encode(
            inputs["encoder_token_ids"], encoder_padding_mask, training=training
        )
        x = self.embed(inputs["decoder_token_ids"], padding_mask=padding_mask, training=training)
        x = self.decoder(
            x,
            encoder_output=encoder_output,
            padding_mask=padding_mask,
            encoder_padding_mask=encoder_padding_mask,
            training=training,
        )
        return self.unembed(x)

    def embed_source(
        self,
        encoder_token_ids: Tensor,
        encoder_padding_mask: Tensor | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """The input of the first encoder block: (B, S, E)."""
        self.check_length(encoder_token_ids.shape[1] or 0)
        return self.embeddings(
            encoder_token_ids, padding_mask=encoder_padding_mask, training=training
        )

    def encode(
        self,
        encoder_token_ids: Tensor,
        encoder_padding_mask: Tensor | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """Source token ids (B, S) -> contextual vectors (B, S, E)."""
        x = self.embed_source(encoder_token_ids, encoder_padding_mask, training=training)
        return self.encoder(x, padding_mask=encoder_padding_mask, training=training)

    def trace(self, inputs: dict[str, Tensor]) -> Trace:
        """Computes what a call does, and keeps every value on the way."""
        encoder_padding_mask = inputs.get("encoder_padding_mask")
        padding_mask = inputs.get("decoder_padding_mask")
        x = self.embed_source(inputs["encoder_token_ids"], encoder_padding_mask)
        encoder = self.encoder.trace(x, padding_mask=encoder_padding_mask)
        decoder = self.decoder.trace(
            self.embed(inputs["decoder_token_ids"], padding_mask=padding_mask),
            encoder_output=encoder.output,
            padding_mask=padding_mask,
            encoder_padding_mask=encoder_padding_mask,
        )
        return Trace(encoder, decoder, self.unembed(decoder.output))

    def call_with_cache(
        self,
        token_ids: Tensor,
        cache: Cache,
        cache_update_index: Tensor,
        encoder_padding_mask: Tensor | None = None,
    ) -> tuple[Tensor, Cache]:
        """The newest target tokens' logits; the encoder's part is in the cache already.

        Args:
            token_ids: (B, T), the newest T target tokens.
            cache: What `make_cache` or the last call returned.
            cache_update_index: How many target tokens the cache holds already.
            encoder_padding_mask: (B, S).

        Returns:
            Logits (B, T, V), and the cache with the newest tokens in it.
        """
        x = self.embed(token_ids, start_index=cache_update_index)
        x, cache = self.decoder.call_with_cache(x, cache, cache_update_index, encoder_padding_mask)
        return self.unembed(x), cache

    def make_cache(self, encoder_output: Tensor, length: int) -> Cache:
        """An empty cache for targets of at most `length` tokens of these sources (B, S, E)."""
        pairs = self.empty_cache(encoder_output.shape[0], length)
        return tuple(
            BlockCache(pair, block.project_encoder_output(encoder_output))
            for pair, block in zip(pairs, self.decoder_blocks, strict=True)
        )
