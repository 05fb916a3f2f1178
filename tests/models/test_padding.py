"""Padding is not there."""

import numpy as np
import pytest

from tests.layers.samples import BATCH, TARGET, random_ids
from tests.models.samples import MODERN, tiny_inputs, tiny_model
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
