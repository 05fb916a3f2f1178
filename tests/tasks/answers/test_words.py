"""Answers are whole words, whatever the tokens are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.tasks.answers.words import best_words, passage_words, words_between
from tfplay.text import TOKENIZERS, Piece
from tfplay.text.words import normalize


def split(text: str, *sizes: int) -> list[Piece]:
    """Pieces of so many characters each."""
    ends = np.cumsum(sizes).tolist()
    return [Piece(text[a:b], 0, a, b) for a, b in pairwise([0, *ends])]


def spelled(text, pieces) -> list[str]:
    return [text[slice(*word.place)] for word in passage_words(text, pieces)]


def test_the_tokens_of_a_word_are_together():
    text = "from Moscow."
    pieces = split(text, 4, 5, 2, 1)  # "from", " Mosc", "ow", "."
    assert [word.tokens for word in passage_words(text, pieces)] == [
        slice(0, 1),
        slice(1, 3),
        slice(3, 4),
    ]
    assert spelled(text, pieces) == ["from", "Moscow", "."]


def test_words_that_share_a_token_are_one():
    text = "a well-known x"
    assert spelled(text, split(text, 1, 6, 6, 1)) == ["a", "well-", "known", "x"]


def test_space_for_itself_is_no_word():
    text = "a  b"
    assert [word.tokens for word in passage_words(text, split(text, 1, 2, 1))] == [
        slice(0, 1),
        slice(2, 3),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("我爱北京", ["我", "爱", "北", "京"]),
        ("Tom\u2019s dog can't", ["Tom", "\u2019s", "dog", "can't"]),
        ("1,000 km", ["1,000", "km"]),
        ("👩‍💻 ok", ["👩‍💻", "ok"]),
    ],
)
def test_words_are_those_of_unicode(text, words):
    tokenizer = TOKENIZERS["character"].train([text], 400)
    assert spelled(text, tokenizer.pieces(text)) == words


def test_a_model_that_points_into_a_word_means_the_word():
    text = "from Moscow."
    words = passage_words(text, split(text, 4, 5, 2, 1))
    starts, ends = np.array([0.02, 0.01, 0.97, 0.0]), np.array([0.0, 0.01, 0.98, 0.01])
    first, last, probability = best_words(words, starts, ends)
    assert (first, last) == (1, 1)
    assert probability == pytest.approx(0.98 * 0.99)


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=1, max_size=19))
def test_the_best_words_are_the_likeliest_of_all_that_are_allowed(weights):
    starts, ends = np.array(weights, dtype=float).T
    starts, ends = starts / starts.sum(), ends / ends.sum()
    text = " ".join("ab" for _ in weights)
    pieces = [Piece("ab", 0, 3 * index, 3 * index + 2) for index in range(len(weights))]
    first, last, probability = best_words(passage_words(text, pieces), starts, ends, max_tokens=5)
    assert 0 <= first <= last < first + 5
    allowed = [
        starts[i] * ends[j] for i in range(len(weights)) for j in range(i, min(i + 5, len(weights)))
    ]
    assert probability == pytest.approx(max(allowed)) == pytest.approx(starts[first] * ends[last])


def test_a_word_may_have_more_tokens_than_an_answer_of_several():
    text = "a" * 50 + " b"
    pieces = split(text, *[1] * 50, 2)
    likely = np.full(51, 1 / 51)
    assert best_words(passage_words(text, pieces), likely, likely, max_tokens=30)[:2] == (0, 0)


@given(st.text(alphabet="ab' .ि\u200dकก我\n👩", max_size=40), st.sampled_from(list(TOKENIZERS)))
def test_every_token_with_letters_is_in_exactly_one_word(text, kind):
    text = normalize(text)
    pieces = TOKENIZERS[kind].train(["ab कि ab' ก"], 300).pieces(text)
    words = passage_words(text, pieces)
    for before, after in pairwise(words):
        assert before.place[1] <= after.place[0]
        assert before.tokens.stop <= after.tokens.start
    inside = [index for word in words for index in range(word.tokens.start, word.tokens.stop)]
    with_letters = [
        index for index, each in enumerate(pieces) if not text[each.start : each.end].isspace()
    ]
    assert set(with_letters) <= set(inside)


def test_the_words_of_a_place_are_those_it_touches():
    text = "from Moscow now"
    words = passage_words(text, split(text, 4, 5, 2, 4))
    assert words_between(words, (9, 11)) == (words[1], words[1])
    assert words_between(words, (2, 13)) == (words[0], words[2])
