"""Tokenizers of ours give the same ids in the libraries that others read with."""

import json

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st

from tests.checkpoints.exports import SCRATCH, TOKENIZERS, scratch_model, scratch_tokenizer
from tests.checkpoints.published import GOLDEN
from tfplay.checkpoints.export import export_hugging_face
from tfplay.checkpoints.export.words import SAMPLES, tokenizer_json
from tfplay.checkpoints.sources.opening import open_source
from tfplay.checkpoints.words import encode_conversation, read_words
from tfplay.errors import InputError
from tfplay.tasks.chat.format import encode_messages, learned_template
from tfplay.text import LibraryTokenizer, Tokenizer, WordPieceTokenizer, WordTokenizer
from tfplay.text.tokenizers.published import BERT
from tfplay.text.tokenizers.saved import load_tokenizer, tokenizer_from_json

ODD_TEXTS = st.text("ab'’# \n\t.,-5é\u0301नि्\u200d日\u00a0\u2028\x0b\x85", max_size=14)


def library(tokenizer: Tokenizer) -> tokenizers.Tokenizer:
    data = tokenizer_json(tokenizer, "decoder-only")
    return tokenizers.Tokenizer.from_str(json.dumps(data))


@pytest.fixture(scope="module", params=TOKENIZERS)
def both(request) -> tuple[Tokenizer, tokenizers.Tokenizer]:
    """A tokenizer of each kind, and what the library makes of its file."""
    ours = scratch_tokenizer(request.param)
    return ours, library(ours)


@given(text=ODD_TEXTS)
def test_the_library_gives_a_text_the_same_ids(both, text):
    ours, theirs = both
    assert theirs.encode(text).ids == ours.tokenize(text)


@pytest.mark.parametrize("text", SAMPLES)
def test_the_library_spells_the_same_text(both, text):
    ours, theirs = both
    ids = ours.tokenize(text)
    assert theirs.decode(ids) == ours.detokenize(ids)


@pytest.mark.parametrize("name", TOKENIZERS)
def test_the_reference_puts_around_a_text_what_models_here_read(name):
    ours, (architecture, _) = scratch_tokenizer(name), SCRATCH[name]
    about = json.loads((GOLDEN / "exports" / f"{name}.json").read_text(encoding="utf-8"))
    before = [ours.start_id] * (architecture == "encoder-only")
    after = [ours.end_id] * (architecture != "decoder-only")
    expected = [[*before, *ours.tokenize(text), *after] for text in SAMPLES]
    assert about["token_ids"] == expected


@pytest.mark.parametrize("name", TOKENIZERS)
def test_what_is_written_is_read_again_here(name, tmp_path):
    ours = scratch_tokenizer(name)
    export_hugging_face(scratch_model(name), ours, tmp_path / "model", chat_template="{{ 1 }}")
    again = read_words(open_source(tmp_path / "model"))
    assert again.vocabulary == ours.vocabulary
    assert again.tokenize_batch(SAMPLES) == ours.tokenize_batch(SAMPLES)
    assert again.chat_template == "{{ 1 }}"
    for role in ("pad", "unknown", "start", "end", "mask"):
        assert getattr(again.special_tokens, role) == getattr(ours.special_tokens, role)


def test_a_shipped_vocabulary_is_written():
    tokenizer = load_tokenizer("tfplay/zoo/models/translator/tokenizer.json")
    text = "Where is the station? स्टेशन कहाँ है?"
    assert library(tokenizer).encode(text).ids == tokenizer.tokenize(text)


@given(text=st.text("aB'’# \n.,-5éÉ\u0301नि्\u200d日_ǅ^", max_size=14))
def test_marks_of_capitals_are_written(text):
    words = [*BERT.spellings, *"ab5^.,'-_", "e", "##a", "##b", "##e", "##5"]
    tokenizer = WordPieceTokenizer(words, BERT, "bert", uncased=True, capital="^")
    assert library(tokenizer).encode(text).ids == tokenizer.tokenize(text)


def test_berts_vocabulary_is_written():
    words = ["[PAD]", "[UNK]", "[START]", "[END]", "[MASK]", "<|system|>", "<|user|>"]
    saved = WordTokenizer([*words, "<|assistant|>", "cafe", "##s", "!"]).to_json()
    bert = tokenizer_from_json(
        saved | {"kind": "wordpiece", "word_pattern": "bert", "uncased": True}
    )
    assert library(bert).encode("Cafés!").ids == bert.tokenize("Cafés!") == [8, 9, 10]


def test_a_published_vocabulary_is_written_as_it_was():
    model = {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "low": 1, "[END]": 2}}
    data = {"model": model, "pre_tokenizer": {"type": "Whitespace"}}
    special = scratch_tokenizer("gpt2").special_tokens
    roles = dict.fromkeys(vars(special)) | {"unknown": "[UNK]", "end": "[END]"}
    published = LibraryTokenizer(data, type(special)(**roles))
    assert library(published).encode("low lower").ids == [1, 0]


def test_a_vocabulary_of_words_is_refused():
    tokenizer = WordTokenizer.train(SAMPLES, 100)
    with pytest.raises(InputError, match="A word vocabulary is not written: it knows a word also"):
        tokenizer_json(tokenizer, "decoder-only")


def test_a_chat_template_says_what_models_trained_here_learned():
    ours = scratch_tokenizer("gpt2")
    data = tokenizer_json(ours, "decoder-only")
    published = LibraryTokenizer(data, ours.special_tokens, learned_template(ours))
    messages = [
        {"role": "system", "content": " Be kind. "},
        {"role": "user", "content": "Who is [END]?\n"},
        {"role": "assistant", "content": ""},
        {"role": "user", "content": "'quoted'"},
    ]
    assert encode_conversation(published, messages).token_ids == encode_messages(ours, messages)
