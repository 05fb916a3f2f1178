import numpy as np

from tests.layers.samples import HIDDEN, random_array, random_ids
from tests.models.samples import tiny_model
from tfplay.explain import cosines_by_layer, layer_names, layer_vectors, token_vectors, trace_arrays


def test_a_words_vector_is_the_mean_of_its_tokens_at_each_layer():
    model = tiny_model("decoder-only")
    ids = random_ids(2, 5)
    stack = trace_arrays(model, {"token_ids": ids}).decoder
    static = token_vectors(model)[ids[1]]
    vectors = layer_vectors(stack, static, [2, 3], example=1)
    assert vectors.shape == (len(layer_names(2)), HIDDEN)
    np.testing.assert_allclose(vectors[0], static[[2, 3]].mean(axis=0))
    np.testing.assert_allclose(vectors[1], stack.embeddings[1, 2:4].mean(axis=0))
    np.testing.assert_allclose(vectors[-1], stack.blocks[-1].residual_after[1, 2:4].mean(axis=0))


def test_cosines_are_means_over_pairs_of_different_occurrences():
    first, second = random_array(3, 2, 5), random_array(2, 2, 5, seed=1)

    def cosine(a, b):
        return a @ b / np.sqrt((a @ a) * (b @ b))

    across = [np.mean([cosine(a[i], b[i]) for a in first for b in second]) for i in range(2)]
    np.testing.assert_allclose(cosines_by_layer(first, second), across, atol=1e-6)
    pairs = [(0, 1), (0, 2), (1, 2)]
    within = [np.mean([cosine(first[a, i], first[b, i]) for a, b in pairs]) for i in range(2)]
    np.testing.assert_allclose(cosines_by_layer(first, first), within, atol=1e-6)
