"""The three architectures, each from one `ModelConfig`."""

from tfplay.models.base import Embeddings, StackTrace, Trace, TransformerModel
from tfplay.models.build import build_model
from tfplay.models.decoder_only import DecoderOnly
from tfplay.models.encoder_decoder import EncoderDecoder
from tfplay.models.encoder_only import EncoderOnly

__all__ = [
    "DecoderOnly",
    "Embeddings",
    "EncoderDecoder",
    "EncoderOnly",
    "StackTrace",
    "Trace",
    "TransformerModel",
    "build_model",
]
