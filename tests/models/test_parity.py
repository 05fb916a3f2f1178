"""Filled from keras-nlp's backbones, our models give their outputs."""

import keras_nlp
import numpy as np

from tests.layers.reference import copy_decoder_block, copy_encoder_block, copy_weights
from tests.layers.samples import (
    BATCH,
    HEADS,
    INTERMEDIATE,
    JOINED,
    TARGET,
    VOCABULARY,
    random_ids,
    randomize,
    some_padding,
)
from tfplay.config import ModelConfig
from tfplay.models import DecoderOnly, EncoderOnly

SIZES = {
    "vocabulary_size": VOCABULARY,
    "num_layers": 2,
    "num_heads": HEADS,
    "hidden_dim": JOINED,
    "intermediate_dim": INTERMEDIATE,
    "max_sequence_length": 13,
}
INPUTS = {"token_ids": random_ids(BATCH, TARGET), "padding_mask": some_padding(TARGET)}


def assert_equal(ours, reference) -> None:
    """The same at every real token; what stands at padding is read by nobody."""
    is_real = INPUTS["padding_mask"]
    ours, reference = np.asarray(ours)[is_real], np.asarray(reference)[is_real]
    np.testing.assert_allclose(ours, reference, rtol=0, atol=1e-4)


def test_decoder_only_equals_gpt2():
    reference = randomize(keras_nlp.models.GPT2Backbone(**SIZES))
    model = DecoderOnly(ModelConfig("decoder-only", **SIZES, activation="gelu_tanh"))
    copy_weights(reference.token_embedding, model.embeddings.token_embedding)
    copy_weights(reference.position_embedding, model.embeddings.position)
    for layer, block in zip(reference.transformer_layers, model.blocks, strict=True):
        copy_decoder_block(layer, block)
    copy_weights(reference.layer_norm, model.final_norm)

    vectors = reference(INPUTS)
    assert_equal(model.trace(INPUTS).decoder.output, vectors)
    assert_equal(model(INPUTS), reference.token_embedding(vectors, reverse=True))


def bert_pair(head: str) -> tuple[keras_nlp.models.BertBackbone, EncoderOnly]:
    """A random BertBackbone, and our own encoder with the same weights."""
    reference = randomize(keras_nlp.models.BertBackbone(**SIZES))
    config = ModelConfig(
        "encoder-only",
        **SIZES,
        num_segments=2,
        activation="gelu_tanh",  # keras-nlp's BERT; the published one has the exact gelu
        normalize_first=False,
        normalize_embeddings=True,
        norm_epsilon=1e-12,
        head=head,
        num_classes=3,
    )
    model = EncoderOnly(config)
    copy_weights(reference.token_embedding, model.embeddings.token_embedding)
    copy_weights(reference.position_embedding, model.embeddings.position)
    copy_weights(reference.segment_embedding, model.embeddings.segment_embedding)
    copy_weights(reference.embeddings_layer_norm, model.embeddings.norm)
    for layer, block in zip(reference.transformer_layers, model.blocks, strict=True):
        copy_encoder_block(layer, block)
    return reference, model


def test_encoder_only_equals_bert():
    reference, model = bert_pair(head="none")
    inputs = INPUTS | {"segment_ids": random_ids(BATCH, TARGET, below=2)}
    assert_equal(model(inputs), reference(inputs)["sequence_output"])


def test_classification_reads_the_pooled_output_of_bert():
    reference, model = bert_pair(head="classification")
    copy_weights(reference.pooled_dense, model.head.pooled_dense)
    randomize(model.head.output_dense)
    inputs = INPUTS | {"segment_ids": random_ids(BATCH, TARGET, below=2)}
    pooled = reference(inputs)["pooled_output"]
    logits = model.head.output_dense(pooled)
    np.testing.assert_allclose(model(inputs), logits, rtol=0, atol=1e-4)
