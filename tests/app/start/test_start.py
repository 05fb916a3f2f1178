import pytest

from tfplay.app.frame import navigation as pages
from tfplay.app.model.drawing import architecture_shapes
from tfplay.app.start.architectures import ARCHITECTURES
from tfplay.app.start.recurrence import recurrence_shapes
from tfplay.app.start.stages import opened_page, stages_of
from tfplay.app.widgets.flow import OpenedPart
from tfplay.config import count_attention
from tfplay.showing.flow import example_flow
from tfplay.store import open_model

MODELS = [each.model for each in ARCHITECTURES.values()]


def texts(shapes):
    return [shape["text"] for shape in shapes if shape["tag"] == "text"]


def kinds(shapes):
    return [shape["class"] for shape in shapes if shape["tag"] == "rect"]


@pytest.mark.parametrize("name", MODELS)
def test_an_architecture_is_drawn_from_the_model_that_stands_for_it(name):
    config = open_model(name).config
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


def test_each_architecture_is_that_of_its_model():
    for name, architecture in ARCHITECTURES.items():
        assert open_model(architecture.model).config.architecture == name


@pytest.mark.parametrize("name", MODELS)
def test_the_stages_tell_the_models_own_numbers(name):
    config, flow = open_model(name).config, example_flow(name)
    told = {stage.id: stage.text for stage in stages_of(flow)}
    assert list(told) == ["whole", "tokens", "embeddings", "attention", "blocks", "answer"]
    assert f"{flow.lanes[0].length} pieces" in told["tokens"]
    assert f"{config.vocabulary_size:,}" in told["tokens"]
    assert f"{config.hidden_dim} values" in told["embeddings"]
    assert f"{config.num_layers} blocks {config.num_heads} heads" in told["attention"]
    assert flow.answer.removeprefix("␣") in told["whole"]


@pytest.mark.parametrize(
    ("name", "part", "page", "query"),
    [
        ("text", OpenedPart("tokens"), pages.TOKENS, {}),
        ("text", OpenedPart("attention"), pages.ATTENTION, {}),
        (
            "text",
            OpenedPart("attention", 0, 2, 3),
            pages.ATTENTION,
            {"layer": "2", "head": "3"},
        ),
        (
            "translator",
            OpenedPart("attention", 0, 1),
            pages.ATTENTION,
            {"layer": "1", "head": "average", "kind": "Encoder self-attention"},
        ),
        ("translator", OpenedPart("blocks", 1, 3), pages.BLOCK, {"block": "3"}),
        (
            "translator",
            OpenedPart("blocks", 0, 3),
            pages.BLOCK,
            {"block": "3", "stack": "encoder"},
        ),
        ("text", OpenedPart("answer"), pages.WRITE, {}),
        ("translator", OpenedPart("answer"), pages.TRANSLATE, {}),
        ("sentiment", OpenedPart("answer"), pages.UNDERSTAND, {}),
    ],
)
def test_a_part_is_opened_on_its_page_with_its_layer(name, part, page, query):
    assert opened_page(example_flow(name), part) == (page, query)
