import numpy as np
import pytest
from sklearn.decomposition import PCA

from tests.layers.samples import HIDDEN, VOCABULARY, random_array
from tests.models.samples import tiny_model
from tfplay.explain import main_axes, position_vectors, token_vectors


def test_axes_are_those_of_scikit_learn():
    vectors = random_array(17, 5) * np.array([1, 2, 3, 4, 5])
    axes, reference = main_axes(vectors), PCA(2).fit(vectors)
    points, expected = axes.project(vectors), reference.transform(vectors)
    np.testing.assert_allclose(np.abs(points), np.abs(expected), atol=1e-4)  # signs are free
    share = axes.share_of_variance(vectors)
    assert share == pytest.approx(reference.explained_variance_ratio_.sum(), abs=1e-5)


def test_other_vectors_are_seen_along_the_same_axes():
    axes = main_axes(random_array(17, 5))
    shifted = random_array(17, 5) + axes.axes[0]
    difference = axes.project(shifted) - axes.project(random_array(17, 5))
    np.testing.assert_allclose(difference, np.tile([1, 0], (17, 1)), atol=1e-5)


def test_vectors_on_a_line_are_shown_whole():
    line = np.outer(np.arange(7), random_array(5))
    assert main_axes(line).share_of_variance(line) == pytest.approx(1)


def test_vectors_of_a_model_are_its_embedding_matrices():
    model = tiny_model("decoder-only")
    assert token_vectors(model).shape == (VOCABULARY, HIDDEN)
    assert position_vectors(model).shape == (13, HIDDEN)
    np.testing.assert_array_equal(token_vectors(model), np.asarray(model.token_embeddings))
    assert position_vectors(tiny_model("decoder-only", position="sinusoidal")) is None
