"""Vocabularies of Keras users as tokenizers of ours."""

import pytest

from tfplay.checkpoints.keras_files.words import id_tokenizer, word_tokenizer
from tfplay.errors import InputError

WORDS = ["", "[UNK]", "not", "bad", "film"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["a"] * 2, "has the word 'a' twice"),
        ([str(number) for number in range(30)], "has 30 words, and the model's embeddings 9 rows"),
        (["", "a", "", "b"], "has no word in line 3"),
        ([""], "has no words"),
    ],
)
def test_a_vocabulary_that_does_not_fit_is_refused(words, reason):
    with pytest.raises(InputError, match=reason):
        word_tokenizer(words, 9)


def test_texts_are_cleaned_as_text_vectorization_does_by_itself():
    tokenizer = word_tokenizer(WORDS, 9)
    assert tokenizer.tokenize("NOT bad, my film!") == [2, 3, 1, 4]
    assert (tokenizer.pad_id, tokenizer.vocabulary_size) == (0, 9)
    assert tokenizer.start_ids == tokenizer.end_ids == []


def test_marks_that_are_words_stand_apart_and_capitals_that_count_are_kept():
    assert word_tokenizer([*WORDS, ","], 9).tokenize("bad, film") == [3, 5, 4]
    assert word_tokenizer([*WORDS, "Bad"], 9).tokenize("Bad bad BAD") == [5, 3, 1]


def test_a_vocabulary_without_its_empty_first_word_is_known():
    assert word_tokenizer(WORDS[1:], 9).tokenize("not bad") == [2, 3]


def test_special_tokens_are_known_by_their_usual_spellings():
    tokenizer = word_tokenizer([*WORDS, "[start]", "[end]"], 9)
    assert (tokenizer.start_id, tokenizer.end_id) == (5, 6)
    assert tokenizer.detokenize([5, 2, 3, 6]) == "not bad"


def test_ids_stand_for_words_where_nobody_has_them():
    assert id_tokenizer(31).tokenize("12 30 7 99") == [12, 30, 7, 1]
