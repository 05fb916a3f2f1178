"""SentencePiece's files: the ids that SentencePiece itself gives."""

import pytest
import sentencepiece
from hypothesis import given
from hypothesis import strategies as st

from tests.checkpoints.words.lines import lines
from tests.checkpoints.words.models import sentence_piece, source
from tests.growth import too_fast
from tfplay.checkpoints.words import read_words
from tfplay.checkpoints.words.sentence_piece import parse_sentence_piece
from tfplay.errors import InputError

MODELS = [
    (kind, byte_fallback, rule)
    for kind in ("unigram", "bpe")
    for byte_fallback in (False, True)
    for rule in ("nmt_nfkc", "nfkc_cf", "identity")
]
LETTERS = "aAeZ 19.\u0301\u0323\u093cनड़شّرَ中ผู้ีﬁ½Ⅷﷺ👩\u200d\u00a0\u3000\n\t\u200b가\u1100\u1161"


@pytest.fixture(params=MODELS, ids=str, scope="module")
def both(request, tmp_path_factory):
    """A vocabulary as SentencePiece reads it, and as we do."""
    content = sentence_piece(*request.param)
    reference = sentencepiece.SentencePieceProcessor(model_proto=content)
    folder = tmp_path_factory.mktemp("model")
    return reference, read_words(source(folder, tokenizer_model=content))


def test_ids_and_text_are_sentence_pieces_on_two_hundred_lines(both):
    reference, tokenizer = both
    ids = reference.encode(lines())
    assert tokenizer.tokenize_batch(lines()) == ids
    unknown = reference.unk_id()
    known = [each for each in ids if unknown not in each]  # SentencePiece writes " ⁇ " for it
    assert [tokenizer.detokenize(each) for each in known] == reference.decode(known)


@given(text=st.text(alphabet=st.sampled_from(LETTERS), max_size=29))
def test_ids_are_sentence_pieces_on_any_text(both, text: str):
    reference, tokenizer = both
    assert tokenizer.tokenize(text) == reference.encode(text)


def test_a_text_that_spells_a_control_piece_or_a_byte_has_sentence_pieces_ids(both):
    reference, tokenizer = both
    for text in ("a <s> b</s>", "x<0x41>", "</s>"):
        found, expected = tokenizer.tokenize(text), reference.encode(text)
        assert {1, 2} & set(found) == set()
        assert 0 in expected or found == expected  # several that are unknown may count as one


def test_places_are_those_of_the_text_as_typed(both):
    _, tokenizer = both
    text = "  Łódź e\u0301te\u0301 ﷺ 한국 "
    for piece in tokenizer.pieces(text):
        assert 0 <= piece.start < piece.end <= len(text)
    pieces = tokenizer.pieces("e\u0301")
    assert {(piece.start, piece.end) for piece in pieces} <= {(0, 1), (0, 2), (1, 2)}


def test_no_text_costs_more_than_its_length(tmp_path):
    tokenizer = read_words(source(tmp_path, tokenizer_model=sentence_piece("unigram", True)))
    tokenizer.pieces("once")
    assert too_fast(lambda text: tokenizer.detokenize(tokenizer.tokenize(text))) == {}


def test_roles_are_those_of_the_control_pieces(tmp_path):
    tokenizer = read_words(source(tmp_path, spiece_model=sentence_piece("unigram")))
    assert (tokenizer.unknown_id, tokenizer.start_id, tokenizer.end_id) == (0, 1, 2)
    assert tokenizer.mask_id is tokenizer.system_id is None
    assert tokenizer.pad_id == tokenizer.end_id


def test_user_defined_pieces_stand_for_themselves(tmp_path):
    for kind in ("unigram", "bpe"):
        content = sentence_piece(kind, rule="identity", user_defined_symbols="<tag>,\n")
        reference = sentencepiece.SentencePieceProcessor(model_proto=content)
        tokenizer = read_words(source(tmp_path, tokenizer_model=content))
        for text in ("a<tag>b <tag> c", "<tag>", "one\n\ntwo"):
            assert tokenizer.tokenize(text) == reference.encode(text)


def marian(folder, **changes):
    """Marian's files: two vocabularies of pieces, and ids for both together."""
    reading, writing = sentence_piece("unigram"), sentence_piece("unigram", rule="identity")
    pieces = [
        *(each.text for each in parse_sentence_piece(reading).pieces),
        *(each.text for each in parse_sentence_piece(writing).pieces),
    ]
    special = {"</s>", "<unk>", "<s>"}
    order = ["</s>", "<unk>", *(each for each in dict.fromkeys(pieces) if each not in special)]
    ids = {token: number for number, token in enumerate([*order, ">>fra<<", "<pad>"])}
    files = {"source_spm": reading, "target_spm": writing, "vocab_json": ids}
    config = {"vocab_size": len(ids), "decoder_start_token_id": ids["<pad>"]}
    return ids, source(folder, config=config, **files | changes)


def test_marian_has_the_pieces_of_its_source_and_ids_for_both_languages(tmp_path):
    ids, found = marian(tmp_path)
    content = (tmp_path / "source.spm").read_bytes()
    reference = sentencepiece.SentencePieceProcessor(model_proto=content)
    expected = [
        [ids.get(piece, ids["<unk>"]) for piece in reference.encode(line, out_type=str)]
        for line in lines()
    ]
    assert read_words(found).tokenize_batch(lines()) == expected


def test_marian_begins_with_padding_and_may_be_told_the_language(tmp_path):
    ids, found = marian(tmp_path)
    tokenizer = read_words(found)
    assert tokenizer.start_id == tokenizer.pad_id == ids["<pad>"]
    assert tokenizer.end_id == ids["</s>"]
    told = tokenizer.tokenize(">>fra<< Hello")
    assert told[0] == ids[">>fra<<"]
    assert told[1:] == tokenizer.tokenize("Hello")


def test_marian_without_its_ids_says_so(tmp_path):
    _, found = marian(tmp_path, vocab_json={"a": 0, "b": "one"})
    with pytest.raises(InputError, match=r"vocab\.json must give each token its id"):
        read_words(found)


WHOLE = sentence_piece("unigram")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no pieces"),
        (b"garbage, not a model", "damaged|cut short|no pieces"),
        (WHOLE[: len(WHOLE) // 2], "cut short"),
        (b"\xff" * 50, "no end"),
        (b"\x0a\x02\x0a\x00", "Piece 0 is b''"),
        (b"\x0a\x03\x0a\x01\xff", "Piece 0 is"),
        (b"\x0a\x03\x0a\x01a" * 2, "Piece 1 is 'a', as piece 0"),
        (b"\x0a\x03\x0a\x01a\x12\x02\x18\x03", "of the kind word"),
        (b"\x0a\x8a\xff\xff\xff\xff\xff\x7f", "cut short"),
    ],
)
def test_a_damaged_file_gets_one_sentence_with_its_name(tmp_path, content: bytes, complaint: str):
    with pytest.raises(InputError, match=complaint) as caught:
        read_words(source(tmp_path, tokenizer_model=content))
    assert "tokenizer.model" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("place", range(0, 400, 7))
def test_a_damaged_map_of_characters_harms_nothing(tmp_path, place: int):
    content = bytearray(WHOLE)
    charsmap = parse_sentence_piece(WHOLE).charsmap
    start = WHOLE.index(charsmap)
    content[start + place : start + place + 2] = b"\xff\xff"
    try:
        tokenizer = read_words(source(tmp_path, tokenizer_model=bytes(content)))
        tokenizer.tokenize("e\u0301 ﬁ ½ ﷺ")
    except InputError as error:
        assert "damaged" in str(error)
