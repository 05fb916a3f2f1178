import numpy as np
import pytest

from tfplay.figures import gradient_map, metric_chart


def rows(norms_of_parts, steps=1000):
    return [
        {"step": step, "loss": 1 / step, "gradient_norms": norms_of_parts}
        for step in range(1, steps + 1)
    ]


def test_a_gradient_map_has_a_row_for_each_part_and_not_too_many_columns():
    figure = gradient_map(rows({"embeddings": 1e-5, "decoder_block_0": 0.1, "head": 10.0}))
    [heatmap] = figure.data
    assert heatmap.y == ("embeddings", "decoder 1", "head")
    assert len(heatmap.x) <= 150
    assert heatmap.x[-1] == 1000
    np.testing.assert_allclose(np.array(heatmap.z)[:, 0], [-5, -1, 1])
    assert (heatmap.zmin, heatmap.zmax) == (-5, 1)


def test_small_differences_do_not_look_large():
    [heatmap] = gradient_map(rows({"embeddings": 0.2, "head": 0.3}, steps=1)).data
    assert heatmap.zmax - heatmap.zmin >= 3


@pytest.mark.parametrize("norm", [0.0, float("nan"), float("inf")])
def test_a_norm_without_logarithm_is_a_gap(norm):
    [heatmap] = gradient_map(rows({"embeddings": norm, "head": 0.3}, steps=2)).data
    assert np.isnan(np.array(heatmap.z, dtype=float)[0]).all()
    assert np.isfinite(np.array(heatmap.z, dtype=float)[1]).all()


def test_a_metric_is_drawn_where_it_was_measured_up_to_the_newest():
    metrics = rows({}, steps=2999)
    metrics[-1]["validation_loss"] = 2.0
    figure = metric_chart(metrics, {"training": "loss", "validation": "validation_loss"})
    training, validation = figure.data
    assert len(training.x) <= 500
    assert training.x[-1] == 2999
    assert (validation.x, validation.y) == ((2999,), (2.0,))
    assert validation.mode == "lines+markers"
