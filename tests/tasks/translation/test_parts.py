import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tasks.translation.translators import untrained_translator
from tfplay.config import DecodingConfig
from tfplay.tasks import join_parts, split_to_fit, translate, translate_texts

TEXTS = st.text(st.sampled_from("one two. \n।é🦊"), max_size=80)


@pytest.fixture(scope="module", params=["encoder-decoder", "decoder-only"])
def trained(request):
    return untrained_translator(request.param)


@given(text=TEXTS)
@settings(max_examples=60)
def test_the_parts_cover_the_text_and_each_fits(trained, text):
    parts = split_to_fit(trained, text)
    assert "".join(parts) == (text if text.strip() else "")
    for part in parts:
        assert part.strip()
        as_read = " ".join(part.split())
        assert len(trained.tokenizer.tokenize(as_read)) < trained.context


def test_what_fits_stays_whole(trained):
    assert split_to_fit(trained, "one. two.") == ["one. two."]


def test_a_longer_text_is_split_by_sentence(trained):
    parts = split_to_fit(trained, "one two. " * 9)
    assert parts == ["one two. "] * 9


def test_line_breaks_between_parts_are_kept():
    assert join_parts(["one.\n\n", "two. ", "three"], ["एक।", "दो।", "तीन"]) == "एक।\n\nदो। तीन"


def test_many_texts_of_any_length_are_translated_as_one_by_one(trained):
    texts = ["one", "", "two two. " * 7, "five"]
    config = DecodingConfig(max_new_tokens=trained.context)
    alone = [
        join_parts(parts, [translate(trained, part, config).text for part in parts])
        for parts in (split_to_fit(trained, text) for text in texts)
    ]
    translated = [text for some in translate_texts(trained, texts) for text in some]
    assert translated == alone
    assert translated[1] == ""
