import keras
import numpy as np
import pytest
from hypothesis import given, settings

from tests.config.test_parameters import switches, tiny_config
from tfplay.config import HEADS, ModelConfig, preset
from tfplay.estimates import count_multiply_adds
from tfplay.layers import BlockCache
from tfplay.models import build_model

LENGTH, SOURCE = 5, 7


class CountedProducts:
    """Counts the multiply-adds of every matrix product by the shapes of its factors."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.total = 0
        matmul = keras.src.ops.matmul

        def counted(x1, x2):
            product = matmul(x1, x2)
            self.total += np.prod(product.shape) * x1.shape[-1]
            return product

        for module in (keras.ops, keras.src.ops):  # our layers use the one, Keras' the other
            monkeypatch.setattr(module, "matmul", counted)


def counted_in_the_model(config: ModelConfig) -> int:
    """What one sequence takes, counted while the model runs."""
    ids = {"source": np.ones((1, SOURCE), "int32"), "target": np.ones((1, LENGTH), "int32")}
    if config.architecture == "encoder-decoder":
        inputs = {"encoder_token_ids": ids["source"], "decoder_token_ids": ids["target"]}
    elif config.image_size:
        shape = (1, config.image_size, config.image_size, config.image_channels)
        inputs = {"images": np.ones(shape, "float32")}
    else:
        inputs = {"token_ids": ids["target"]}
    model = build_model(config)
    with pytest.MonkeyPatch.context() as patch:
        products = CountedProducts(patch)
        model(inputs)
    return products.total


@settings(max_examples=25)
@given(switches)
def test_the_count_is_what_the_model_multiplies(changes):
    config = tiny_config(**changes)
    assert count_multiply_adds(config, LENGTH, SOURCE).total == counted_in_the_model(config)


@pytest.mark.parametrize("head", HEADS)
def test_every_head_is_counted(head):
    config = tiny_config(architecture="encoder-only", head=head)
    assert count_multiply_adds(config, LENGTH).total == counted_in_the_model(config)


@settings(max_examples=10)
@given(switches)
def test_what_a_cache_holds_is_not_counted_again(changes):
    config = tiny_config(**changes | {"architecture": "decoder-only"})
    model, known = build_model(config), 3
    token_ids = np.ones((1, LENGTH), "int32")
    cache = [BlockCache(pair, None) for pair in model.empty_cache(1, known + LENGTH)]
    with pytest.MonkeyPatch.context() as patch:
        products = CountedProducts(patch)
        model.call_with_cache(token_ids, cache, known)
    assert count_multiply_adds(config, LENGTH, cached_length=known).total == products.total


def test_a_vision_transformer_is_counted():
    images = {"image_size": 15, "patch_size": 5, "image_channels": 3, "head": "classification"}
    config = tiny_config(architecture="encoder-only", **images)
    assert count_multiply_adds(config, LENGTH).total == counted_in_the_model(config)


def test_gpt2_takes_about_two_operations_a_weight_and_token():
    """6 N + 12 L E T operations a token in training (Chowdhery et al., 2022, appendix B)."""
    config = preset("gpt2-small")
    a_token = 2 * 3 * count_multiply_adds(config, 1024).total / 1024
    weights = 123_653_376  # without the positions, which are looked up
    assert a_token == pytest.approx(6 * weights + 12 * 12 * 768 * 1024, rel=0.01)
