"""Ids of any type are looked up; one that the table does not have is never another's vector."""

import keras
import numpy as np
import pytest
from keras import ops

from tests.layers.samples import HIDDEN, VOCABULARY, random_array, random_ids
from tfplay.layers import LearnedPosition, SegmentEmbedding, TokenEmbedding

IDS = random_ids(2, 5)
BEYOND = [VOCABULARY, VOCABULARY + 1000, -1]


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "int64", "float32"])
def test_ids_of_any_type_mean_the_same(dtype, policy):
    layer = TokenEmbedding(VOCABULARY, HIDDEN, dtype=policy)
    vectors = layer(IDS.astype(dtype))
    assert keras.backend.standardize_dtype(vectors.dtype) == layer.compute_dtype
    expected = ops.cast(ops.convert_to_numpy(layer.embeddings)[IDS], layer.compute_dtype)
    assert np.array_equal(ops.cast(vectors, "float32"), ops.cast(expected, "float32"))


# Without an input of its own type, a Sequential casts its input to the type of its first layer:
# bfloat16 has no 1001, neither for us nor for keras.layers.Embedding.
@pytest.mark.parametrize(
    ("policy", "first"),
    [("float32", []), ("mixed_bfloat16", [keras.Input((None,), dtype="int32")])],
)
def test_an_embedding_may_stand_first_in_a_sequential_model(policy, first):
    embedding = TokenEmbedding(1009, HIDDEN, dtype=policy)
    model = keras.Sequential([*first, embedding, keras.layers.Dense(2, dtype=policy)])
    ids = np.array([[1000, 1001], [3, 255]])
    expected = model.layers[1](embedding(ids))
    for outputs in (model(ids), model.predict(ids, verbose=0), model(ids.astype("float32"))):
        assert np.array_equal(ops.cast(outputs, "float32"), ops.cast(expected, "float32"))


@pytest.mark.parametrize("beyond", BEYOND)
def test_an_id_beyond_the_vocabulary_is_refused(beyond):
    ids = IDS.copy()
    ids[1, 2] = beyond
    with pytest.raises(ValueError, match=f"There is no token id {beyond}; they go from 0 to 40"):
        TokenEmbedding(VOCABULARY, HIDDEN)(ids)


@pytest.mark.parametrize("beyond", BEYOND)
def test_compiled_code_answers_an_id_beyond_the_vocabulary_with_no_number(beyond):
    layer = TokenEmbedding(VOCABULARY, HIDDEN)
    ids = IDS.copy()
    ids[1, 2] = beyond
    model = keras.Sequential([layer])
    for jit_compile in (True, False):
        model.compile(jit_compile=jit_compile)
        is_nan = np.isnan(model.predict(ids, verbose=0))
        assert np.array_equal(is_nan.any(axis=-1), ids == beyond)
        assert np.array_equal(is_nan.all(axis=-1), ids == beyond)


def test_segments_and_positions_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="There is no segment id -1; they go from 0 to 1"):
        SegmentEmbedding(2, HIDDEN)(np.array([[0, -1]]))
    x = random_array(2, 5, HIDDEN)
    with pytest.raises(ValueError, match="The sequence has 5 tokens; there are positions for 3"):
        LearnedPosition(3)(x)
    with pytest.raises(ValueError, match="There is no position 7; they go from 0 to 6"):
        LearnedPosition(7)(x, start_index=3)
