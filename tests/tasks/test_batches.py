from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.trained_runs import DATA
from tfplay.recipes import default_recipe
from tfplay.tasks import IGNORED, TASKS, Batch
from tfplay.tasks.batches import bucket_length, in_batches, pad


@given(num_examples=st.integers(1, 23), batch_size=st.integers(1, 29))
def test_batches_have_one_size_and_count_every_example_once(num_examples, batch_size):
    ids = np.arange(num_examples)[:, None] * np.ones(3, dtype=int)
    batches = list(in_batches(Batch({"token_ids": ids}, ids.copy()), batch_size))
    assert {batch.labels.shape for batch in batches} == {(batch_size, 3)}
    labels = np.concatenate([batch.labels for batch in batches])
    inputs = np.concatenate([batch.inputs["token_ids"] for batch in batches])
    counted = labels != IGNORED
    np.testing.assert_array_equal(labels[counted], inputs[counted])
    np.testing.assert_array_equal(labels[counted].reshape(-1, 3), ids)


def test_no_examples_make_no_batch():
    assert list(in_batches(Batch({}, np.zeros((0, 5))), 3)) == []


def test_ignored_labels_do_not_count():
    assert Batch({}, np.array([[4, 0, IGNORED], [IGNORED, 7, IGNORED]])).num_labels == 3


def test_sequences_are_padded_on_the_right():
    np.testing.assert_array_equal(
        pad([[5], [], [6, 7]], 3, value=9), [[5, 9, 9], [9] * 3, [6, 7, 9]]
    )


@given(length=st.integers(1, 600), longest=st.integers(1, 600))
def test_buckets_hold_the_sequence_and_are_few(length, longest):
    length = min(length, longest)
    assert length <= bucket_length(length, longest) <= longest
    lengths = {bucket_length(each, longest) for each in range(1, longest + 1)}
    assert len(lengths) <= 12  # 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, longest


@pytest.mark.parametrize("task", DATA)
def test_a_training_that_goes_on_sees_the_batches_that_it_would_have_seen(task, tmp_path):
    name, content = DATA[task]
    (tmp_path / name).write_text(content, encoding="utf-8")
    settings = default_recipe(task, name, "tiny").data_settings()
    data = TASKS[task].prepare(TASKS[task].read(tmp_path / name), **settings)
    straight = list(islice(data.training_batches(13, seed=5), 23))
    for first in (0, 1, 11, 22):
        later = islice(data.training_batches(13, 5, first), 23 - first)
        for batch, expected in zip(later, straight[first:], strict=True):
            np.testing.assert_array_equal(batch.labels, expected.labels)
            assert batch.inputs.keys() == expected.inputs.keys()
            for name, array in batch.inputs.items():
                np.testing.assert_array_equal(array, expected.inputs[name])
