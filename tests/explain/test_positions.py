import numpy as np
import pytest

from tests.layers.samples import HIDDEN, random_array, random_ids
from tests.models.samples import POSITIONS, tiny_model
from tfplay.explain import (
    cosine_matrix,
    rotary_angles,
    rotary_similarity,
    similarity_by_distance,
    sinusoidal_positions,
    without_positions,
)
from tfplay.layers import RotaryPosition


def test_sinusoidal_positions_follow_the_formula():
    positions = sinusoidal_positions(7, 6)
    for place, value in np.ndindex(7, 6):
        angle = place / 10_000 ** (2 * (value // 2) / 6)
        expected = np.sin(angle) if value % 2 == 0 else np.cos(angle)
        assert positions[place, value] == pytest.approx(expected, abs=1e-6)


def test_rotary_similarity_is_the_product_of_turned_queries_and_keys():
    vectors = np.ones((1, 1, 13, 6), dtype="float32")
    turned = np.asarray(RotaryPosition()(vectors))[0, 0]
    expected = turned @ turned.T / 6
    similarity = rotary_similarity(rotary_angles(13, 6))
    for distance in range(13):
        np.testing.assert_allclose(np.diagonal(expected, distance), similarity[distance], atol=1e-5)


def test_similarity_by_distance_is_the_mean_cosine_of_such_pairs():
    vectors = random_array(7, 5)
    similarity = similarity_by_distance(vectors)
    pairs = [vectors[[place, place + 3]] for place in range(4)]
    cosines = [a @ b / np.sqrt((a @ a) * (b @ b)) for a, b in pairs]
    assert similarity[0] == pytest.approx(1)
    assert similarity[3] == pytest.approx(np.mean(cosines), abs=1e-6)
    np.testing.assert_allclose(cosine_matrix(vectors), cosine_matrix(vectors).T, atol=1e-6)


@pytest.mark.parametrize("position", POSITIONS)
def test_an_encoder_without_positions_does_not_mind_the_order(position: str):
    model = tiny_model("encoder-only", **POSITIONS[position])
    copy = without_positions(model)
    ids, order = random_ids(1, 7), [3, 0, 6, 2, 5, 1, 4]
    with_and_without = [
        [np.asarray(each(some_ids))[0] for some_ids in (ids, ids[:, order])]
        for each in (model, copy)
    ]
    (straight, shuffled), (straight_without, shuffled_without) = with_and_without
    np.testing.assert_allclose(shuffled_without, straight_without[order], atol=1e-5)
    assert np.abs(shuffled - straight[order]).max() > 0.01


def test_a_copy_without_positions_is_the_model_with_positions_of_zero():
    model = tiny_model("decoder-only")
    copy = without_positions(model)
    model.embeddings.position.position_embeddings.assign(np.zeros((13, HIDDEN)))
    ids = random_ids(2, 5)
    np.testing.assert_allclose(copy(ids), model(ids), atol=1e-6)
