import numpy as np
import pytest

from tests.tasks.samples import model_config
from tests.tasks.translation.translators import untrained_translator
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.tasks import TrainedModel, translate
from tfplay.tasks.translation.translate import translate_all

GREEDY = DecodingConfig(max_new_tokens=5)


@pytest.fixture(params=["encoder-decoder", "decoder-only"])
def trained(request):
    return untrained_translator(request.param)


@pytest.fixture
def tokenizer():
    return untrained_translator("encoder-decoder").tokenizer


def model_that_only_says(token_id, tokenizer):
    """Its last norm gives a vector of ones, and only this token's embedding agrees with that."""
    model = build_model(model_config(tokenizer.vocabulary_size, num_layers=1))
    for weight in model.weights:
        weight.assign(np.zeros(weight.shape))
    model.decoder_norm.beta.assign(np.ones(33))
    embeddings = np.zeros(model.token_embeddings.shape)
    embeddings[token_id] = 1
    model.token_embeddings.assign(embeddings)
    return TrainedModel("translation", model, tokenizer)


def test_a_finished_translation_ends_with_the_end_token(tokenizer):
    translation = translate(model_that_only_says(tokenizer.end_id, tokenizer), "two", GREEDY)
    assert translation.text == ""
    assert translation.target_tokens == ["[END]"]


def test_an_unfinished_translation_has_no_end_token(tokenizer):
    [token_id] = tokenizer.tokenize("o")
    translation = translate(model_that_only_says(token_id, tokenizer), "two", GREEDY)
    assert translation.text == "ooooo"
    assert translation.target_tokens == ["o"] * 5


def test_beam_search_gives_all_its_answers_best_first(trained):
    config = DecodingConfig("beam", num_beams=3, max_new_tokens=5)
    translation = translate(trained, "two one", config)
    assert len(translation.hypotheses) == 3
    ranks = [(hypothesis.finished, hypothesis.score) for hypothesis in translation.hypotheses]
    assert ranks == sorted(ranks, reverse=True)
    assert (translation.text, translation.score) == translation.hypotheses[0][:2]
    assert translation.hypotheses[0].finished == ("[END]" in translation.target_tokens)


def test_one_text_and_many_are_translated_alike(trained):
    texts = ["one", "two four five", "three three"]
    config = DecodingConfig(max_new_tokens=trained.context)
    alone = [translate(trained, text, config).text for text in texts]
    assert translate_all(trained, texts) == alone
    assert translate_all(trained, texts * 23) == alone * 23


def test_many_may_be_none(trained):
    assert translate_all(trained, []) == []


def test_spaces_and_line_breaks_make_no_difference(trained):
    plain, spaced = (translate(trained, text, GREEDY) for text in ("two one", " two\n one"))
    assert plain.source_tokens == spaced.source_tokens
    assert plain.text == spaced.text


@pytest.mark.parametrize("text", ["🦊", "שלום", "مرحبا"])
def test_any_script_can_be_translated(trained, text):
    assert translate(trained, text, GREEDY).target_tokens


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_text_is_refused(trained, text):
    with pytest.raises(InputError, match="text is empty"):
        translate(trained, text, GREEDY)


def test_a_text_that_is_too_long_is_refused_with_both_lengths(trained):
    with pytest.raises(InputError, match="has 16 tokens; this model reads at most 1[45]"):
        translate(trained, "one " * 16, GREEDY)
