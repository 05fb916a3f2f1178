"""Switching a part off, or putting another text's vector in, is what it says it is."""

import numpy as np
import pytest

from tests.explain.cases import CASES, answers_of, inputs_of, model_of
from tests.explain.plain_forward import PlainForward
from tfplay.explain import (
    Answer,
    all_parts,
    gradient_times_input,
    logits_without,
    patched_logits,
    trace_arrays,
)

PRE_NORM = [
    "decoder",
    "decoder, modern",
    "encoder, masked words",
    "encoder, mean",
    "encoder-decoder",
    "encoder-decoder, modern",
]


@pytest.mark.parametrize("case", PRE_NORM)
def test_without_a_part_the_model_answers_as_if_its_weights_were_0(case):
    model, inputs = model_of(case), inputs_of(case)
    answer, parts = answers_of(case)[0], all_parts(model)
    rows = logits_without(model, trace_arrays(model, inputs), parts, answer)
    assert len(rows) == len(parts) >= 2 * 5
    plain = PlainForward(model)
    for part, row in zip(parts, rows, strict=True):
        [wanted] = answer.logits(plain.without(*part).trace(inputs)["logits"][None])
        np.testing.assert_allclose(row, wanted, atol=2e-3, rtol=1e-3, err_msg=str(part))


def test_parts_are_switched_off_in_batches_alike(monkeypatch):
    model, inputs = model_of("decoder"), inputs_of("decoder")
    trace, parts = trace_arrays(model, inputs), all_parts(model)
    at_once = logits_without(model, trace, parts, Answer(3, 0))
    monkeypatch.setattr("tfplay.explain.altered.MOST_NUMBERS", 1)
    one_by_one = logits_without(model, trace, parts, Answer(3, 0))
    np.testing.assert_allclose(at_once, one_by_one, atol=1e-4)


@pytest.mark.parametrize(
    ("case", "stack"),
    [
        ("decoder", "decoder"),
        ("encoder, tokens", "encoder"),
        ("encoder-decoder", "encoder"),
        ("encoder-decoder", "decoder"),
    ],
)
def test_a_patched_embedding_is_another_token_and_a_patched_end_the_other_answer(case, stack):
    model, answer = model_of(case), answers_of(case)[0]
    inputs, others = inputs_of(case), inputs_of(case, seed=4)
    first, second = trace_arrays(model, inputs), trace_arrays(model, others)
    logits = patched_logits(model, first, second, answer, stack)
    name = next(name for name in inputs if name in ("token_ids", f"{stack}_token_ids"))
    assert logits.shape[:2] == (1 + model.config.num_layers, inputs[name].shape[1])
    for position in range(inputs[name].shape[1]):
        changed = {key: ids.copy() for key, ids in inputs.items()}
        changed[name][0, position] = others[name][0, position]
        [wanted] = answer.logits(np.asarray(model(changed)))
        np.testing.assert_allclose(logits[0, position], wanted, atol=1e-3)
    if (case, stack) != ("encoder-decoder", "encoder"):
        [wanted] = answer.logits(second.logits)
        np.testing.assert_allclose(logits[-1, answer.row], wanted, atol=1e-3)
        [kept] = answer.logits(first.logits)
        np.testing.assert_allclose(logits[-1, answer.row - 1], kept, atol=1e-3)


@pytest.mark.parametrize("case", ["decoder", "decoder, post-norm", "encoder, mean"])
def test_gradient_times_input_is_the_slope_along_each_embedding(case):
    model, inputs, answer = model_of(case), inputs_of(case), answers_of(case)[0]
    trace, plain = trace_arrays(model, inputs), PlainForward(model)
    [(kind, slopes)] = gradient_times_input(model, trace, answer).items()
    embeddings = plain.trace(inputs)[kind]["embeddings"]

    def logit(scale: np.ndarray) -> float:
        output = plain.stack(kind, embeddings * scale[:, None], "final_norm")["output"]
        return float(answer.logit(plain.answer(output)[None])[0])

    for token, slope in enumerate(slopes):
        nudge = 1e-5 * (np.arange(len(slopes)) == token)
        difference = (logit(1 + nudge) - logit(1 - nudge)) / 2e-5
        assert slope == pytest.approx(difference, rel=1e-2, abs=2e-3)


def test_an_encoder_decoder_has_slopes_for_both_its_texts():
    case = "encoder-decoder"
    model, inputs = model_of(case), inputs_of(case)
    slopes = gradient_times_input(model, trace_arrays(model, inputs), answers_of(case)[0])
    lengths = {name: len(values) for name, values in slopes.items()}
    assert lengths == {"encoder": 7, "decoder": 5}
    assert np.abs(slopes["encoder"]).min() > 0
    assert slopes["decoder"][4] == 0  # after the place that is asked about


def test_the_loss_is_that_of_the_softmax():
    logits = np.log(np.array([[[0.2, 0.3, 0.5], [0.7, 0.2, 0.1]]])) + 3
    answer = Answer(1, 0)
    assert answer.probability(logits) == pytest.approx(0.7)
    assert answer.loss(logits) == pytest.approx(-np.log(0.7))
    assert answer.logit(logits) == pytest.approx(np.log(0.7) + 3)


def test_every_case_has_its_parts():
    for case in CASES:
        parts = all_parts(model_of(case))
        assert len(set(parts)) == len(parts)
        assert any(part.sublayer == "feed_forward" for part in parts) != ("no feed" in case)
