"""Places in a text as it is typed, and in its composed form."""

import sys
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tfplay.text.typed import TypedText, word_places
from tfplay.text.words import normalize

STRANGE = "aé\u0301\u0323 \u0958\u0915\u093c\u094d\u200d\u1112\u1161\u11ab👩💻🇮🇳ﬁ\r\n.\ud83d"


def test_composed_letters_fall_apart_into_letters_that_stay_together():
    for letter in map(chr, range(sys.maxunicode + 1)):
        apart = unicodedata.normalize("NFD", letter)
        if apart != letter:
            assert len(regex.findall(r"\X", apart)) <= len(regex.findall(r"\X", letter)), letter


@given(st.text(alphabet=STRANGE))
def test_the_composed_form_is_that_of_the_whole_text(text):
    assert TypedText(text).composed == normalize(text)


@given(st.text(alphabet=STRANGE), st.data())
def test_a_place_in_one_form_spells_the_same_in_the_other(text, data):
    both = TypedText(text)
    start = data.draw(st.integers(0, len(both.composed)))
    end = data.draw(st.integers(start, len(both.composed)))
    found = both.typed[slice(*both.place_typed((start, end)))]
    assert both.composed[start:end] in normalize(found)
    if start < end:
        back = both.place_composed(both.place_typed((start, end)))
        assert back[0] <= start < end <= back[1]
        assert normalize(found) == both.composed[slice(*back)]


@given(st.text(alphabet=STRANGE))
def test_a_word_cuts_no_letter(text):
    both = TypedText(text)
    boundaries = {0, *(match.end() for match in regex.finditer(r"\X", both.typed))}
    for place in word_places(both.composed):
        assert set(both.place_typed(place)) <= boundaries


@pytest.mark.parametrize(
    ("text", "place", "typed"),
    [
        ("Cafe\u0301 Rom", (5, 8), "Rom"),
        ("\u1112\u1161\u11ab x", (2, 3), "x"),
        ("\u0958 x", (3, 4), "x"),  # it is two characters when composed
        ("👩\u200d💻 x", (0, 3), "👩\u200d💻"),
        ("\r\nx", (2, 3), "x"),
        ("ﬁ x", (2, 3), "x"),
        ("x", (1, 1), ""),
    ],
)
def test_places_of_composed_text_are_found_in_typed_text(text, place, typed):
    assert text[slice(*TypedText(text).place_typed(place))] == typed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tom's cat.", ["Tom", "'s", "cat", "."]),
        ("don\u2019t", ["don\u2019t"]),
        ("हिन्दी नमस्ते।", ["हिन्दी", "नमस्ते", "।"]),
        ("我爱北京。", ["我", "爱", "北", "京", "。"]),
        ("3.14 U.S.A. 1,000", ["3.14", "U.S.A", ".", "1,000"]),
        ("👩\u200d💻 🇮🇳🇮🇳!", ["👩\u200d💻", "🇮🇳", "🇮🇳", "!"]),
        (" \r\n\t", []),
    ],
)
def test_words_are_those_of_unicode(text, words):
    assert [text[slice(*place)] for place in word_places(text)] == words
