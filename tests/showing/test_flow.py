import json
from functools import cache

import keras
import numpy as np
import pytest

from tfplay import explain
from tfplay.showing.flow import FLOWS, MOST_TOKENS, Flow, example_flow, flow_of
from tfplay.store import open_model
from tfplay.tasks import TASKS, classify

NAMES = sorted(path.stem for path in FLOWS.glob("*.json"))
ROUNDING = 1e-4


@cache
def trained_model(name: str):
    return open_model(name).load()


def reading_of(name: str, text: str, written: str):
    """What is written is given: to let the translator write takes many times as long."""
    trained = trained_model(name)
    return trained, TASKS[trained.task].read_typed(trained, text, written)


def computed(name: str, text: str, written: str) -> Flow:
    trained, reading = reading_of(name, text, written)
    return flow_of(trained, text, reading, explain.trace_arrays(trained.model, reading.inputs))


def numbers(data) -> dict[str, np.ndarray]:
    """Every list of numbers by where it stands, so that shapes are compared too."""
    return {
        where: np.array(leaf, dtype="float64")
        for where, leaf in (
            *((f"{lane['stack']} {key}", lane[key]) for lane in data["lanes"] for key in lane),
            ("probabilities", data["probabilities"]),
        )
        if isinstance(leaf, list) and not isinstance(np.ravel(leaf)[0], str)
    }


def test_each_architecture_has_an_example():
    found = {open_model(name).config.architecture for name in NAMES}
    assert found == {"encoder-only", "decoder-only", "encoder-decoder"}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_what_the_shipped_model_computes(name):
    kept = example_flow(name).to_json()
    anew = json.loads(json.dumps(computed(name, kept["text"], kept["answer"]).to_json()))
    for where, values in numbers(anew).items():
        np.testing.assert_allclose(
            numbers(kept)[where], values, atol=5 * ROUNDING, err_msg=f"{name} {where}"
        )
    words = ("text", "task", "choices", "rows", "answer", "hidden_dim", "vocabulary_size")
    assert [kept[word] for word in words] == [anew[word] for word in words]
    assert [lane["tokens"] for lane in kept["lanes"]] == [lane["tokens"] for lane in anew["lanes"]]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_token_takes_from_all_others_is_the_whole(name):
    for lane in example_flow(name).lanes:
        for scores in filter(None, (lane.self_attention, lane.cross_attention)):
            np.testing.assert_allclose(np.sum(scores, axis=-1), 1, atol=20 * ROUNDING)


def test_a_class_is_as_likely_as_the_understand_page_says():
    flow = example_flow("sentiment")
    [expected] = classify(trained_model("sentiment"), [flow.text])
    shown = dict(zip(flow.choices, flow.probabilities, strict=True))
    assert shown == pytest.approx(expected, abs=ROUNDING)


def test_the_next_tokens_are_the_models_likeliest():
    flow = example_flow("text")
    trained, reading = reading_of("text", flow.text, "")
    likely = keras.ops.softmax(trained.model(reading.inputs)[0, -1]).numpy()
    best = np.argsort(-likely)[: len(flow.choices)]
    assert flow.choices == trained.tokenizer.labels(best)
    np.testing.assert_allclose(flow.probabilities, likely[best], atol=ROUNDING)


def test_each_written_token_is_as_likely_as_the_model_finds_it_after_those_before():
    flow = example_flow("translator")
    trained, reading = reading_of("translator", flow.text, flow.answer)
    likely = keras.ops.softmax(trained.model(reading.inputs)[0]).numpy()
    assert flow.choices == trained.tokenizer.labels(likely.argmax(axis=-1))  # it was greedy
    np.testing.assert_allclose(flow.probabilities, likely.max(axis=-1), atol=ROUNDING)
    assert flow.rows == [[row] for row in range(len(flow.choices))]


@pytest.mark.parametrize("name", NAMES)
def test_of_a_long_text_the_tokens_that_the_answer_is_read_from_are_drawn(name):
    flow = computed(name, "The film was not bad. " * 4, "वह एक नई किताब पढ़ रही है। " * 2)
    for lane in flow.lanes:
        assert len(lane.tokens) == len(lane.token_ids) == min(MOST_TOKENS, lane.length)
        assert np.shape(lane.self_attention)[2:] == (len(lane.tokens),) * 2
    last = flow.lanes[-1]
    assert last.first + len(last.tokens) <= last.length
    assert all(0 <= row < len(last.tokens) for rows in flow.rows for row in rows)
    assert len(flow.rows) == len(flow.choices) == len(flow.probabilities)
    if name == "text":  # what comes next is read from the last
        assert last.first + flow.rows[0][0] == last.length - 1


def test_a_flow_comes_back_from_json():
    flow = example_flow("translator")
    assert Flow.from_json(json.loads(json.dumps(flow.to_json()))) == flow
