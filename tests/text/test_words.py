import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.text.words import normalize

marks = "\u0301\u0323\u0327\u0344\u0340\u0f71\u0f73\u0f74\u094d\u093c\u09be\u0345\u3099\u200d"
some_marks = st.text(alphabet=st.sampled_from(marks), max_size=101)
marked_letters = st.tuples(
    st.sampled_from(["", "a", "é", "ǖ", "ệ", "क", "ড", "か", "가"]), some_marks
)


@given(letters=st.lists(marked_letters, max_size=5))
def test_a_normalized_text_is_nfc_however_many_marks_a_letter_has(letters: list[tuple[str, str]]):
    text = "".join(letter + marks for letter, marks in letters)
    assert normalize(text) == unicodedata.normalize("NFC", text)


@given(text=st.text(max_size=53))
def test_a_normalized_text_is_nfc(text: str):
    assert normalize(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["Việt Nam", "क्षत्रिय ज़रूर", "Z\u0351\u036b\u0343a\u0357l\u0323go"])
def test_ordinary_texts_are_the_same_in_both_spellings(text: str):
    assert normalize(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text)
