"""The encoder-only transformer, good for understanding text: BERT."""

from typing import Any

import keras

from tfplay.config import ModelConfig
from tfplay.layers import EncoderBlock
from tfplay.layers.attention import Tensor
from tfplay.models.base import TransformerModel
from tfplay.models.heads import make_head
from tfplay.models.stack import Stack
from tfplay.models.trace import Trace


@keras.saving.register_keras_serializable(package="tfplay")
class EncoderOnly(TransformerModel):
    """Every token attends to every other (Devlin et al., 2018, arXiv:1810.04805).

    Inputs are token ids (B, T), or a dictionary of `token_ids` and, if wanted, `padding_mask` and
    `segment_ids` (all (B, T)); for a vision transformer a dictionary of `images` (B, height, width,
    channels). The configured `head` determines the output: the contextual vectors (B, T, E),
    masked-word logits (B, T, V), class logits (B, num_classes), class logits of each token
    (B, T, num_classes), or logits of an answer's start and end (B, 2, T).

    Args:
        config: The model's configuration, or its JSON dictionary.

    Example:
        >>> model = EncoderOnly(preset("tiny", "encoder-only", vocabulary_size=65))
        >>> vectors = model(token_ids)  # (B, T) -> (B, T, E)
    """

    architecture = "encoder-only"
    encoder: Stack

    def __init__(self, config: ModelConfig | dict[str, Any], **kwargs: Any):
        super().__init__(config, **kwargs)
        self.blocks = self._make_blocks(EncoderBlock, "encoder_block")
        self.final_norm = self._make_final_norm("final_norm")
        self.encoder = Stack(self.blocks, self.final_norm)
        self.head = make_head(self.config, self.dtype_policy)
        self.build()

    def call(self, inputs: Tensor | dict[str, Tensor], training: bool | None = None) -> Tensor:
        """Token ids -> the output of the head."""
        inputs = as_inputs(inputs)
        padding_mask = inputs.get("padding_mask")
        x = self.embed(inputs, training=training)
        x = self.encoder(x, padding_mask=padding_mask, training=training)
        return self.unembed(x, padding_mask, training=training)

    def trace(self, inputs: Tensor | dict[str, Tensor]) -> Trace:
        """Computes what a call does, and keeps every value on the way."""
        inputs = as_inputs(inputs)
        padding_mask = inputs.get("padding_mask")
        encoder = self.encoder.trace(self.embed(inputs), padding_mask=padding_mask)
        return Trace(encoder, None, self.unembed(encoder.output, padding_mask))

    def embed(self, inputs: dict[str, Tensor], training: bool | None = None) -> Tensor:
        """The input of the first block: (B, T, E)."""
        if self.config.image_size:
            return self.embeddings(inputs["images"], training=training)
        token_ids = inputs["token_ids"]
        self.check_length(token_ids.shape[1] or 0)
        return self.embeddings(
            token_ids,
            segment_ids=inputs.get("segment_ids"),
            training=training,
            padding_mask=inputs.get("padding_mask"),
        )

    def unembed(
        self, x: Tensor, padding_mask: Tensor | None = None, training: bool | None = None
    ) -> Tensor:
        """The output of the head for contextual vectors (B, T, E)."""
        if self.head is None:
            return x
        match self.config.head:
            case "masked_lm" if self.config.use_prediction_layer and self.config.tie_prediction:
                return self.head(x, embeddings=self.token_embeddings)
            case "classification":
                return self.head(x, padding_mask=padding_mask, training=training)
            case "span":
                return self.head(x, padding_mask=padding_mask)
        return self.head(x)  # of each token by itself


def as_inputs(inputs: Tensor | dict[str, Tensor]) -> dict[str, Tensor]:
    """Token ids alone stand for a dictionary with nothing else in it."""
    return inputs if isinstance(inputs, dict) else {"token_ids": inputs}
