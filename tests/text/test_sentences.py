import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We are friends. Why?", ["We are friends. ", "Why?"]),
        ("Mr. J. Roy left. Why?!", ["Mr. J. Roy left. ", "Why?!"]),
        ("It costs 3.50 euros.", ["It costs 3.50 euros."]),
        ('"Go." He went.', ['"Go." ', "He went."]),
        ("हम दोस्त हैं। तुम कैसे हो?", ["हम दोस्त हैं। ", "तुम कैसे हो?"]),
        ("你好。再见！", ["你好。", "再见！"]),
        ("one\n\ntwo", ["one\n\n", "two"]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text, sentences):
    assert split_sentences(text) == sentences


@given(st.text(st.sampled_from('aB.!?। \n"。')))
def test_the_sentences_are_the_whole_text(text):
    sentences = split_sentences(text)
    assert "".join(sentences) == text
    assert all(sentence.strip() for sentence in sentences) or not text.strip()
