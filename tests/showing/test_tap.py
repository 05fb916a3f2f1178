"""The attention of foreign models is what their weights and masks make of the input."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from tests.layers.samples import HEADS, HIDDEN, SOURCE, TARGET, randomize
from tests.showing.samples import (
    GROUPS,
    cross_attending,
    grouped,
    multi_head,
    plain_scores,
    self_attending,
    sequence,
)
from tfplay.errors import InputError
from tfplay.layers import MultiHeadAttention
from tfplay.showing import tapped

EVERY, LOOKS_BACK = np.ones((TARGET, TARGET), bool), np.tri(TARGET, dtype=bool)
NEAR = abs(np.arange(TARGET)[:, None] - np.arange(TARGET)) < 2
GIVEN = np.random.default_rng(3).random((TARGET, TARGET)) < 0.5
GIVEN |= np.eye(TARGET, dtype=bool)
CAUSAL = {"use_causal_mask": True}

SELF_ATTENTION = {
    "no mask": (multi_head(), {}, EVERY),
    "causal": (multi_head(), CAUSAL, LOOKS_BACK),
    "causal, dropout": (multi_head(dropout=0.3), CAUSAL, LOOKS_BACK),
    "causal, scores asked for": (
        multi_head(),
        CAUSAL | {"return_attention_scores": True},
        LOOKS_BACK,
    ),
    "causal, flash": (multi_head(flash_attention=True), CAUSAL, LOOKS_BACK),
    "a given mask": (multi_head(), {"attention_mask": GIVEN[None]}, GIVEN),
    "a given mask, causal": (
        multi_head(),
        CAUSAL | {"attention_mask": GIVEN[None]},
        GIVEN & LOOKS_BACK,
    ),
    "sliding window": (multi_head(sliding_window=2), CAUSAL, NEAR & LOOKS_BACK),
    "gate": (multi_head(use_gate=True), {}, EVERY),
    "grouped": (grouped(), {}, EVERY),
    "grouped, causal": (grouped(), CAUSAL, LOOKS_BACK),
    "grouped, causal, dropout": (grouped(dropout=0.3), CAUSAL, LOOKS_BACK),
}


def calls_of(model, *inputs):
    with tapped(model) as calls:
        model(inputs[0] if len(inputs) == 1 else list(inputs), training=False)
    return calls


@pytest.mark.parametrize("case", SELF_ATTENTION)
def test_scores_are_those_of_a_plain_computation(case):
    layer, options, allowed = SELF_ATTENTION[case]
    model, x = self_attending(layer, **options), sequence()
    [call] = calls_of(model, x)
    np.testing.assert_allclose(call.scores[0], plain_scores(layer, x[0], x[0], allowed), atol=1e-5)
    np.testing.assert_allclose(call.scores.sum(axis=-1), 1, atol=1e-5)
    assert (np.broadcast_to(call.allowed, call.scores.shape) == allowed).all()
    assert not call.is_cross
    assert call.is_causal == ("causal" in case or case == "sliding window")


def test_cross_attention_is_told_from_self_attention():
    layer = multi_head()
    x, memory = sequence(), sequence(SOURCE, seed=2)
    [call] = calls_of(cross_attending(layer), x, memory)
    expected = plain_scores(layer, x[0], memory[0], np.ones((TARGET, SOURCE), bool))
    np.testing.assert_allclose(call.scores[0], expected, atol=1e-5)
    assert call.is_cross
    [same] = calls_of(self_attending(layer), x)
    assert not same.is_cross


def test_padding_that_keras_masks_gets_no_attention():
    x, layer = keras.Input((TARGET, HIDDEN)), multi_head()
    masked = layers.Masking()(x)
    model = randomize(keras.Model(x, layer(masked, masked)))
    padded = sequence()
    padded[:, -2:] = 0
    [call] = calls_of(model, padded)
    real = np.arange(TARGET) < TARGET - 2
    expected = plain_scores(layer, padded[0], padded[0], np.broadcast_to(real, (TARGET, TARGET)))
    np.testing.assert_allclose(call.scores[0][:, real], expected[:, real], atol=1e-5)
    assert call.allowed[0, 0].any(axis=0).tolist() == real.tolist()


def test_attention_over_two_axes_is_attention_between_all_positions():
    x, layer = keras.Input((3, 5, HIDDEN)), multi_head(attention_axes=(1, 2))
    model = randomize(keras.Model(x, layer(x, x)))
    [call] = calls_of(model, sequence(15).reshape(1, 3, 5, HIDDEN))
    expected = plain_scores(layer, *[sequence(15)[0]] * 2, np.ones((15, 15), bool))
    np.testing.assert_allclose(call.scores[0], expected, atol=1e-5)


@pytest.mark.parametrize("kind", [layers.Attention, layers.AdditiveAttention])
def test_attention_without_projections_is_tapped_too(kind):
    x = keras.Input((TARGET, HIDDEN))
    model = keras.Model(x, kind()([x, x], use_causal_mask=True))
    [call] = calls_of(model, sequence())
    assert call.scores.shape == (1, 1, TARGET, TARGET)
    assert call.is_causal and not call.is_cross
    np.testing.assert_allclose(call.scores.sum(axis=-1), 1, atol=1e-5)


def test_our_layer_within_a_foreign_model_tells_its_own_scores():
    layer, x = MultiHeadAttention(HEADS * GROUPS, 4, num_kv_heads=HEADS), sequence()
    [call] = calls_of(self_attending(layer, **CAUSAL), x)
    _, scores = layer(x, x, use_causal_mask=True, return_attention_scores=True)
    np.testing.assert_allclose(call.scores, scores, atol=1e-6)
    assert call.is_causal


class Nested(keras.Model):
    """Calls one layer twice, another in a model within it, and can fail on the way. Is built."""

    def __init__(self):
        super().__init__(name="nested")
        self.twice = multi_head(name="twice")
        x = keras.Input((None, HIDDEN))
        self.inner = keras.Model(x, grouped(name="inside")(x, x, use_causal_mask=True))
        self.fails = False
        self(sequence())

    def call(self, x):
        x = self.inner(self.twice(x, x, use_causal_mask=True))
        if self.fails:
            raise RuntimeError("in the middle")
        return self.twice(x, x)


def test_calls_come_in_order_and_a_layer_called_twice_is_there_twice():
    first, inner, second = calls_of(Nested(), sequence())
    assert first.layer.endswith("twice") and second.layer == f"{first.layer}, call 2"
    assert inner.kind == "GroupedQueryAttention"
    assert [call.is_causal for call in (first, inner, second)] == [True, True, False]
    assert not np.allclose(first.scores, second.scores)


@pytest.mark.parametrize("fails", [False, True])
def test_a_model_is_left_as_it_was_also_after_an_error(fails):
    model, x = Nested(), sequence()
    before_output = model(x)
    attending = [layer for layer in model._flatten_layers() if hasattr(layer, "_compute_attention")]
    before = [dict(vars(layer)) for layer in attending]
    model.fails = fails
    if fails:
        with pytest.raises(RuntimeError, match="in the middle"):
            calls_of(model, x)
    else:
        calls_of(model, x)
    assert [dict(vars(layer)) for layer in attending] == before
    model.fails = False
    np.testing.assert_array_equal(model(x), before_output)


def test_what_a_model_compiles_itself_is_tapped_too():
    class Compiled(Nested):
        call = tf.function(Nested.call)

    assert len(calls_of(Compiled(), sequence())) == 3
    assert not tf.config.functions_run_eagerly()


class OfAnotherKind(layers.MultiHeadAttention):
    """Attends to what is unlike."""

    def _compute_attention(self, query, key, value, *args, **options):
        return super()._compute_attention(-query, key, value, *args, **options)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (
            keras.Sequential([keras.Input((HIDDEN,)), layers.Dense(3)], name="plain"),
            "'plain' has no attention",
        ),
        (self_attending(OfAnotherKind(HEADS, 4)), "OfAnotherKind.* is not known"),
    ],
)
def test_what_is_not_understood_is_told_in_one_sentence(model, reason):
    with pytest.raises(InputError, match=reason) as told:
        calls_of(model, sequence()[:, 0] if len(model.input_shape) == 2 else sequence())
    assert "\n" not in str(told.value)


def test_the_attention_of_keras_hub_looks_back_only_where_its_models_do():
    from keras_hub import models

    sizes = {"vocabulary_size": 41, "num_layers": 2, "hidden_dim": 24, "intermediate_dim": 29}
    inputs = {"token_ids": np.arange(TARGET)[None], "padding_mask": np.ones((1, TARGET), bool)}
    causal = [
        models.GPT2Backbone(num_heads=3, **sizes),
        models.LlamaBackbone(num_query_heads=6, num_key_value_heads=3, **sizes),
    ]
    for model in causal:
        calls = calls_of(model, inputs)
        assert [call.is_causal for call in calls] == [True, True]
        assert np.triu(calls[0].scores, 1).max() == 0
    inputs |= {"segment_ids": np.zeros((1, TARGET), int)}
    calls = calls_of(models.BertBackbone(num_heads=3, **sizes), inputs)
    assert [call.is_causal for call in calls] == [False, False]
