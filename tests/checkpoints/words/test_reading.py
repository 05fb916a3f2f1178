"""Vocabularies in the Hub's and Keras' own files: which is read, and what its small files tell."""

import re

import pytest
from tokenizers import BertWordPieceTokenizer, ByteLevelBPETokenizer

from tests.checkpoints.words.lines import lines
from tests.checkpoints.words.models import gguf_of_byte_pairs, sentence_piece, source
from tests.text.vocabularies import byte_fallback, byte_level, unigram, word_pieces
from tfplay.checkpoints.words import read_words
from tfplay.errors import InputError

BERT_IDS = word_pieces()["model"]["vocab"]
VOCAB_TXT = "\n".join(sorted(BERT_IDS, key=BERT_IDS.get)) + "\n"
BPE = byte_level()["model"]
MERGES_TXT = "#version: 0.2\n" + "\n".join(" ".join(merge) for merge in BPE["merges"]) + "\n"


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"do_lower_case": False},
        {"do_lower_case": True, "strip_accents": False},
        {"do_lower_case": False, "strip_accents": True, "tokenize_chinese_chars": False},
    ],
    ids=str,
)
def test_berts_vocabulary_has_the_librarys_ids(tmp_path, settings: dict):
    tokenizer = read_words(source(tmp_path, vocab_txt=VOCAB_TXT, tokenizer_config_json=settings))
    reference = BertWordPieceTokenizer(
        BERT_IDS,
        lowercase=settings.get("do_lower_case", True),
        strip_accents=settings.get("strip_accents"),
        handle_chinese_chars=settings.get("tokenize_chinese_chars", True),
    )
    expected = [each.ids for each in reference.encode_batch(lines(), add_special_tokens=False)]
    assert tokenizer.tokenize_batch(lines()) == expected
    assert (tokenizer.pad_id, tokenizer.unknown_id, tokenizer.mask_id) == (0, 1, 4)
    assert (tokenizer.start_id, tokenizer.end_id) == (2, 3)


def test_gpt2s_files_have_the_librarys_ids(tmp_path):
    found = source(tmp_path, vocab_json=BPE["vocab"], merges_txt=MERGES_TXT)
    reference = ByteLevelBPETokenizer(BPE["vocab"], [tuple(merge) for merge in BPE["merges"]])
    tokenizer = read_words(found)
    assert tokenizer.tokenize_batch(lines()) == [
        each.ids for each in reference.encode_batch(lines())
    ]
    assert tokenizer.start_id == tokenizer.end_id == tokenizer.pad_id == 0
    assert 0 not in tokenizer.tokenize("<|endoftext|>")


@pytest.mark.parametrize("name", ["uncased BERT", "cased BERT", "GPT-2"])
def test_a_keras_presets_vocabulary_has_keras_hubs_ids(tmp_path, name: str):
    keras_hub = pytest.importorskip("keras_hub")
    if name == "GPT-2":
        merges = MERGES_TXT.strip().split("\n")[1:]
        made = keras_hub.tokenizers.GPT2Tokenizer(vocabulary=BPE["vocab"], merges=merges)
        told_apart = "ก-๙"  # Keras does not cut Thai at its vowel signs, as GPT-2 does
    else:
        uncased = name == "uncased BERT"
        made = keras_hub.tokenizers.BertTokenizer(vocabulary=VOCAB_TXT.split(), lowercase=uncased)
        told_apart = "\u200dß☀-➿\U0001f000-\U0001ffff"  # joiners and pictures; "ß" becomes "ss"
    made.save_to_preset(tmp_path)
    found = source(tmp_path, kind="keras-preset")
    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    found.files.update({path.relative_to(tmp_path).as_posix(): path for path in paths})
    same = [line for line in lines() if not re.search(f"[{told_apart}]", line)]
    assert len(same) > 120
    expected = [list(map(int, made(line))) for line in same]
    assert read_words(found).tokenize_batch(same) == expected


def test_qwens_files_split_words_as_qwen_does(tmp_path):
    files = {"vocab_json": BPE["vocab"], "merges_txt": MERGES_TXT}
    tokenizer = read_words(source(tmp_path, config={"model_type": "qwen2"}, **files))
    words = tokenizer.tokenize_words(["123"])[0]
    assert [tokenizer.detokenize(word) for word in words] == ["1", "2", "3"]


@pytest.mark.parametrize("family", ["xlm-roberta", "albert"])
def test_a_family_that_numbers_pieces_its_own_way_needs_its_tokenizer_json(tmp_path, family):
    config, content = {"model_type": family}, sentence_piece("unigram")
    with pytest.raises(InputError, match=f"family {family} .* tokenizer.json is needed"):
        read_words(source(tmp_path, config=config, spiece_model=content))


def test_a_gguf_files_own_vocabulary_comes_before_all_others(tmp_path):
    entries = gguf_of_byte_pairs()
    found = source(tmp_path, kind="gguf", config=entries, tokenizer_json=word_pieces())
    assert read_words(found).vocabulary == entries["tokenizer.ggml.tokens"]


def test_a_tokenizer_json_comes_before_older_files(tmp_path):
    found = source(tmp_path, tokenizer_json=word_pieces(), vocab_txt="nonsense\n")
    assert read_words(found).vocabulary_size == len(BERT_IDS)


def test_roles_are_what_the_small_files_say(tmp_path):
    found = source(
        tmp_path,
        config={"eos_token_id": 0, "vocab_size": 503},
        tokenizer_json=byte_level(),
        special_tokens_map_json={"bos_token": "<|im_start|>"},
        tokenizer_config_json={"pad_token": {"content": "<|im_end|>", "lstrip": False}},
    )
    tokenizer = read_words(found)
    assert (tokenizer.start_id, tokenizer.end_id, tokenizer.pad_id) == (1, 0, 2)
    assert tokenizer.unknown_id is tokenizer.mask_id is None
    assert tokenizer.vocabulary_size == 503


def test_of_several_ends_the_first_is_taken(tmp_path):
    found = source(
        tmp_path,
        config={"eos_token_id": 0},
        tokenizer_json=byte_level(),
        generation_config_json={"eos_token_id": [2, 0]},
    )
    assert read_words(found).end_id == 2


@pytest.mark.parametrize(
    ("data", "start", "end"),
    [(word_pieces(), 2, 3), (byte_fallback(), 1, 2), (unigram(), 1, 2)],
)
def test_without_small_files_tokens_spelled_as_usual_have_their_roles(tmp_path, data, start, end):
    tokenizer = read_words(source(tmp_path, tokenizer_json=data))
    assert (tokenizer.start_id, tokenizer.end_id) == (start, end)


@pytest.mark.parametrize(
    "files",
    [
        {"tokenizer_config_json": {"chat_template": "a {{ messages }}"}},
        {
            "tokenizer_config_json": {
                "chat_template": [
                    {"name": "tools", "template": "b"},
                    {"name": "default", "template": "a {{ messages }}"},
                ]
            }
        },
        {"chat_template_jinja": "a {{ messages }}", "tokenizer_config_json": {}},
        {"chat_template_json": {"chat_template": "a {{ messages }}"}},
    ],
)
def test_the_chat_template_is_found_wherever_it_stands(tmp_path, files: dict):
    found = source(tmp_path, tokenizer_json=byte_level(), **files)
    assert read_words(found).chat_template == "a {{ messages }}"


def test_a_vocabulary_that_ends_turns_is_read_as_its_family_is(tmp_path):
    ends = {"eos_token": "<|im_end|>"}
    found = source(tmp_path, tokenizer_json=byte_level(), tokenizer_config_json=ends)
    assert "<|im_start|>" in read_words(found).chat_template
    plain = source(tmp_path, tokenizer_json=byte_level(), tokenizer_config_json={})
    assert read_words(plain).chat_template is None


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({}, "no vocabulary that can be read"),
        ({"tokenizer_json": "[]"}, "not a JSON object"),
        ({"tokenizer_json": "{"}, r"tokenizer\.json is cut short"),
        ({"tokenizer_json": {"model": 7}}, "no model"),
        ({"tokenizer_json": "[" * 50_003}, r"tokenizer\.json is cut short"),
        ({"vocab_txt": "a\nb\na\n"}, r"vocab\.txt: line 3 is 'a', as line 1 is"),
        ({"vocab_txt": "a\nb\n"}, r"no '\[UNK\]'"),
        ({"vocab_txt": ""}, "empty"),
        ({"vocab_json": {"a": 0}, "merges_txt": "a\n"}, r"merges\.txt: line 1 is 'a'"),
        ({"vocab_json": {"a": 0}, "merges_txt": "a b\n"}, "The merge 'a b'"),
        ({"vocab_json": {"a": 0, "b": 0}, "merges_txt": "a b\n"}, "1 different ids for 2"),
        ({"vocab_json": {"a": 10**12}, "merges_txt": "a a\n"}, "names a token|ids for"),
        (
            {"tokenizer_json": byte_level(), "tokenizer_config_json": {"mask_token": "<m>"}},
            "'<m>' is missing",
        ),
        (
            {"tokenizer_json": byte_level(), "tokenizer_config_json": {"chat_template": 7}},
            "The chat template is 7",
        ),
        (
            {"tokenizer_json": byte_level(), "tokenizer_config_json": {"chat_template": ["x"]}},
            "The chat template",
        ),
    ],
)
def test_damaged_files_get_one_sentence(tmp_path, files: dict, complaint: str):
    with pytest.raises(InputError, match=complaint) as caught:
        read_words(source(tmp_path, **files))
    assert "\n" not in str(caught.value)


def test_a_vocabulary_larger_than_the_model_is_refused(tmp_path):
    found = source(tmp_path, config={"vocab_size": 7}, tokenizer_json=byte_level())
    with pytest.raises(InputError, match="500 tokens and the model 7"):
        read_words(found)
