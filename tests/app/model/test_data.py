"""What a run learned from, read once more."""

import numpy as np
import pytest

from tests.app.trained_runs import TEXT
from tfplay.app.model.data import data_of
from tfplay.errors import InputError
from tfplay.tasks import read_by_decoder, training_examples, validation_sample


def test_the_data_is_split_as_it_was_for_the_training(trained_runs):
    run = trained_runs["language-model"]
    data = data_of(run.model)
    told = run.status().result["data"]
    assert data.describe() == told
    cut = int(len(TEXT) * (1 - run.recipe.validation_fraction))
    assert data.validation == TEXT[cut:]


def test_a_vocabulary_that_is_not_the_models_is_told(own_runs):
    run = own_runs["language-model"]
    run.data_path.write_text("xyz " * 200)
    with pytest.raises(InputError, match="no longer what the model learned from"):
        data_of(run.model)


@pytest.mark.parametrize("task", ["language-model", "translation", "chat"])
def test_all_that_is_to_be_predicted_in_training_is_counted(trained_runs, task):
    data = data_of(trained_runs[task].model)
    batches = training_examples(data)
    assert all(read_by_decoder(batch).shape == batch.labels.shape for batch in batches)
    counted = sum(batch.num_labels for batch in batches)
    told = data.describe()
    assert counted == told.get("training_labels", told.get("training_tokens", 0) - 1)


@pytest.mark.parametrize("task", ["language-model", "answers"])
def test_a_sample_holds_every_example_at_most_once(trained_runs, task):
    data = data_of(trained_runs[task].model)
    rows = [
        ids.tobytes()
        for batch in validation_sample(data, 10**9)
        for ids in batch.inputs["token_ids"]
    ]
    whole = sum(
        int(((b.labels >= 0).reshape(16, -1).any(1)).sum()) for b in data.validation_batches(16)
    )
    assert len(rows) == whole
    few = validation_sample(data, 1)
    assert len(few) == 1
    assert np.isin([ids.tobytes() for ids in few[0].inputs["token_ids"]], rows).all()
