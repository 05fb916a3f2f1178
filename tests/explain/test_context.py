import numpy as np
import pytest

from tests.layers.samples import BATCH, SOURCE, TARGET, VOCABULARY, random_ids
from tests.models.samples import tiny_model
from tfplay.explain import context_bands, mean_and_error, token_losses


def test_losses_are_minus_the_log_of_the_softmax_at_the_label():
    model = tiny_model("decoder-only")
    inputs, labels = {"token_ids": random_ids(BATCH, TARGET)}, random_ids(BATCH, TARGET, seed=1)
    labels[0, 2] = -1
    losses = token_losses(model, inputs, labels)
    logits = np.asarray(model(inputs), dtype="float64")
    for (row, position), label in np.ndenumerate(labels):
        if label < 0:
            assert np.isnan(losses[row, position])
            continue
        shifted = logits[row, position] - logits[row, position].max()
        expected = np.log(np.exp(shifted).sum()) - shifted[label]
        assert losses[row, position] == pytest.approx(expected, abs=1e-4)


def test_a_translators_decoder_is_judged_too():
    inputs = {
        "encoder_token_ids": random_ids(BATCH, SOURCE),
        "decoder_token_ids": random_ids(BATCH, TARGET),
    }
    losses = token_losses(tiny_model("encoder-decoder"), inputs, random_ids(BATCH, TARGET))
    assert losses.shape == (BATCH, TARGET)
    assert (losses > 0).all()


@pytest.mark.parametrize("longest", [1, 2, 3, 16, 61])
def test_bands_hold_every_position_once(longest):
    bands = context_bands(longest)
    held = [position for band in bands for position in range(longest)[band.positions]]
    assert held == list(range(longest))
    assert bands[0].name == "1"


def test_a_mean_leaves_out_what_is_no_number_and_tells_how_sure_it_is():
    random = np.random.default_rng(0)
    losses = random.normal(3, 2, size=(100, 100))
    losses[losses > 6] = np.nan
    known = losses[~np.isnan(losses)]
    mean, error = mean_and_error(losses)
    assert mean == pytest.approx(known.mean())
    assert error == pytest.approx(known.std() / np.sqrt(len(known)))
    assert np.isnan(mean_and_error(np.full((2, 3), np.nan))).all()


def test_the_vocabulary_is_the_loss_of_knowing_nothing():
    model = tiny_model("decoder-only")
    model.token_embeddings.assign(np.zeros(model.token_embeddings.shape))  # tied: logits of 0
    losses = token_losses(
        model, {"token_ids": random_ids(BATCH, TARGET)}, random_ids(BATCH, TARGET)
    )
    np.testing.assert_allclose(losses, np.log(VOCABULARY), rtol=1e-5)
