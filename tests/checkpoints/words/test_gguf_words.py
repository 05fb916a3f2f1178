"""The vocabularies in GGUF files: the ids of those they were written from."""

import json

import pytest
import sentencepiece
from tokenizers import Tokenizer, models, pre_tokenizers

from tests.checkpoints.words.lines import lines
from tests.checkpoints.words.models import (
    gguf_of_byte_pairs,
    gguf_of_sentence_piece,
    gguf_of_word_pieces,
    sentence_piece,
    source,
)
from tests.text.vocabularies import byte_level, word_pieces
from tfplay.checkpoints.words import read_words
from tfplay.checkpoints.words.sentence_piece import parse_sentence_piece
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer


def read(folder, entries: dict) -> LibraryTokenizer:
    return read_words(source(folder, kind="gguf", config=entries))


def test_llamas_vocabulary_has_sentence_pieces_ids(tmp_path):
    settings = {"byte_fallback": True, "rule": "identity"}
    reference = sentencepiece.SentencePieceProcessor(model_proto=sentence_piece("bpe", **settings))
    tokenizer = read(tmp_path, gguf_of_sentence_piece("bpe", **settings))
    assert tokenizer.tokenize_batch(lines()) == reference.encode(lines())
    assert (tokenizer.start_id, tokenizer.end_id) == (1, 2)


def test_without_its_space_in_front_llamas_vocabulary_begins_with_the_text(tmp_path):
    entries = gguf_of_sentence_piece("bpe", byte_fallback=True, rule="identity")
    tokenizer = read(tmp_path, entries | {"tokenizer.ggml.add_space_prefix": False})
    assert tokenizer.labels(tokenizer.tokenize("xx"))[0] == "x"


def test_t5s_vocabulary_has_sentence_pieces_ids(tmp_path):
    content = sentence_piece("unigram")
    charsmap = list(parse_sentence_piece(content).charsmap)
    entries = gguf_of_sentence_piece("unigram") | {
        "tokenizer.ggml.precompiled_charsmap": charsmap,
        "tokenizer.ggml.remove_extra_whitespaces": True,
    }
    reference = sentencepiece.SentencePieceProcessor(model_proto=content)
    assert read(tmp_path, entries).tokenize_batch(lines()) == reference.encode(lines())


def test_berts_vocabulary_has_the_ids_of_what_it_was_written_from(tmp_path):
    reference = Tokenizer.from_str(json.dumps(word_pieces()))
    expected = [each.ids for each in reference.encode_batch(lines())]
    tokenizer = read(tmp_path, gguf_of_word_pieces())
    assert tokenizer.tokenize_batch(lines()) == expected
    assert tokenizer.labels([tokenizer.start_id, tokenizer.end_id]) == ["[CLS]", "[SEP]"]


@pytest.mark.parametrize("pre", ["gpt-2", "smollm", "starcoder"])
def test_byte_pairs_have_the_ids_of_what_they_were_written_from(tmp_path, pre: str):
    model = byte_level()["model"]
    merges = [tuple(merge) for merge in model["merges"]]
    reference = Tokenizer(models.BPE(model["vocab"], merges))
    reference.pre_tokenizer = pre_tokenizers.Sequence(
        [
            *([] if pre == "gpt-2" else [pre_tokenizers.Digits(individual_digits=True)]),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    expected = [each.ids for each in reference.encode_batch(lines())]
    assert read(tmp_path, gguf_of_byte_pairs(pre)).tokenize_batch(lines()) == expected


@pytest.mark.parametrize(
    ("pre", "words"),
    [
        ("gpt-2", ["I", "'", "VE", " 12345", " x", "!!", "\n\n"]),
        ("smollm", ["I", "'", "VE", " ", "1", "2", "3", "4", "5", " x", "!!", "\n\n"]),
        ("llama-bpe", ["I", "'VE", " ", "123", "45", " x", "!!\n\n"]),
        ("qwen2", ["I", "'VE", " ", "1", "2", "3", "4", "5", " x", "!!\n\n"]),
        ("gpt-4o", ["I'VE", " ", "123", "45", " x", "!!\n\n"]),
        ("tekken", ["I", "'VE", " ", "1", "2", "3", "4", "5", " x", "!!\n\n"]),
        ("default", ["I", "'", "VE", " ", "123", "45", " x", "!!", "\n\n"]),
    ],
)
def test_words_are_split_as_the_file_says(tmp_path, pre: str, words: list[str]):
    tokenizer = read(tmp_path, gguf_of_byte_pairs(pre))
    text = "I'VE 12345 x!!\n\n"
    found = [tokenizer.detokenize(word) for word in tokenizer.tokenize_words([text])[0]]
    assert found == words


def test_qwens_text_is_normalised(tmp_path):
    tokenizer = read(tmp_path, gguf_of_byte_pairs("qwen2"))
    assert tokenizer.tokenize("e\u0301") == tokenizer.tokenize("é")
    assert [(piece.start, piece.end) for piece in tokenizer.pieces("e\u0301")] == [(0, 2)] * 2


def test_control_tokens_are_special_and_come_from_no_text(tmp_path):
    entries = gguf_of_byte_pairs() | {"tokenizer.chat_template": "{{ messages[0]['content'] }}"}
    tokenizer = read(tmp_path, entries)
    assert tokenizer.special_ids == {0, 1, 2}
    assert {0, 1, 2}.isdisjoint(tokenizer.tokenize("<|endoftext|><|im_start|><|im_end|>"))
    assert tokenizer.chat_template == "{{ messages[0]['content'] }}"


def entries_with(**changes) -> dict:
    return gguf_of_byte_pairs() | {f"tokenizer.ggml.{name}": each for name, each in changes.items()}


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ({}, "no vocabulary"),
        (entries_with(tokens=()), "no vocabulary"),
        (entries_with(tokens="abc"), "its tokens are 'abc'"),
        (entries_with(tokens=("a", "a"), token_type=None), "'a' stands twice"),
        (entries_with(token_type=["x"] * 500), "one of its token_type is 'x'"),
        (entries_with(model="llama", scores=[float("nan")] * 500), "one of its scores is nan"),
        (entries_with(model="llama", precompiled_charsmap=[300], scores=[0.0] * 500), "byte 300"),
        (entries_with(token_type=[1]), "500 tokens and 1 kinds"),
        (entries_with(model="magic"), "of the kind 'magic'; gpt2"),
        (entries_with(model=["gpt2"]), "of the kind"),
        (entries_with(pre="new-one"), "'new-one'; known are .*llama-bpe"),
        (entries_with(pre=7), "splits words as 7"),
        (entries_with(merges=None), "no merges"),
        (entries_with(merges=("a",)), "The merge 'a'"),
        (entries_with(merges=("a zzz",)), "The merge 'a zzz'"),
        (entries_with(model="llama"), "none of their scores"),
        (entries_with(model="llama", scores=[1.0]), "500 tokens and 1 of their scores"),
    ],
)
def test_a_damaged_vocabulary_gets_one_sentence(tmp_path, entries: dict, complaint: str):
    with pytest.raises(InputError, match=complaint) as caught:
        read(tmp_path, entries)
    assert "\n" not in str(caught.value)


def test_pieces_as_long_as_books_are_refused(tmp_path):
    entries = gguf_of_sentence_piece("bpe", byte_fallback=True, rule="identity")
    tokens = [*entries["tokenizer.ggml.tokens"][:-1], "x" * 100_003]
    with pytest.raises(InputError, match="has 100,003 characters"):
        read(tmp_path, entries | {"tokenizer.ggml.tokens": tuple(tokens)})
