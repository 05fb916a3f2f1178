from itertools import islice

import numpy as np
import pytest

from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.tasks import IGNORED, LanguageModelTask, TrainedModel
from tfplay.tasks.language_model.task import MAX_VALIDATION_TOKENS, LanguageModelData

BATCH, TARGET = 3, 7
TEXT = "The quick brown fox jumps over the lazy dog; नमस्ते दुनिया!\n" * 5


def prepare(text=TEXT, max_sequence_length=TARGET, validation_fraction=0.1):
    return LanguageModelTask.prepare(
        text,
        architecture="decoder-only",
        tokenizer_kind="character",
        vocabulary_size=100,
        max_sequence_length=max_sequence_length,
        validation_fraction=validation_fraction,
        seed=0,
    )


def test_labels_are_the_next_tokens_of_windows_of_the_training_text():
    data = prepare()
    for batch in islice(data.training_batches(BATCH, seed=0), 5):
        token_ids = batch.inputs["token_ids"]
        assert token_ids.shape == batch.labels.shape == (BATCH, TARGET)
        np.testing.assert_array_equal(token_ids[:, 1:], batch.labels[:, :-1])
        for row, last in zip(token_ids, batch.labels[:, -1], strict=True):
            assert data.tokenizer.detokenize([*row, last]) in TEXT[: len(TEXT) * 9 // 10]


def test_every_window_can_be_drawn():
    data = prepare("abcdefghij", max_sequence_length=7, validation_fraction=0)
    [batch] = islice(data.training_batches(100, seed=0), 1)
    starts = data.tokenizer.detokenize(batch.inputs["token_ids"][:, 0])
    assert set(starts) == {"a", "b", "c"}


def test_a_seed_repeats_the_batches():
    data = prepare()
    first, again, other = (
        next(data.training_batches(BATCH, seed)).labels.tolist() for seed in (0, 0, 1)
    )
    assert first == again != other


def test_validation_predicts_every_token_of_the_last_part_once():
    data = prepare()
    labels = np.concatenate([batch.labels.ravel() for batch in data.validation_batches(BATCH)])
    validation_text = TEXT[int(len(TEXT) * 0.9) :]
    assert data.tokenizer.detokenize(labels[labels != IGNORED]) == validation_text[1:]
    for batch in data.validation_batches(BATCH):
        assert batch.inputs["token_ids"].shape == batch.labels.shape == (BATCH, TARGET)


def test_a_long_validation_part_is_cut():
    ids = np.zeros(MAX_VALIDATION_TOKENS + 1000, dtype="int32")
    data = LanguageModelData(prepare().tokenizer, ids, ids, window_length=1009)
    assert data.describe()["validation_tokens"] == MAX_VALIDATION_TOKENS
    assert data.describe()["training_tokens"] == len(ids)


def test_the_vocabulary_knows_the_training_part_only():
    data = prepare("ab" * 45 + "z" * 10)
    assert "z" not in data.tokenizer.vocabulary


def test_without_a_validation_part_there_are_no_validation_batches():
    assert list(prepare(validation_fraction=0).validation_batches(BATCH)) == []


def test_the_perplexity_of_a_model_that_knows_nothing_is_the_size_of_its_vocabulary():
    data = prepare()
    size = data.tokenizer.vocabulary_size
    model = build_model(preset("tiny", "decoder-only", vocabulary_size=size))
    model.final_norm.gamma.assign(np.zeros(64))  # all logits are equal
    trained = TrainedModel("language-model", model, data.tokenizer)
    scores = LanguageModelTask.evaluate(trained, TEXT)
    assert scores["perplexity"] == pytest.approx(size, rel=1e-4)
    assert 0 <= scores["accuracy"] <= 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abcdefgh", "it has 7 tokens to train on and needs 8"),
        ("abcdefghi", "it has 1 tokens to validate on and needs 2"),
    ],
)
def test_a_text_that_is_too_short_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(InputError, match=sentence):
        prepare(text)


def test_tiny_shakespeare_is_split_as_usual(shared_data):
    text = LanguageModelTask.read(shared_data / "tinyshakespeare" / "input.txt.gz")
    described = prepare(text, max_sequence_length=64).describe()
    assert described["training_tokens"] == 1_003_854
    assert described["validation_tokens"] == 111_540
