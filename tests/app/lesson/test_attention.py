import csv
import io

import numpy as np
import pytest

from tfplay.app.lesson.attention import (
    AttentionMap,
    attention_maps,
    picture_attention_maps,
)
from tfplay.app.lesson.heads import ALL, AVERAGE, MAXIMUM
from tfplay.errors import InputError

LAYERS, HEADS, TARGET, SOURCE = 2, 3, 5, 7


def random_map() -> AttentionMap:
    scores = np.random.default_rng(0).random((LAYERS, HEADS, TARGET, SOURCE))
    return AttentionMap(scores, list("abcde"), list("tuvwxyz"))


def test_heads_and_layers_count_from_one_and_can_be_averaged():
    attention = random_map()
    np.testing.assert_array_equal(attention.head(2, 3), attention.attention_scores[1, 2])
    mean = attention.attention_scores[0].mean(axis=0)
    np.testing.assert_allclose(attention.head(1, AVERAGE), mean)
    most = attention.attention_scores[0].max(axis=0)
    np.testing.assert_array_equal(attention.head(1, MAXIMUM), most)
    of_all_layers = attention.attention_scores[:, 2].mean(axis=0)
    np.testing.assert_allclose(attention.head(ALL, 3), of_all_layers)
    np.testing.assert_allclose(attention.head(ALL, ALL).sum(), attention.attention_scores.sum() / 6)


def test_csv_has_every_score_with_its_tokens_and_positions():
    attention = random_map()
    header, *rows = csv.reader(io.StringIO(attention.to_csv().removeprefix("\ufeff")))
    assert header[0] == "layer"
    assert len(rows) == LAYERS * HEADS * TARGET * SOURCE
    layer, head, row, attending, column, attended, score = rows[-1]
    assert (layer, head, row, attending, column, attended) == ("2", "3", "5", "e", "7", "z")
    assert float(score) == pytest.approx(attention.attention_scores[1, 2, 4, 6], rel=1e-5)


def test_a_language_model_attends_to_itself_and_never_ahead(trained_runs):
    [(kind, attention)] = attention_maps(trained_runs["language-model"].model, "the cat").items()
    assert kind == "Masked self-attention"
    assert attention.attention_scores.shape == (2, 2, 7, 7)
    assert attention.target_tokens == attention.source_tokens == list("the␣cat")
    np.testing.assert_allclose(attention.attention_scores.sum(axis=-1), 1, atol=1e-5)
    assert not np.triu(attention.attention_scores, k=1).any()


@pytest.mark.parametrize(
    ("task", "text", "second"),
    [
        ("classification", "it was good", ""),
        ("tagging", "Ada5 lives", ""),
        ("masked-words", "the [MASK] sees", ""),
        ("answers", "the cat lives in house 3.", "where?"),
    ],
)
def test_an_encoder_attends_to_all_that_its_task_gives_it(trained_runs, task, text, second):
    [(kind, attention)] = attention_maps(trained_runs[task].model, text, second).items()
    assert kind == "Self-attention"
    assert attention.source_tokens[0] == "[START]"
    assert attention.source_tokens[-1] == "[END]"
    assert ("[MASK]" in attention.source_tokens) == ("[MASK]" in text)
    num_tokens = len(attention.source_tokens)
    assert attention.attention_scores.shape[2:] == (num_tokens, num_tokens)
    np.testing.assert_allclose(attention.attention_scores.sum(axis=-1), 1, atol=1e-5)


def test_a_chat_model_attends_to_the_question_and_its_reply(trained_runs):
    [attention] = attention_maps(trained_runs["chat"].model, "say 7", "7 it is").values()
    assert attention.source_tokens[0] == "<|user|>"
    assert "<|assistant|>" in attention.source_tokens
    assert not np.triu(attention.attention_scores, k=1).any()


def test_patches_of_a_picture_attend_to_each_other(trained_runs):
    [attention] = picture_attention_maps(trained_runs["images"].model, np.ones((8, 8))).values()
    assert attention.source_tokens[:3] == ["[CLS]", "1,1", "1,2"]
    assert attention.attention_scores.shape[2:] == (17, 17)


def test_a_translator_has_three_kinds_whose_tokens_fit_their_scores(trained_runs):
    maps = attention_maps(trained_runs["translation"].model, "number 123 is here", "123 संख्या")
    assert set(maps) == {"Cross-attention", "Encoder self-attention", "Masked self-attention"}
    for attention in maps.values():
        tokens = len(attention.target_tokens), len(attention.source_tokens)
        assert attention.attention_scores.shape[2:] == tokens
        np.testing.assert_allclose(attention.attention_scores.sum(axis=-1), 1, atol=1e-5)
    assert maps["Masked self-attention"].source_tokens[0] == "[START]"
    assert maps["Cross-attention"].target_tokens[-1] == "[END]"


def test_no_text_and_too_much_text_are_told_in_a_sentence(trained_runs):
    model = trained_runs["language-model"].model
    with pytest.raises(InputError, match="empty"):
        attention_maps(model, "")
    with pytest.raises(InputError, match="400 tokens"):
        attention_maps(model, "abcd" * 100)
