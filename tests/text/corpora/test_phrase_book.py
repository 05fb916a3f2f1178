import random
import re
import unicodedata

import pytest

from tfplay.text.corpora import CORPORA
from tfplay.text.corpora.phrase_book.contractions import as_typed, contracted
from tfplay.text.corpora.phrase_book.corpus import WHOLE
from tfplay.text.corpora.phrase_book.slots import sentence
from tfplay.text.examples import Pair

PHRASE_BOOK = CORPORA["phrase-book"]


@pytest.fixture(scope="module")
def filled():
    """Sentences made of patterns."""
    draw = random.Random(0)
    return [sentence(draw) for _ in range(5_000)]


def test_there_are_more_than_two_thousand_whole_sentences_and_they_come_first():
    assert len(WHOLE) >= 2_400
    drawn = PHRASE_BOOK.examples("training", len(WHOLE), seed=0)
    assert {pair.target for pair in drawn} <= set(WHOLE.values())


def test_the_parts_have_distinct_pairs_and_share_none():
    training = PHRASE_BOOK.examples("training", 5_000, seed=0)
    held_out = PHRASE_BOOK.examples("held-out", 500, seed=0)
    assert len({pair.source for pair in training}) == 5_000
    assert not {contracted(pair.source) for pair in training} & {
        contracted(pair.source) for pair in held_out
    }


def test_the_same_seed_draws_the_same_pairs():
    draw = PHRASE_BOOK.examples
    assert draw("held-out", 50, seed=3) == draw("held-out", 50, seed=3)
    assert draw("held-out", 50, seed=3) != draw("held-out", 50, seed=4)


def test_hindi_is_composed_and_ends_as_its_english_does(filled):
    marks = {".": "।", "?": "?", "!": "!"}
    for english, hindi in [*WHOLE.items(), *filled]:
        assert unicodedata.is_normalized("NFC", hindi)
        assert hindi[-1] in marks.values()
        assert (hindi[-1] == "?") == (english[-1] == "?"), (english, hindi)


def test_every_slot_is_filled(filled):
    assert not [pair for pair in filled if re.search(r"[\[\]{}]|\.oblique", "".join(pair))]


@pytest.mark.parametrize(
    ("english", "feminine", "masculine"),
    [
        (r"I lost my (\w+)\.", r"मेरी .* गई।", r"मेरा .* गया।"),
        (r"She gave me an? (\w+)\.", r"उसने मुझे एक .* दी।", r"उसने मुझे एक .* दिया।"),
        (r"How is your (\w+)\?", r"आपकी .* कैसी है\?", r"आपका .* कैसा है\?"),
    ],
)
def test_words_agree_with_the_noun_that_fills_the_slot(filled, english, feminine, masculine):
    made = [pair.target for pair in filled if re.fullmatch(english, pair.source)]
    genders = {bool(re.fullmatch(feminine, target)) for target in made}
    assert genders == {True, False}
    assert all(re.fullmatch(f"{feminine}|{masculine}", target) for target in made)


def test_adjectives_before_a_noun_with_a_postposition_are_oblique(filled):
    made = [pair.target for pair in filled if re.search("भाई (से|को|का|की|के)", pair.target)]
    before = {word for target in made for word in target.split() if word.startswith(("छोट", "बड़"))}
    assert before == {"छोटे", "बड़े"}


def test_a_made_up_name_is_the_same_in_both_languages(filled):
    latin = [pair for pair in filled if re.search("[A-Za-z]", pair.target)]
    assert len(latin) > 100
    for source, target in latin:
        assert set(re.findall("[A-Za-z]+", target)) <= set(re.findall("[A-Za-z]+", source)) | {
            source.split()[0].lower()
        }


def test_articles_fit_the_word_behind_them(filled):
    assert not [
        pair for pair in filled if re.search(r"\b[Aa] (apple|umbrella|e|a|i|o)", pair.source)
    ]
    assert not [pair for pair in filled if re.search(r"\b[Aa]n uni", pair.source)]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("I do not know where he is.", "I don't know where he's."),
        ("She does not want to go.", "She doesn't want to go."),
        ("We will not come.", "We won't come."),
        ("I cannot swim.", "I can't swim."),
        ("They are my friends.", "They're my friends."),
        ("This is a book.", "This is a book."),
    ],
)
def test_english_is_contracted_as_people_do(long, short):
    assert contracted(long) == short


def test_small_letters_are_never_put_where_a_name_stays_in_latin_letters():
    draw, pair = random.Random(0), Pair("I am Zorim.", "मैं Zorim हूँ।")
    assert {as_typed(pair, draw).source for _ in range(100)} == {"I am Zorim.", "I'm Zorim."}
