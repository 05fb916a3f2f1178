"""Published vocabularies: ids as the library has them, places in the text as typed."""

import doctest
import json
import random
from itertools import pairwise

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st

from tests.text.scripts import SCRIPTS
from tests.text.vocabularies import BERT, CHATML, LIBRARY, NONE, byte_level, unigram
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer, SpecialTokens, load_tokenizer, tokenizer_from_json
from tfplay.text.tokenizers import library

every_kind = pytest.mark.parametrize("tokenizer", LIBRARY.values(), ids=LIBRARY)
SPELLED = ["<s>", "</s>", "<|im_start|>", "<|im_end|>", "[MASK]", "[CLS]", "<0x41>", "▁", "##"]
any_text = st.one_of(
    st.text(max_size=53),
    st.text(alphabet=sorted(set("".join(SCRIPTS.values()))), max_size=53),
    st.lists(st.sampled_from([*SPELLED, *SCRIPTS.values(), " ", "\n", "\u0301"])).map("".join),
)


@every_kind
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_ids_and_text_are_the_librarys(tokenizer: LibraryTokenizer, text: str):
    reference = tokenizers.Tokenizer.from_str(json.dumps(tokenizer.to_json()["tokenizer"]))
    token_ids = tokenizer.tokenize(text)
    assert token_ids == reference.encode(text, add_special_tokens=False).ids
    assert tokenizer.detokenize(token_ids) == reference.decode(token_ids)


@every_kind
@given(text=any_text)
def test_pieces_have_the_ids_of_tokenize(tokenizer: LibraryTokenizer, text: str):
    token_ids = tokenizer.tokenize(text)
    assert [piece.token_id for piece in tokenizer.pieces(text)] == token_ids
    assert [i for word in tokenizer.tokenize_words([text])[0] for i in word] == token_ids


@every_kind
@given(text=any_text)
def test_pieces_stand_in_order_within_the_text_as_typed(tokenizer: LibraryTokenizer, text: str):
    pieces = tokenizer.pieces(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(pieces))


@pytest.mark.parametrize("kind", ["byte-level", "byte-fallback"])
@given(text=any_text)
def test_bytes_cover_every_character_and_give_back_the_text(kind: str, text: str):
    tokenizer = LIBRARY[kind]
    pieces = tokenizer.pieces(text)
    covered = {place for piece in pieces for place in range(piece.start, piece.end)}
    assert covered == set(range(len(text)))
    # SentencePiece cannot tell its sign for a space from a space.
    known = text if kind == "byte-level" else text.replace("▁", " ")
    assert tokenizer.detokenize(tokenizer.tokenize(text)) == known


@pytest.mark.parametrize("kind", ["byte-level", "byte-fallback", "Unigram with bytes"])
@pytest.mark.parametrize("text", ["é", "हि", "𠀋", "👩‍👧", "ผั", "中"])
def test_bytes_of_a_character_share_its_place(kind: str, text: str):
    """With no token for any of them, each character is as many pieces as it has bytes."""
    tokenizer = only_bytes(kind)
    shared = [(piece.start, piece.end) for piece in tokenizer.pieces("x" + text)]
    expected = [(at, at + 1) for at, each in enumerate("x" + text) for _ in each.encode()]
    assert shared[-len(expected) :] == expected


def only_bytes(kind: str) -> LibraryTokenizer:
    names = [f"<0x{byte:02X}>" for byte in range(256)]
    if kind == "byte-level":
        data = byte_level()
        data["model"] |= {"merges": []}
        return LibraryTokenizer(data, CHATML)
    if kind == "byte-fallback":
        vocab = {name: number for number, name in enumerate(names)}
        model = {"type": "BPE", "byte_fallback": True, "vocab": vocab, "merges": []}
    else:
        vocab = [["<unk>", 0.0], ["▁", -1.0], *([name, -99.0] for name in names)]
        model = {"type": "Unigram", "unk_id": 0, "byte_fallback": True, "vocab": vocab}
    return LibraryTokenizer(
        {"model": model, "decoder": {"type": "ByteFallback"}}, SpecialTokens(**NONE)
    )


@every_kind
@given(text=any_text)
def test_what_each_token_adds_is_the_text(tokenizer: LibraryTokenizer, text: str):
    ids = [tokenizer.end_id, *tokenizer.tokenize(text), tokenizer.end_id]
    added = [tokenizer.token_bytes(each, ids[:place]) for place, each in enumerate(ids)]
    assert b"".join(added).decode("utf-8", "replace") == tokenizer.detokenize(ids)
    assert added[0] == added[-1] == b""


@every_kind
@given(text=any_text)
def test_no_text_spells_a_special_token(tokenizer: LibraryTokenizer, text: str):
    assert set(tokenizer.tokenize(text)) & tokenizer.special_ids <= {tokenizer.unknown_id}


@every_kind
@given(texts=st.lists(any_text, max_size=5))
def test_a_batch_is_its_texts_one_by_one(tokenizer: LibraryTokenizer, texts: list[str]):
    assert tokenizer.tokenize_batch(texts) == [tokenizer.tokenize(text) for text in texts]


@every_kind
def test_a_saved_tokenizer_loads_equal(tokenizer: LibraryTokenizer, tmp_path):
    tokenizer.save(tmp_path / "tokenizer.json")
    loaded = load_tokenizer(tmp_path / "tokenizer.json")
    assert loaded.to_json() == tokenizer.to_json()
    assert loaded.vocabulary == tokenizer.vocabulary
    assert loaded.pieces_batch(SCRIPTS.values()) == tokenizer.pieces_batch(SCRIPTS.values())


@every_kind
def test_a_published_vocabulary_is_not_learned(tokenizer: LibraryTokenizer):
    with pytest.raises(InputError, match="read from its files"):
        type(tokenizer).train(["text"], 400)


@every_kind
@pytest.mark.parametrize("token_id", [-1, 70_001])
def test_an_id_outside_the_vocabulary_is_named(tokenizer: LibraryTokenizer, token_id: int):
    with pytest.raises(InputError, match=f"{token_id} is outside"):
        tokenizer.detokenize([token_id])


def test_labels_show_spaces_and_bytes():
    assert LIBRARY["byte-level"].labels(LIBRARY["byte-level"].tokenize("é\n t")) == [
        *("<C3>", "<A9>", "⏎", "␣t")
    ]
    fallback = LIBRARY["byte-fallback"]
    assert fallback.labels(fallback.tokenize("½\n")) == ["␣", "<C2>", "<BD>", "⏎"]
    pieces = LIBRARY["word pieces"]
    assert pieces.labels([pieces.mask_id, *pieces.tokenize("cats")])[:2] == ["[MASK]", "cat"]


@pytest.mark.parametrize(
    ("kind", "inside"),
    [("byte-level", True), ("byte-fallback", True), ("Unigram", True), ("word pieces", False)],
)
def test_whether_a_space_belongs_to_the_word_behind_it(kind: str, inside: bool):
    assert LIBRARY[kind].space_in_word is inside


def test_an_accent_belongs_to_the_letter_it_was_taken_from():
    text = "e\u0301a x\u030c"
    pieces = LIBRARY["word pieces"].pieces(text)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == "e\u0301ax\u030c"


def test_what_a_chat_template_writes_is_special():
    data = byte_level()
    for token in data["added_tokens"]:
        token["special"] = False
    end = SpecialTokens(**NONE | {"end": "<|endoftext|>"})
    plain = LibraryTokenizer(data, end)
    chat = LibraryTokenizer(data, end, chat_template="{{ '<|im_start|>' }}")
    typed = "<|im_start|><|im_end|><|endoftext|>"
    assert {1, 2, 0} & set(plain.tokenize(typed)) == {1, 2}
    assert {1, 2, 0} & set(chat.tokenize(typed)) == {2}


def test_ids_that_no_token_has_are_unused_ones():
    data = byte_level()
    data["added_tokens"].append({"id": 503, "content": "<tool>", "special": True})
    tokenizer = LibraryTokenizer(data, CHATML, size=509)
    assert tokenizer.vocabulary[500:504] == (
        "<unused 500>",
        "<unused 501>",
        "<unused 502>",
        "<tool>",
    )
    assert tokenizer.vocabulary_size == 509
    assert tokenizer.detokenize([503, 508]) == ""
    again = tokenizer_from_json(json.loads(json.dumps(tokenizer.to_json())))
    assert again.vocabulary == tokenizer.vocabulary


def test_unigrams_added_tokens_may_leave_ids_out():
    data = unigram()
    size = len(data["model"]["vocab"])
    data["added_tokens"].append({"id": size + 2, "content": "<extra>", "special": True})
    tokenizer = LibraryTokenizer(data, SpecialTokens(**NONE))
    assert tokenizer.vocabulary[size + 2] == "<extra>"
    assert tokenizer.special_ids >= {size + 2}


def test_nothing_is_cut_off_or_filled_up():
    data = byte_level() | {
        "truncation": {
            "max_length": 3,
            "strategy": "LongestFirst",
            "stride": 0,
            "direction": "Right",
        }
    }
    text = SCRIPTS["Latin"]
    assert LibraryTokenizer(data, CHATML).tokenize(text) == LIBRARY["byte-level"].tokenize(text)


def changed(**parts) -> dict:
    return byte_level() | parts


def with_model(**parts) -> dict:
    return changed(model=byte_level()["model"] | parts)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ([], "no model"),
        ({}, "no model"),
        (changed(model=7), "no model"),
        (with_model(vocab=7), "no model"),
        (with_model(type="Magic"), "cannot be used"),
        (with_model(vocab={"a": 0, "b": 0}, merges=[]), "same id, 0"),
        (with_model(vocab={"a": "b"}), "'a' has the id 'b'"),
        (with_model(vocab={"a": 4_294_967_295}, merges=[]), "4,294,967,296 ids"),
        (with_model(merges=[["a", "zzz"]]), "cannot be used"),
        (with_model(vocab=[7]), "Token 0 .* is 7"),
        (with_model(max_input_chars_per_word=10**9), "1000000000; the most is"),
        (changed(added_tokens=[{"id": 9, "content": "!"}]), "'!' has two ids"),
        (changed(added_tokens=[{"id": "x", "content": "!"}]), "'!' has no id"),
        (changed(added_tokens=[7]), "7 has no text"),
        (changed(normalizer={"type": "Precompiled", "precompiled_charsmap": "AAAA"}), "cannot be"),
        (changed(pre_tokenizer={"type": "Split"}), "cannot be used"),
    ],
)
def test_broken_data_gets_one_sentence(data, complaint: str):
    with pytest.raises(InputError, match=complaint) as caught:
        LibraryTokenizer(data, CHATML)
    assert "\n" not in str(caught.value)


def test_pieces_that_would_fill_the_memory_are_refused():
    drawn = random.Random(0)
    pieces = ["".join(map(chr, drawn.choices(range(0x4E00, 0x9000), k=500))) for _ in range(2003)]
    vocab = [["<unk>", 0.0], *([piece, -1.0] for piece in pieces)]
    with pytest.raises(InputError, match="places in a tree"):
        LibraryTokenizer(with_model(type="Unigram", vocab=vocab, unk_id=0), CHATML)


def test_a_special_token_that_is_missing_is_named():
    with pytest.raises(InputError, match=r"'\[PAD\]' is missing"):
        LibraryTokenizer(byte_level(), BERT)


@pytest.mark.parametrize("size", [7, 10**12, "many"])
def test_a_size_that_contradicts_the_tokens_is_refused(size):
    with pytest.raises(InputError, match=r"ids for|and the model"):
        LibraryTokenizer(byte_level(), CHATML, size=size)


def test_a_pattern_that_never_ends_is_told_in_a_sentence():
    pattern = {"type": "Split", "pattern": {"Regex": "(a+)+$"}, "behavior": "Isolated"}
    tokenizer = LibraryTokenizer(changed(pre_tokenizer=pattern | {"invert": False}), CHATML)
    with pytest.raises(InputError, match="cannot encode the text: .*retry-limit"):
        tokenizer.tokenize("a" * 53 + "b")


def test_the_example_in_the_docstring_holds():
    failed, tried = doctest.testmod(library)
    assert tried > 0
    assert failed == 0
