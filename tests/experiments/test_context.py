"""What snapshots predict, by how much there is to look at; and what came with TFPlay of it."""

import json

import numpy as np
import pytest

from tfplay.errors import InputError
from tfplay.experiments.context import (
    MOST_TOKENS,
    ContextMeasures,
    context_measures,
    measures_path,
    shipped_context,
)
from tfplay.store import open_model
from tfplay.tasks import TASKS, validation_sample
from tfplay.zoo.entries import zoo_model
from tfplay.zoo.training import make_recipe, write_examples

RANDOM = np.random.default_rng(0)


def losses(*by_position: float) -> np.ndarray:
    """(B, T) with these means and a little noise."""
    return (np.array(by_position) + 0.01 * RANDOM.standard_normal((50, 8))).astype("float32")


FLAT = losses(*[3.0] * 8)
FALLING = losses(3, 2.5, 2, 2, 1, 1, 1, 1)
COUNTED = {"unigram": FLAT, "bigram": FLAT - 1, "trigram": FLAT - 1.5}


def measured(*by_snapshot: np.ndarray) -> ContextMeasures:
    return context_measures(dict(enumerate(by_snapshot)), COUNTED, 20)


def test_means_and_bands_are_those_of_the_losses():
    found = measured(FLAT, FALLING)
    assert found.bands == ["1", "2", "3–4", "5–8"]
    assert found.means[1] == pytest.approx(FALLING.mean(), abs=1e-4)
    assert found.losses[1][2] == pytest.approx(FALLING[:, 2:4].mean(), abs=1e-4)
    assert found.counted["bigram"] == pytest.approx([2.0] * 4, abs=0.01)
    assert found.num_tokens == 400


def test_context_helps_only_where_the_loss_surely_falls():
    found = measured(FLAT, FALLING)
    assert found.helping[0] > 0 > found.helping[1]
    assert found.furthest == "5–8"
    assert measured(FALLING, FLAT).furthest is None


def test_what_is_missing_is_left_out():
    gaps = FALLING.copy()
    gaps[:, 4:] = np.nan
    found = measured(gaps, gaps)
    assert found.bands == ["1", "2", "3–4"]
    assert found.num_tokens == 200


def test_they_are_read_as_they_were_kept():
    found = measured(FLAT, FALLING)
    kept = json.loads(json.dumps(found.to_json()))
    assert ContextMeasures.from_json(kept) == found
    with pytest.raises(InputError, match="format 0"):
        ContextMeasures.from_json(kept | {"format": 0})


def test_what_came_with_it_is_of_the_shipped_snapshots():
    model = open_model("learning")
    found = shipped_context(model)
    assert list(found.means) == model.steps()
    assert found.vocabulary_size == model.config.vocabulary_size
    assert measures_path(model).stat().st_size < 20_000


def test_a_shipped_loss_is_what_its_snapshot_has(tmp_path):
    """Computed once more, by Keras' own loss."""
    from keras.losses import SparseCategoricalCrossentropy

    model, entry = open_model("learning"), zoo_model("learning")
    examples = TASKS[model.task].read(write_examples(entry, tmp_path))
    data = TASKS[model.task].prepare(examples, **make_recipe(entry).data_settings())
    network, total, count = model.at(model.steps()[-1]).load().model, 0.0, 0
    for batch in validation_sample(data, MOST_TOKENS):
        is_asked = batch.labels >= 0
        logits = np.asarray(network(batch.inputs))[is_asked]
        loss = SparseCategoricalCrossentropy(from_logits=True)(batch.labels[is_asked], logits)
        total, count = total + is_asked.sum() * float(loss), count + is_asked.sum()
    found = shipped_context(model)
    assert found.num_tokens == count
    assert list(found.means.values())[-1] == pytest.approx(total / count, abs=1e-4)
