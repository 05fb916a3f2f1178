import doctest
import json

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tfplay import cutting
from tfplay.cutting import LONGEST_QUOTE, cut_text, quoted, whole_letters

SIGNS = "ab \u0301कि\u094dत\u200d👩👧🏽🇮🇳각\u1100\u1161\r\n"
any_text = st.text(alphabet=st.sampled_from(SIGNS), max_size=53)


def letters(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@given(text=any_text, longest=st.integers(1, 60))
def test_a_text_is_cut_between_letters_and_no_shorter_than_it_must_be(text: str, longest: int):
    kept = whole_letters(text, longest)
    number = len(letters(kept))
    assert kept == "".join(letters(text)[:number])
    following = letters(text)[number : number + 1]
    assert len(kept) <= longest
    assert not following or len(kept + following[0]) > longest


@given(text=any_text, longest=st.integers(1, 60))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, longest: int):
    cut = cut_text(text, longest)
    assert len(cut) <= longest
    assert cut == text if len(text) <= longest else cut.endswith("…")


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("हिन्दी में लिखो", 8, "हिन्दी…"),
        ("ta\u0302che", 3, "t…"),
        ("👨\u200d👩\u200d👧\u200d👦 family", 6, "…"),
        ("🇮🇳🇳🇵🇧🇩", 4, "🇮🇳…"),
        ("each word", 6, "each…"),
        ("a" + "\u0301" * 1_000_000, 9, "…"),
    ],
)
def test_what_people_see_as_one_letter_stays_whole(text: str, longest: int, cut: str):
    assert cut_text(text, longest) == cut


def test_a_quoted_value_is_short_whatever_it_is():
    deep = json.loads("[" * 400 + "]" * 400)
    for value in ("x" * 10**6, ["x" * 10**6] * 10**5, {"a": deep}, deep, "कि" * 99):
        assert len(quoted(value)) <= LONGEST_QUOTE


@pytest.mark.parametrize("value", [None, True, 1.5, "short", ["a", 1], {"role": "user"}])
def test_a_short_value_is_quoted_as_python_writes_it(value):
    assert quoted(value) == repr(value)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(cutting).failed == 0
