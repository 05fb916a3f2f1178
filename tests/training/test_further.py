"""Weights copied from another model, and only some of them learning."""

from dataclasses import replace

import numpy as np
import pytest

from tests.training.samples import HIDDEN, MODEL, TARGET, TRAINING, VOCABULARY, Counting
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.recipes import Start
from tfplay.training import (
    build_for_training,
    copy_weights,
    let_head_learn,
    let_last_blocks_learn,
    let_low_rank_change_learn,
    merged,
    put_body,
    train,
)

CLASSIFIER = ModelConfig(
    "encoder-only",
    vocabulary_size=VOCABULARY,
    max_sequence_length=TARGET,
    num_layers=2,
    hidden_dim=HIDDEN,
    num_heads=1,
    head="classification",
    num_classes=3,
)
TOKEN_IDS = np.arange(2 * TARGET).reshape(2, TARGET) % VOCABULARY


def arrays(model):
    return {weight.path: weight.numpy() for weight in model.weights}


def count_learning(model):
    return sum(weight.numpy().size for weight in model.trainable_weights)


def differing(before, after):
    return {path for path in before if not np.array_equal(before[path], after[path])}


def with_weights(config, weights):
    model = build_for_training(config, TRAINING)
    for weight in model.weights:
        weight.assign(weights[weight.path])
    return model


@pytest.mark.parametrize("keeps_head", [True, False])
def test_the_body_is_copied_and_the_head_only_if_it_is_the_same(keeps_head):
    base = build_for_training(CLASSIFIER, replace(TRAINING, seed=1))
    model = build_for_training(CLASSIFIER, TRAINING)
    drawn = arrays(model)
    copy_weights(model, base, keeps_head)
    body = {path for path in drawn if not path.startswith("classification/")}
    assert body & differing(arrays(base), arrays(model)) == set()
    head = {path for path in drawn if path.startswith("classification/") and "kernel" in path}
    assert differing(drawn, arrays(model)) >= body & {path for path in drawn if "kernel" in path}
    assert (head & differing(drawn, arrays(model)) == head) == keeps_head


def test_a_shorter_context_keeps_the_first_positions():
    base = build_for_training(CLASSIFIER, TRAINING)
    model = build_for_training(replace(CLASSIFIER, max_sequence_length=3), TRAINING)
    copy_weights(model, base, keeps_head=True)
    np.testing.assert_allclose(
        model(TOKEN_IDS[:, :3]), base(TOKEN_IDS[:, :3]), rtol=1e-5, atol=1e-6
    )


def test_the_body_goes_back_with_low_rank_changes_added_and_the_old_head_stays():
    base = build_for_training(CLASSIFIER, replace(TRAINING, seed=1))
    config = replace(CLASSIFIER, max_sequence_length=3, num_classes=2)
    model = build_for_training(config, TRAINING)
    let_low_rank_change_learn(model, 2, ("query",))
    for weight in model.trainable_weights:
        weight.assign(np.full(weight.shape, 0.1))
    before, learned = arrays(base), merged(arrays(model))
    put_body(base, model)
    after = arrays(base)
    for path, array in after.items():
        if path.startswith("classification/"):
            np.testing.assert_array_equal(array, before[path])
        elif "position" in path:
            np.testing.assert_array_equal(array, [*learned[path], *before[path][3:]])
        else:
            np.testing.assert_array_equal(array, learned[path])


def test_a_model_that_is_made_differently_is_refused():
    base = build_for_training(replace(CLASSIFIER, num_layers=1), TRAINING)
    with pytest.raises(InputError, match=r"no weight encoder_block_1/"):
        copy_weights(build_for_training(CLASSIFIER, TRAINING), base, keeps_head=True)


def test_frozen_weights_stay_bit_by_bit(uncompiled):
    config = replace(MODEL, num_layers=2)
    model = build_for_training(config, TRAINING)
    before = arrays(model)
    let_last_blocks_learn(model, 1)
    train(model, Counting(), TRAINING)
    changed = differing(before, arrays(model))
    assert changed
    assert all(path.startswith(("decoder_block_1/", "final_norm/")) for path in changed)
    assert count_learning(model) == sum(
        array.size
        for path, array in before.items()
        if path.startswith(("decoder_block_1/", "final_norm/"))
    )


def test_only_the_head_learns():
    model = build_for_training(CLASSIFIER, TRAINING)
    let_head_learn(model)
    assert {weight.path.split("/")[0] for weight in model.trainable_weights} == {"classification"}
    assert count_learning(model) == HIDDEN * HIDDEN + HIDDEN + HIDDEN * 3 + 3


@pytest.mark.parametrize(
    "config",
    [
        CLASSIFIER,
        replace(MODEL, activation="swiglu", normalization="rms_norm", use_bias=False),
        replace(MODEL, architecture="encoder-decoder", num_layers=2, tie_embeddings=False),
    ],
)
@pytest.mark.parametrize(
    ("learns", "freeze"),
    [
        ("all", lambda model: None),
        ("last_blocks", lambda model: let_last_blocks_learn(model, 1)),
        ("head", let_head_learn),
        ("lora", lambda model: let_low_rank_change_learn(model, 2, ("key", "output", "up"))),
    ],
)
def test_what_learns_is_counted_before_there_is_a_model(config, learns, freeze):
    start = Start("base", config.to_json(), learns, 1, 2, ("key", "output", "up"))
    model = build_for_training(config, TRAINING)
    freeze(model)
    assert start.count_learning(config) == count_learning(model)


def test_a_low_rank_change_begins_as_none_and_added_to_its_matrices_answers_the_same(uncompiled):
    model = build_for_training(replace(MODEL, dropout=0.0), TRAINING)
    before, answers = arrays(model), np.asarray(model(TOKEN_IDS))
    let_low_rank_change_learn(model, 2, ("query", "value"))
    assert count_learning(model) == 2 * 2 * 2 * HIDDEN
    np.testing.assert_array_equal(model(TOKEN_IDS), answers)

    train(model, Counting(), TRAINING)
    assert differing(before, arrays(model)) == set()
    plain = merged(arrays(model))
    assert plain.keys() == before.keys()
    assert {path.split("/")[-2] for path in differing(before, plain)} == {"query", "value"}
    again = with_weights(model.config, plain)
    np.testing.assert_allclose(again(TOKEN_IDS), model(TOKEN_IDS), rtol=1e-4, atol=1e-5)
    assert not np.allclose(model(TOKEN_IDS), answers)


def test_matrices_that_a_model_does_not_have_cannot_change():
    with pytest.raises(InputError, match="none of the matrices gate"):
        let_low_rank_change_learn(build_for_training(MODEL, TRAINING), 2, ("gate",))
