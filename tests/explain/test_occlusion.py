import numpy as np
import pytest

from tests.layers.samples import BATCH, TARGET, random_ids
from tests.models.samples import tiny_model
from tfplay.explain import eager_logits, without_patches

HEADS = {"classification": 3, "token_classification": 3, "span": 0, "masked_lm": 0}
"""With the classes that each tells apart."""


@pytest.mark.parametrize("head", HEADS)
def test_logits_are_the_same_in_one_pass_and_example_by_example(head, monkeypatch):
    model = tiny_model("encoder-only", head=head, num_classes=HEADS[head])
    inputs = {"token_ids": random_ids(BATCH, TARGET)}
    passes = []
    monkeypatch.setattr(type(model), "call", _counted(type(model).call, passes))
    at_once = np.stack(list(eager_logits(model, inputs)))
    assert len(passes) == 1
    monkeypatch.setattr("tfplay.explain.occlusion.MOST_NUMBERS", at_once[0].size)
    one_by_one = np.stack(list(eager_logits(model, inputs)))
    assert len(passes) == 1 + BATCH
    np.testing.assert_allclose(one_by_one, at_once, atol=1e-5)


def _counted(call, passes):
    def counted(*args, **kwargs):
        passes.append(1)
        return call(*args, **kwargs)

    return counted


def test_each_copy_of_a_picture_has_another_patch_black():
    covered = without_patches(np.ones((4, 6, 1)), patch_size=2)
    assert covered.shape == (6, 4, 6, 1)
    assert (covered.sum(axis=(1, 2, 3)) == 20).all()
    assert (covered.sum(axis=0) == 5).all()
