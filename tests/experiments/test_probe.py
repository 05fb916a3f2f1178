"""What a probe tells of models that are known through and through."""

import math
from dataclasses import replace

import keras
import numpy as np
import pytest

from tests.models.samples import tiny_inputs, tiny_model
from tfplay.experiments.probe import attention_entropy, frequency_loss, probe_model
from tfplay.models import build_model
from tfplay.tasks import Batch

LENGTH, VOCABULARY = 8, 11


class Copying(keras.Model):
    """Believes that the next token is the one that the input has next, or if there is none, any."""

    def __init__(self, config):
        super().__init__()
        self.model = build_model(config)
        self.config = config

    def trace(self, inputs):
        return self.model.trace(inputs)

    def call(self, inputs):
        token_ids = inputs["token_ids"]
        following = keras.ops.one_hot(token_ids[:, 1:], VOCABULARY) * 30
        return keras.ops.pad(following, ((0, 0), (0, 1), (0, 0)))


def language_batch() -> Batch:
    tokens = np.random.default_rng(0).integers(VOCABULARY, size=(5, LENGTH + 1), dtype="int32")
    return Batch({"token_ids": tokens[:, :-1]}, tokens[:, 1:])


def model_config(**changes):
    config = {"vocabulary_size": VOCABULARY, "max_sequence_length": LENGTH, "num_heads": 3}
    return tiny_model("decoder-only", **config | changes).config


def test_who_copies_the_next_token_knows_nothing_where_it_is_hidden():
    probe = probe_model(Copying(model_config(use_causal_mask=False)), [language_batch()])
    assert probe.hidden_loss == pytest.approx(math.log(VOCABULARY))
    assert probe.seen_loss < 0.5  # of the same tokens, all but the last of which it sees


@pytest.mark.parametrize("architecture", ["encoder-decoder", "decoder-only"])
def test_behind_a_causal_mask_it_makes_no_difference_what_follows(architecture):
    model, inputs = tiny_model(architecture), tiny_inputs(architecture, padded=True)
    name = "decoder_token_ids" if architecture == "encoder-decoder" else "token_ids"
    batch = Batch(inputs, np.roll(inputs[name], -1, axis=1))
    hidden, seen = probe_model(model, [batch])[-2:]
    assert hidden == seen
    model.config = replace(model.config, use_causal_mask=False)  # said, though it has the mask
    assert probe_model(model, [batch]).hidden_loss == pytest.approx(hidden, abs=1e-4)


def test_an_encoder_has_no_next_token():
    inputs = tiny_inputs("encoder-only", padded=True)
    batch = Batch(inputs, inputs["token_ids"])
    assert probe_model(tiny_model("encoder-only"), [batch])[-2:] == (None, None)


def test_heads_that_begin_alike_are_wholly_similar_and_others_are_not():
    batch = language_batch()
    alike, usual = (
        probe_model(build_model(model_config(identical_heads=switch)), [batch]).head_similarity
        for switch in (True, False)
    )
    assert alike == pytest.approx(1)
    assert usual < 0.99
    single = model_config(num_heads=1, num_kv_heads=1)
    assert probe_model(build_model(single), [batch]).head_similarity is None


def test_attention_without_scale_is_narrower():
    batch = [language_batch()]
    model = tiny_model("decoder-only", vocabulary_size=VOCABULARY)
    unscaled = tiny_model("decoder-only", vocabulary_size=VOCABULARY, scale_attention=False)
    assert attention_entropy(unscaled, batch) < attention_entropy(model, batch)


def test_frequencies_are_those_of_the_training_part():
    class Tossing:
        """A coin that falls on 1 three times as often as on 0."""

        def training_batches(self, batch_size, seed):
            while True:
                yield Batch({}, np.tile(np.array([[0, 1, 1, 1, -1]], "int32"), (500, 1)))

    asked = [Batch({}, np.array([[1, 1, -1], [-1, 1, 1]], "int32"))]
    assert frequency_loss(Tossing(), asked) == pytest.approx(-math.log(0.75), abs=1e-3)
