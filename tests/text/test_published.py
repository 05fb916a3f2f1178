"""GPT-2's and BERT's own ids, from their published vocabularies."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import ByteLevelBPETokenizer

from tfplay.errors import InputError
from tfplay.text import bert_tokenizer, gpt2_tokenizer, read_text, tokenizer_from_json


@pytest.fixture(scope="module")
def gpt2(shared_data):
    folder = shared_data / "gpt2-bpe"
    return gpt2_tokenizer(folder / "encoder.json.gz", folder / "vocab.bpe")


@pytest.fixture(scope="module")
def bert(shared_data):
    return bert_tokenizer(shared_data / "bert-vocab" / "vocab.txt")


def test_gpt2_gives_the_published_encoding(gpt2, shared_data):
    reference = json.loads((shared_data / "gpt2-bpe" / "encoded_tokens.json").read_text())
    assert gpt2.tokenize(reference["text"]) == reference["token_ids"]
    assert gpt2.detokenize(reference["token_ids"]) == reference["text"]


def test_gpt2_gives_tiny_shakespeare_as_many_tokens_as_nanogpt_counts(gpt2, shared_data):
    text = read_text(shared_data / "tinyshakespeare" / "input.txt.gz")
    assert len(gpt2.tokenize(text)) == 301_966 + 36_059


@pytest.fixture(scope="module")
def gpt2_in_another_library(gpt2):
    merges = [tuple(merge.split(" ")) for merge in gpt2.merges]
    vocabulary = {token: i for i, token in enumerate(gpt2.vocabulary)}
    return ByteLevelBPETokenizer(vocabulary, merges)


@given(
    text=st.text(
        alphabet=st.sampled_from("ab EZ09.,'s\n\t!?-éñ中हि६ी\u00a0\u2009👩\u200d"), max_size=53
    )
)
def test_gpt2_equals_another_library_on_any_text(gpt2, gpt2_in_another_library, text: str):
    assert gpt2.tokenize(text) == gpt2_in_another_library.encode(text).ids


def test_gpt2_has_one_special_token_for_everything(gpt2):
    assert gpt2.vocabulary_size == 50_257
    assert gpt2.pad_id == gpt2.start_id == gpt2.end_id == 50_256
    assert gpt2.unknown_id is gpt2.mask_id is gpt2.user_id is None
    assert 50_256 not in gpt2.tokenize("<|endoftext|>")


def test_gpt2_labels_are_readable(gpt2):
    assert gpt2.labels(gpt2.tokenize("the café\nह")) == ["the", "␣café", "⏎", "<E0><A4>", "<B9>"]


def test_bert_gives_all_published_encodings(bert, shared_data):
    folder = shared_data / "bert-vocab"
    with gzip.open(folder / "question_tokens.json.gz") as stream:
        questions = [question["original"] for question in json.load(stream)]
    expected = json.loads((folder / "tokenized_questions.json").read_text())
    assert len(expected) == 10_570
    assert bert.tokenize_batch(questions) == expected


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Unaffable CAFÉ", ["una", "##ffa", "##ble", "cafe"]),
        ("\u00a0a\u0000\u00adb\ufffd\u2028c ", ["ab", "c"]),
        ("a\u2260b", ["a", "=", "b"]),
        ("İstanbul ΟΔΟΣ", ["istanbul", "ο", "##δ", "##ος"]),
        ("中国!", ["中", "国", "!"]),
        ("don't", ["don", "'", "t"]),
        ("x" * 101, ["[UNK]"]),
        ("हिन" * 34, ["[UNK]"]),
        ("न" * 100, ["न", *["##न"] * 99]),
    ],
)
def test_bert_cleans_text_as_published(bert, text: str, tokens: list[str]):
    assert bert.labels(bert.tokenize(text)) == tokens


def test_bert_spans_point_into_the_text_as_written(bert):
    text = "Ünaffable x\u030c, हिन्दी"
    covered = [text[piece.start : piece.end] for piece in bert.pieces(text)]
    assert covered[:3] == ["Üna", "ffa", "ble"]
    assert covered[3:5] == ["x\u030c", ","]
    assert "".join(covered[5:]) == "हिन्दी"


def test_bert_special_tokens(bert):
    assert bert.vocabulary_size == 30_522
    assert (bert.pad_id, bert.unknown_id, bert.mask_id) == (0, 100, 103)
    assert (bert.start_id, bert.end_id, bert.user_id) == (101, 102, None)
    assert not {0, 101, 102, 103} & set(bert.tokenize("[PAD] [CLS] [SEP] [MASK]"))


@pytest.mark.parametrize("name", ["gpt2", "bert"])
def test_a_published_tokenizer_is_the_same_from_its_json(request, name: str):
    tokenizer = request.getfixturevalue(name)
    again = tokenizer_from_json(json.loads(json.dumps(tokenizer.to_json())))
    text = "Ça coûte 12345 euros, हिन्दी!"
    assert again.tokenize(text) == tokenizer.tokenize(text)


def test_a_vocabulary_that_skips_an_id_is_refused(tmp_path, shared_data):
    (tmp_path / "encoder.json").write_text('{"a": 0, "b": 2}')
    with pytest.raises(InputError, match=r"encoder\.json must give each token its own id"):
        gpt2_tokenizer(tmp_path / "encoder.json", shared_data / "gpt2-bpe" / "vocab.bpe")
