import numpy as np
import pytest

from tests.layers.samples import HIDDEN, random_array, random_ids
from tests.models.samples import POSITIONS, tiny_model
from tfplay.explain import input_parts, token_map, trace_arrays


@pytest.mark.parametrize(
    "changes",
    [*POSITIONS.values(), {"num_segments": 2}, {"scale_embeddings": True}, {"position": "none"}],
)
def test_the_parts_add_up_to_what_enters_the_first_block(changes):
    model = tiny_model("encoder-only", **changes)
    ids, segments = random_ids(5), np.array([0, 0, 1, 1, 1])
    parts = input_parts(model, ids, segments)
    inputs = {"token_ids": ids[None], "segment_ids": segments[None]}
    entering = trace_arrays(model, inputs).encoder.blocks[0].residual_before[0]
    np.testing.assert_allclose(parts.total, entering, atol=1e-5)
    scale = HIDDEN**0.5 if "scale_embeddings" in changes else 1
    np.testing.assert_allclose(
        parts.token, np.asarray(model.token_embeddings)[ids] * scale, rtol=1e-6
    )
    assert (parts.segment is None) == ("num_segments" not in changes)
    assert (parts.position is None) == (changes.get("position") in ("rotary", "none"))


def test_a_map_keeps_groups_together_and_is_the_same_each_time():
    groups = np.repeat(np.eye(3, 7), 11, axis=0) + random_array(33, 7) / 50
    for method in ("pca", "tsne"):
        points = token_map(groups, method, 2)
        assert points.shape == (33, 2)
        np.testing.assert_array_equal(points, token_map(groups, method, 2))
        apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
        np.fill_diagonal(apart, np.inf)
        np.testing.assert_array_equal(apart.argmin(axis=1) // 11, np.arange(33) // 11)
    assert token_map(groups, "pca", 3).shape == (33, 3)
