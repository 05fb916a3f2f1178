"""Padding is not there, wherever it stands."""

import keras
import numpy as np
import pytest

from tests.layers.samples import BATCH, TARGET, random_ids
from tests.models.samples import MODERN, POSITIONS, tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES

Arrays = dict[str, np.ndarray]


def padded(inputs: Arrays) -> Arrays:
    """The same sequences with three more tokens of any kind, and the masks that hide those."""
    longer = {}
    for name, token_ids in inputs.items():
        rest = random_ids(BATCH, 3, seed=5)
        longer[name] = np.concatenate([token_ids, rest], axis=1)
        mask = np.concatenate([np.ones_like(token_ids), np.zeros_like(rest)], axis=1)
        longer[name.replace("token_ids", "padding_mask")] = mask.astype(bool)
    return longer


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("options", [{}, MODERN], ids=["plain", "modern"])
def test_padding_never_changes_the_outputs_of_real_tokens(architecture, options):
    model, inputs = tiny_model(architecture, **options), tiny_inputs(architecture)
    outputs = np.asarray(model(padded(inputs)))[:, :TARGET]
    np.testing.assert_allclose(outputs, model(inputs), atol=1e-5)


@pytest.mark.parametrize("architecture", ["encoder-only", "encoder-decoder"])
def test_without_its_mask_padding_counts(architecture):
    model, inputs = tiny_model(architecture), tiny_inputs(architecture)
    unmasked = {name: x for name, x in padded(inputs).items() if "mask" not in name}
    outputs = np.asarray(model(unmasked))[:, :TARGET]
    assert np.abs(outputs - model(inputs)).max() > 1e-2


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_sequence_of_nothing_but_padding_gives_numbers(architecture):
    inputs = {
        name: np.zeros_like(x) if "mask" in name else x
        for name, x in padded(tiny_inputs(architecture)).items()
    }
    assert np.all(np.isfinite(tiny_model(architecture)(inputs)))


def spread(inputs: Arrays, places: dict[int, list[int]], length: int) -> Arrays:
    """The same sequences, longer: their tokens in these places, by how many a sequence has."""
    longer = {}
    for name, token_ids in inputs.items():
        where = places[token_ids.shape[1]]
        ids, mask = random_ids(BATCH, length, seed=5), np.zeros((BATCH, length), bool)
        ids[:, where], mask[:, where] = token_ids, True
        longer[name] = ids
        longer[name.replace("token_ids", "padding_mask")] = mask
    return longer


PLACES = {
    "left": {5: [6, 7, 8, 9, 10], 7: [4, 5, 6, 7, 8, 9, 10]},
    "both sides": {5: [2, 3, 4, 5, 6], 7: [1, 2, 3, 4, 5, 6, 7]},
    "holes": {5: [1, 2, 5, 7, 9], 7: [0, 2, 3, 4, 7, 8, 10]},
}
KINDS = {
    **{f"decoder-only, {name}": ("decoder-only", options) for name, options in POSITIONS.items()},
    "encoder-only": ("encoder-only", {}),
    "encoder-only, modern": ("encoder-only", MODERN),
    "encoder-decoder": ("encoder-decoder", {}),
    "encoder-decoder, modern": ("encoder-decoder", MODERN),
}
HEADS = {
    f"{architecture}, {pooling}": (
        architecture,
        {"head": "classification", "num_classes": 3, "pooling": pooling},
    )
    for architecture in ("encoder-only", "decoder-only")
    for pooling in ("first", "last", "mean", "max")
}


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_tokens_answer_the_same_wherever_the_padding_stands(kind, places):
    architecture, options = kind
    model, inputs = tiny_model(architecture, **options), tiny_inputs(architecture)
    padded_inputs = spread(inputs, places, length=11)
    expected = model(inputs)
    for outputs in (model(padded_inputs), model.trace(padded_inputs).logits):
        outputs = keras.ops.convert_to_numpy(outputs)[:, places[TARGET]]
        np.testing.assert_allclose(outputs, expected, atol=1e-5)


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("kind", HEADS.values(), ids=HEADS)
def test_a_text_is_of_the_same_class_wherever_the_padding_stands(kind, places):
    architecture, options = kind
    model, inputs = tiny_model(architecture, **options), tiny_inputs(architecture)
    padded_inputs = spread(inputs, places, length=11)
    expected = model(inputs)
    np.testing.assert_allclose(model(padded_inputs), expected, atol=1e-5)
    as_numbers = {name: array.astype("int32") for name, array in padded_inputs.items()}
    np.testing.assert_allclose(model(as_numbers), expected, atol=1e-5)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_padding_mask_of_another_length_is_refused(architecture):
    inputs = tiny_inputs(architecture, padded=True)
    name = next(name for name in inputs if "mask" in name)
    inputs[name] = inputs[name][:, :-1]
    with pytest.raises(ValueError, match=r"padding_mask has shape \(2, \d\); it must have"):
        tiny_model(architecture)(inputs)
