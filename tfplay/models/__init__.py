"""The three architectures, each from one `ModelConfig`."""

from tfplay.models.base import Embeddings, TransformerModel
from tfplay.models.build import build_model, weight_shapes
from tfplay.models.decoder_only import DecoderOnly
from tfplay.models.encoder_decoder import EncoderDecoder
from tfplay.models.encoder_only import EncoderOnly
from tfplay.models.stack import Stack
from tfplay.models.trace import StackTrace, Trace

__all__ = [
    "DecoderOnly",
    "Embeddings",
    "EncoderDecoder",
    "EncoderOnly",
    "Stack",
    "StackTrace",
    "Trace",
    "TransformerModel",
    "build_model",
    "weight_shapes",
]
