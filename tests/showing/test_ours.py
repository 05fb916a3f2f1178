"""A model of ours, looked into from a notebook, says what the app says."""

from dataclasses import replace

import numpy as np
import pytest

import tfplay
from tfplay import decoding, explain
from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.tasks import TASKS, classify

SENTENCE, TRANSLATION = "We are friends.", "हम दोस्त हैं।"
TEXT = "I wanted to love it, but it was boring."


@pytest.fixture(scope="module")
def trained():
    return open_model("translator").load()


@pytest.fixture(scope="module")
def translated(trained):
    return tfplay.show(trained, SENTENCE, second=TRANSLATION)


def test_all_kinds_of_attention_and_all_arrays_are_those_of_the_trace(trained, translated):
    arrays = translated.to_arrays()
    reading = TASKS["translation"].read_typed(trained, SENTENCE, TRANSLATION)
    trace = explain.trace_arrays(trained.model, reading.inputs)
    for stack, sublayer, name in [
        (trace.encoder, "self_attention", "encoder_self_attention"),
        (trace.decoder, "self_attention", "masked_self_attention"),
        (trace.decoder, "cross_attention", "cross_attention"),
    ]:
        np.testing.assert_allclose(
            arrays[f"{name}_scores"], stack.attention_scores(sublayer)[:, 0], atol=1e-6
        )
        query = getattr(stack.blocks[0], sublayer).query
        np.testing.assert_allclose(arrays[f"{name}_query"][0], query[0], atol=1e-5)
    assert arrays["tokens"].tolist() == reading.tokens
    assert arrays["cross_attention_targets"].tolist() == reading.written_tokens
    np.testing.assert_allclose(arrays["logits"], trace.logits[0], atol=1e-4)
    levels = trace.decoder.residual_levels()[:, 0]
    np.testing.assert_allclose(arrays["decoder_residual_stream"], levels, atol=1e-5)


def test_the_last_level_of_the_lens_is_the_models_answer(trained, translated):
    lens, logits = translated._findings.lens, translated.to_arrays()["logits"]
    np.testing.assert_allclose(
        lens.probabilities[-1, :, 0], decoding.probabilities(logits).max(axis=-1), atol=1e-5
    )
    best = trained.tokenizer.labels(logits.argmax(axis=-1).tolist())
    assert [lens.names[choice] for choice in lens.choices[-1, :, 0]] == best
    [grid] = translated.figures()["Answer of each layer"].data
    np.testing.assert_array_equal(grid.z, lens.probabilities[..., 0])


def test_a_loaded_model_of_classes_has_one_answer_a_level():
    loaded = tfplay.load("sentiment")
    lens = tfplay.show(loaded, TEXT, view="lens")._findings.lens
    trained = replace(open_model("sentiment").load(), trust=None)  # the lens is not calibrated
    [likely] = classify(trained, [TEXT])
    told = {
        lens.names[choice]: share
        for choice, share in zip(lens.choices[-1, 0], lens.probabilities[-1, 0], strict=True)
    }
    assert told == pytest.approx(likely, abs=1e-5)
    assert lens.places == ["answer"]


def test_a_picture_is_named_by_its_patches():
    pixels = np.random.default_rng(0).random((8, 8))
    shown = tfplay.show("digits", pixels)
    np.testing.assert_allclose(shown._findings.picture, pixels, atol=1e-6)
    assert shown.html.count('"picture":null') == 0
    arrays = shown.to_arrays()
    assert arrays["self_attention_sources"][:3].tolist() == ["[CLS]", "1,1", "1,2"]
    with pytest.raises(InputError, match="pictures of 8 × 8.* shape .5, 7."):
        tfplay.show("digits", np.zeros((5, 7)))


def test_ids_are_as_good_as_a_text():
    loaded, text = tfplay.load("text"), "One morning the fox"
    by_text = tfplay.show(loaded.model, text, tokenizer=loaded.tokenizer).to_arrays()
    token_ids = loaded.tokenizer.tokenize(text)
    by_ids = tfplay.show(loaded, token_ids).to_arrays()
    from_outside = tfplay.show(loaded.model, token_ids).to_arrays()
    assert by_ids.keys() == by_text.keys()
    for name, array in by_ids.items():
        np.testing.assert_array_equal(array, by_text[name])
    for ours, theirs in [("masked_self_attention_scores",) * 2, ("logits", "output")]:
        np.testing.assert_allclose(by_ids[ours], from_outside[theirs].squeeze(), atol=1e-4)
