"""A model is drawn from its configuration."""

import pytest

from tfplay.app.model.drawing import MOST_BLOCKS, architecture_shapes
from tfplay.config import ModelConfig, preset


def texts(config):
    shapes, _, _ = architecture_shapes(config)
    return [shape["text"] for shape in shapes if shape["tag"] == "text"]


def kinds(config):
    shapes, _, _ = architecture_shapes(config)
    return [shape["class"] for shape in shapes if shape["tag"] == "rect"]


@pytest.mark.parametrize("architecture", ["encoder-only", "decoder-only", "encoder-decoder"])
def test_of_a_deep_stack_one_block_stands_for_all(architecture):
    stacks = 2 if architecture == "encoder-decoder" else 1
    low = ModelConfig(architecture, 65, 64, num_layers=MOST_BLOCKS)
    deep = ModelConfig(architecture, 65, 64, num_layers=MOST_BLOCKS + 1)
    assert kinds(low).count("attention") == stacks * MOST_BLOCKS
    assert kinds(deep).count("attention") == stacks
    assert texts(deep).count(f"×{MOST_BLOCKS + 1}") == stacks
    if stacks == 2:
        shapes, _, height = architecture_shapes(deep)
        [cross] = [shape for shape in shapes if shape.get("class") == "cross"]
        bridges = [shape["d"] for shape in shapes if shape["tag"] == "path" and " H " in shape["d"]]
        assert len(bridges) == 1
        assert f"V {cross['y'] + cross['height'] / 2} H" in bridges[0]


def test_what_was_taken_away_is_not_drawn():
    config = ModelConfig("encoder-decoder", 65, 64, num_layers=1, use_feed_forward=False)
    assert "feed" not in kinds(config)
    assert {"attention", "cross"} < set(kinds(config))
    open_eyed = ModelConfig("decoder-only", 65, 64, use_causal_mask=False)
    assert not [text for text in texts(open_eyed) if "masked" in text]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("none", "vectors of 64 numbers"),
        ("masked_lm", "word of 65 (the embedding again)"),
        ("span", "head: where an answer starts, ends"),
    ],
)
def test_an_encoder_ends_with_its_head(head, words):
    assert words in texts(preset("tiny", "encoder-only", vocabulary_size=65, head=head))
