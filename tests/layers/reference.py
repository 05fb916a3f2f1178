"""Copies the weights of Keras' and keras-nlp's layers into ours."""

import keras
import keras_nlp

from tfplay.layers import DecoderBlock, EncoderBlock, MultiHeadAttention


def copy_weights(reference: keras.Layer, ours: keras.Layer) -> None:
    """Copies weight by weight; Keras keeps a head axis where we keep a matrix."""
    pairs = zip(reference.get_weights(), ours.weights, strict=True)
    ours.set_weights([weight.reshape(own.shape) for weight, own in pairs])


def copy_attention(reference: keras.layers.MultiHeadAttention, ours: MultiHeadAttention) -> None:
    copy_weights(reference._query_dense, ours.query_dense)
    copy_weights(reference._key_dense, ours.key_dense)
    copy_weights(reference._value_dense, ours.value_dense)
    copy_weights(reference._output_dense, ours.output_dense)


def copy_encoder_block(reference: keras_nlp.layers.TransformerEncoder, ours: EncoderBlock) -> None:
    copy_attention(reference._self_attention_layer, ours.self_attention)
    copy_weights(reference._self_attention_layer_norm, ours.self_attention_residual.norm)
    copy_weights(reference._feedforward_intermediate_dense, ours.feed_forward.up_dense)
    copy_weights(reference._feedforward_output_dense, ours.feed_forward.down_dense)
    copy_weights(reference._feedforward_layer_norm, ours.feed_forward_residual.norm)


def copy_decoder_block(reference: keras_nlp.layers.TransformerDecoder, ours: DecoderBlock) -> None:
    copy_encoder_block(reference, ours)
    if ours.use_cross_attention:
        copy_attention(reference._cross_attention_layer, ours.cross_attention)
        copy_weights(reference._cross_attention_layer_norm, ours.cross_attention_residual.norm)
