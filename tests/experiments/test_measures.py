import math

import pytest

from tfplay.experiments.measures import early_gradient_norms, last_loss, shrinking


def line(step: int, **values) -> dict:
    return {"step": step, "loss": 1.0, "validation_loss": None} | values


def test_the_last_validation_counts():
    metrics = [line(1, validation_loss=3.0), line(2, validation_loss=2.0), line(3, loss=9.0)]
    assert last_loss(metrics) == 2.0


def test_without_validation_the_last_steps_count():
    assert last_loss([line(1, loss=9.0)] * 10 + [line(2, loss=2.0)] * 50) == 2.0
    assert last_loss([]) is None


def test_gradients_are_those_of_the_first_tenth_and_one_odd_step_does_not_count():
    early = [line(step, gradient_norms={"head": norm}) for step, norm in ((1, 3), (2, 4), (3, 99))]
    late = [line(500, gradient_norms={"head": 0.1})]
    assert early_gradient_norms(early + late, steps=1000) == {"head": 4}


def test_gradients_that_were_not_measured_are_left_out():
    assert early_gradient_norms([line(1)], steps=10) == {}


@pytest.mark.parametrize("norm", [math.nan, math.inf])
def test_a_step_whose_gradient_is_no_number_is_left_out(norm):
    metrics = [
        line(1, gradient_norms={"embeddings": 1.0, "head": 3.0}),
        line(2, gradient_norms={"embeddings": 5.0, "head": norm}),
    ]
    assert early_gradient_norms(metrics, steps=10) == {"embeddings": 1.0, "head": 3.0}
    assert early_gradient_norms(metrics[1:], steps=10) == {}


def test_shrinking_compares_the_first_block_with_the_last_of_each_stack():
    norms = {"embeddings": 5.0, "encoder_block_0": 0.5, "encoder_block_1": 2.0, "head": 7.0}
    assert shrinking(norms) == {"encoder": 4.0}
    assert shrinking({"decoder_block_0": 0.0, "decoder_block_1": 1.0}) == {"decoder": math.inf}
    assert shrinking({"decoder_block_0": 0.0, "decoder_block_1": 0.0}) == {}
    assert shrinking({"head": 1.0}) == pytest.approx({})
