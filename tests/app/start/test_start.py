import numpy as np
import pytest

from tfplay.app.lesson import Subject, traced
from tfplay.app.lesson.chosen_block import ChosenBlock
from tfplay.app.model.drawing import architecture_shapes
from tfplay.app.start.architectures import ARCHITECTURES
from tfplay.app.start.recurrence import recurrence_shapes
from tfplay.app.start.way import way_stages
from tfplay.config import count_attention
from tfplay.store import open_model


def texts(shapes):
    return [shape["text"] for shape in shapes if shape["tag"] == "text"]


def kinds(shapes):
    return [shape["class"] for shape in shapes if shape["tag"] == "rect"]


@pytest.mark.parametrize("architecture", ARCHITECTURES, ids=lambda each: each.model)
def test_an_architecture_is_drawn_from_the_model_that_stands_for_it(architecture):
    config = open_model(architecture.model).config
    shapes, width, height = architecture_shapes(config)
    both = config.architecture == "encoder-decoder"
    assert kinds(shapes).count("attention") == config.num_layers * (2 if both else 1)
    assert kinds(shapes).count("cross") == config.num_layers * both
    assert f"{count_attention(config):,} parameters" in texts(shapes)
    for shape in shapes:
        if shape["tag"] == "rect":
            assert 0 <= shape["x"] <= width - shape["width"]
            assert 0 <= shape["y"] <= height - shape["height"]


def test_the_way_between_two_words_is_counted():
    shapes, _, _ = recurrence_shapes(["a", "b", "c", "d"], 0, 2)
    marked = [shape for shape in shapes if shape["tag"] == "path" and shape["class"] == "path"]
    assert len(marked) == 2 + 1  # two steps in the chain, one arc
    assert {"1", "2"} < set(texts(shapes))


def test_every_stage_of_the_way_shows_the_traces_own_shapes():
    subject = Subject(open_model("translator"), "We are friends.", "हम दोस्त हैं।")
    found = traced(subject)
    stages = {stage.title: stage for stage in way_stages(ChosenBlock(subject, found, "decoder", 0))}
    assert stages["Tokens"].picture == found.tokens
    scores = found.trace.decoder.blocks[0].cross_attention.attention_scores[0]
    np.testing.assert_array_equal(stages["Attention"].picture, scores[0])
    assert stages["Attention"].shape == "4 heads · " + " × ".join(map(str, scores.shape[1:]))
    [best, *_] = stages["The answer"].picture
    logits = found.trace.logits[0, 0]  # where the translation begins
    assert best[0] == subject.load().tokenizer.labels([logits.argmax()])[0]
