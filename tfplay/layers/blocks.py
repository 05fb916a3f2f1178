"""The blocks of encoders and of decoders."""

from typing import Any

import keras

from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.block_cache import BlockCache
from tfplay.layers.masks import real_tokens
from tfplay.layers.transformer_block import TransformerBlock


@keras.saving.register_keras_serializable(package="tfplay")
class EncoderBlock(TransformerBlock):
    """Self-attention to the whole sequence, then the feed-forward network.

    Vaswani et al., 2017, arXiv:1706.03762. Arguments as in `TransformerBlock`.

    Example:
        >>> block = EncoderBlock(num_heads=3, intermediate_dim=132)
        >>> y = block(x, padding_mask=padding_mask)  # (B, T, E) -> (B, T, E)
    """

    def call(
        self, x: Tensor, padding_mask: Tensor | None = None, training: bool | None = None
    ) -> Tensor:
        """Passes the residual stream (B, T, E) through the block; padding_mask is (B, T)."""
        return self.pass_through(x, real_tokens(x, padding_mask), training=training)[0]


@keras.saving.register_keras_serializable(package="tfplay")
class DecoderBlock(TransformerBlock):
    """Masked self-attention, cross-attention if asked for, then the feed-forward network.

    Vaswani et al., 2017, arXiv:1706.03762. Further arguments as in `TransformerBlock`.

    Args:
        use_cross_attention: Also attend to an encoder's output.
        use_causal_mask: Attend up to and including the own position only; false breaks it.

    Example:
        >>> block = DecoderBlock(num_heads=3, intermediate_dim=132, use_cross_attention=True)
        >>> y = block(x, encoder_output=memory)  # (B, T, E), (B, S, E) -> (B, T, E)
    """

    def __init__(
        self,
        num_heads: int,
        intermediate_dim: int,
        use_cross_attention: bool = False,
        use_causal_mask: bool = True,
        **kwargs: Any,
    ):
        super().__init__(num_heads, intermediate_dim, **kwargs)
        self.use_cross_attention = arguments.switch("use_cross_attention", use_cross_attention)
        self.use_causal_mask = arguments.switch("use_causal_mask", use_causal_mask)

    def build(self, x_shape, encoder_output_shape=None) -> None:
        super().build(x_shape)
        if self.use_cross_attention:
            self.cross_attention = self._build_attention(
                x_shape, encoder_output_shape or x_shape, False, "cross_attention"
            )
            self.cross_attention_residual = self._build_residual(
                x_shape, "cross_attention_residual"
            )

    def call(
        self,
        x: Tensor,
        encoder_output: Tensor | None = None,
        padding_mask: Tensor | None = None,
        encoder_padding_mask: Tensor | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """Passes the residual stream through the block.

        Args:
            x: (B, T, E).
            encoder_output: (B, S, E), for cross-attention.
            padding_mask: (B, T).
            encoder_padding_mask: (B, S).

        Returns:
            (B, T, E).
        """
        inputs = self.read(x, encoder_output, padding_mask, encoder_padding_mask)
        return self.pass_through(x, **inputs, training=training)[0]

    def call_with_cache(
        self,
        x: Tensor,
        cache: BlockCache,
        cache_update_index: Tensor,
        encoder_padding_mask: Tensor | None = None,
    ) -> tuple[Tensor, BlockCache]:
        """Passes the newest tokens through the block; the ones before come from the cache.

        Args:
            x: (B, T, E), the newest T tokens.
            cache: Keys and values of the tokens before.
            cache_update_index: How many tokens the cache holds already.
            encoder_padding_mask: (B, S).

        Returns:
            (B, T, E) and the cache with the newest tokens in it.
        """
        x, _, cache = self.pass_through(
            x,
            encoder_padding_mask=encoder_padding_mask,
            cache=cache,
            start_index=cache_update_index,
        )
        return x, cache
