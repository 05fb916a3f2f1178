"""What holds for every kind of tokenizer, and what each kind promises besides."""

import doctest
import os
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.errors import InputError
from tfplay.text import (
    TOKENIZERS,
    BytePairTokenizer,
    CharacterTokenizer,
    SpecialTokens,
    Tokenizer,
    WordPieceTokenizer,
    WordTokenizer,
    load_tokenizer,
    tokenizer_from_json,
)
from tfplay.text.tokenizers import base, byte_pair, whole, wordpiece
from tfplay.text.tokenizers.published import BERT

TEXTS = [
    'The cat\'s toys, all 3.5 kg of them, were "lost" (again).',
    "यह किताब उस किताब से पुरानी है।",
    "क्या आप हिन्दी पढ़ते हैं? क्‍षमा, ज़रूर!",
    "Don't go -- stay!\nA new line, and a well-known word.",
]
TRAINED = {kind: TOKENIZERS[kind].train(TEXTS, 400) for kind in TOKENIZERS}
SPECIAL = SpecialTokens().spellings

every_kind = pytest.mark.parametrize("tokenizer", TRAINED.values(), ids=TRAINED)
known_letters = st.text(alphabet=sorted(set("".join(TEXTS))), max_size=53)
any_text = st.one_of(
    st.text(max_size=53),
    known_letters,
    st.lists(st.sampled_from([*SPECIAL, *TEXTS, " ", "\n", "##", "👩‍👩‍👧", "שלום"])).map("".join),
)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@every_kind
def test_training_sentences_round_trip(tokenizer: Tokenizer):
    for text in TEXTS:
        assert tokenizer.detokenize(tokenizer.tokenize(text)) == text


@every_kind
def test_hindi_is_the_same_in_both_unicode_spellings(tokenizer: Tokenizer):
    decomposed = unicodedata.normalize("NFD", "ऩई ज़रूर")
    assert tokenizer.tokenize(decomposed) == tokenizer.tokenize(nfc(decomposed))


@every_kind
@given(text=any_text)
def test_pieces_have_the_ids_of_tokenize(tokenizer: Tokenizer, text: str):
    assert [piece.token_id for piece in tokenizer.pieces(text)] == tokenizer.tokenize(text)


@every_kind
@given(text=any_text)
def test_pieces_stand_in_order_and_cover_all_but_spaces(tokenizer: Tokenizer, text: str):
    pieces = tokenizer.pieces(text)
    covered = set()
    for piece in pieces:
        assert 0 <= piece.start < piece.end <= len(nfc(text))
        covered.update(range(piece.start, piece.end))
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(pieces))
    assert all(i in covered or c.isspace() for i, c in enumerate(nfc(text)))


@every_kind
@given(text=known_letters)
def test_a_piece_of_known_letters_reads_like_the_text_it_covers(tokenizer: Tokenizer, text: str):
    for piece in tokenizer.pieces(text):
        covered = nfc(text)[piece.start : piece.end]
        shown = piece.token.replace("␣", " ").replace("⏎", "\n").removeprefix("##")
        assert shown == covered or shown == "[UNK]" or shown.startswith("<")


@every_kind
@given(text=any_text)
def test_no_text_spells_a_special_token(tokenizer: Tokenizer, text: str):
    roles = {tokenizer.token(i) for i in tokenizer.tokenize(text)} & set(SPECIAL)
    assert roles <= {tokenizer.special_tokens.unknown}


@every_kind
@given(texts=st.lists(any_text, max_size=5))
def test_a_batch_is_its_texts_one_by_one(tokenizer: Tokenizer, texts: list[str]):
    assert tokenizer.tokenize_batch(texts) == [tokenizer.tokenize(text) for text in texts]


@every_kind
def test_special_tokens_come_first_and_are_not_part_of_the_text(tokenizer: Tokenizer):
    assert tokenizer.vocabulary[:8] == tuple(SPECIAL)
    assert (tokenizer.pad_id, tokenizer.unknown_id, tokenizer.start_id, tokenizer.end_id) == (
        *range(4),
    )
    assert (tokenizer.mask_id, tokenizer.system_id) == (4, 5)
    assert (tokenizer.user_id, tokenizer.assistant_id) == (6, 7)
    ids = tokenizer.tokenize(TEXTS[0])
    around = [tokenizer.start_id, *ids, tokenizer.end_id, tokenizer.pad_id]
    assert tokenizer.detokenize(around) == TEXTS[0]
    assert tokenizer.labels(range(8)) == SPECIAL


@every_kind
def test_training_twice_gives_the_same_vocabulary(tokenizer: Tokenizer):
    again = type(tokenizer).train(TEXTS, 400)
    assert again.to_json() == tokenizer.to_json()


@every_kind
def test_a_vocabulary_keeps_to_its_size(tokenizer: Tokenizer):
    assert type(tokenizer).train(TEXTS * 3, 293).vocabulary_size <= 293


@every_kind
def test_a_saved_tokenizer_loads_equal(tokenizer: Tokenizer, tmp_path):
    tokenizer.save(tmp_path / "tokenizer.json")
    loaded = load_tokenizer(tmp_path / "tokenizer.json")
    assert type(loaded) is type(tokenizer)
    assert loaded.to_json() == tokenizer.to_json()
    assert loaded.tokenize_batch(TEXTS) == tokenizer.tokenize_batch(TEXTS)
    assert os.listdir(tmp_path) == ["tokenizer.json"]


@every_kind
def test_learning_from_nothing_says_so(tokenizer: Tokenizer):
    with pytest.raises(InputError, match="no text"):
        type(tokenizer).train([], 400)


@every_kind
def test_a_vocabulary_without_room_says_how_much_it_needs(tokenizer: Tokenizer):
    with pytest.raises(InputError, match="A vocabulary of 7 tokens is too small: .* at least "):
        type(tokenizer).train(TEXTS, 7)


@every_kind
@pytest.mark.parametrize("token_id", [-1, 70_001])
def test_an_id_outside_the_vocabulary_is_named(tokenizer: Tokenizer, token_id: int):
    with pytest.raises(InputError, match=f"{token_id} is outside"):
        tokenizer.detokenize([token_id])


@given(text=st.text(max_size=53))
def test_byte_pairs_give_back_any_text(text: str):
    tokenizer = TRAINED["byte-pair"]
    assert tokenizer.detokenize(tokenizer.tokenize(text)) == nfc(text)


@pytest.mark.parametrize("kind", ["word", "wordpiece"])
@given(text=known_letters)
def test_words_give_back_any_text_with_single_spaces(kind: str, text: str):
    lines = (" ".join(line.split()) for line in nfc(text).split("\n"))
    expected = "\n".join(lines)
    tokenizer = TOKENIZERS[kind].train([expected, "x"], 1009)
    assert tokenizer.detokenize(tokenizer.tokenize(text)) == expected


@given(text=st.text(max_size=53))
def test_characters_give_back_any_text_they_know(text: str):
    tokenizer = CharacterTokenizer.train([text, "x"], 1009)
    assert tokenizer.detokenize(tokenizer.tokenize(text)) == nfc(text)


def test_characters_that_do_not_fit_are_the_rarest():
    tokenizer = CharacterTokenizer.train(["aaabbc"], 10)
    assert tokenizer.vocabulary[8:] == ("a", "b")
    assert tokenizer.tokenize("cab") == [tokenizer.unknown_id, 8, 9]


def test_words_keep_vowel_signs_and_split_off_the_danda():
    assert TRAINED["word"].labels(TRAINED["word"].tokenize("हिन्दी पढ़ते हैं।")) == [
        "हिन्दी",
        "पढ़ते",
        "हैं",
        "##।",
    ]


def test_a_word_is_known_with_and_without_a_space_before_it():
    tokenizer = WordTokenizer.train(["stay . (go)"], 100)
    assert tokenizer.labels(tokenizer.tokenize("(stay go.")) == ["(", "stay", "##go", "."]


def test_byte_pairs_learn_whole_hindi_words():
    tokenizer = BytePairTokenizer.train(["किताब हिन्दी"], 400)
    assert tokenizer.labels(tokenizer.tokenize("किताब हिन्दी")) == ["किताब", "␣हिन्दी"]


def test_byte_pairs_without_a_pair_say_so():
    with pytest.raises(InputError, match="at least one merge"):
        BytePairTokenizer.train(["x"], 400)


def test_bytes_that_are_no_letter_alone_are_shown_as_bytes():
    tokenizer = BytePairTokenizer.train(["xx"], 300)
    pieces = tokenizer.pieces("é!")
    assert [piece.token for piece in pieces] == ["<C3>", "<A9>", "!"]
    assert [(piece.start, piece.end) for piece in pieces] == [(0, 1), (0, 1), (1, 2)]


def test_half_a_surrogate_pair_becomes_the_replacement_character():
    tokenizer = TRAINED["byte-pair"]
    assert tokenizer.detokenize(tokenizer.tokenize("a\ud83d")) == "a\ufffd"


def test_learned_word_pieces_keep_accents_and_case():
    tokenizer = WordPieceTokenizer.train(["Café हिन्दी"], 60)
    assert tokenizer.detokenize(tokenizer.tokenize("Café हिन्दी")) == "Café हिन्दी"


WITHOUT_SPACES = {
    "Chinese": "去年冬天下了很大的雪所以我们在家里读书写字听音乐看电影一直到春天来了才出门。",
    "Japanese": "わたしはきのうともだちとえいがをみてからレストランでばんごはんをたべました。",
    "Thai": "เมื่อวานนี้ฉันไปตลาดกับแม่เพื่อซื้อผักและผลไม้แล้วเรากลับบ้านมาทำอาหารเย็นด้วยกัน",
    "Lao": "ມື້ວານນີ້ຂ້ອຍໄປຕະຫຼາດກັບແມ່ເພື່ອຊື້ຜັກແລະໝາກໄມ້ແລ້ວພວກເຮົາກັບບ້ານ",
    "Khmer": "ម្សិលមិញខ្ញុំបានទៅផ្សារជាមួយម្តាយដើម្បីទិញបន្លែនិងផ្លែឈើហើយយើងត្រឡប់មកផ្ទះវិញ",
    "Khmer with marked words": "ម្សិលមិញ\u200bខ្ញុំ\u200bបាន\u200bទៅ\u200bផ្សារ",
    "Burmese": "မနေ့ကကျွန်တော်အမေနဲ့ဈေးကိုသွားပြီးဟင်းသီးဟင်းရွက်နဲ့အသီးအနှံတွေဝယ်ခဲ့တယ်",
    "Tibetan": "ཁ་སང་ང་ཨ་མ་དང་མཉམ་དུ་ཁྲོམ་ལ་ཕྱིན་ནས་ཚལ་དང་ཤིང་ཏོག་ཉོས་པ་ཡིན།",
    "German": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzgebung",
    "Hindi": "अंतरराष्ट्रीयकरणसंबंधीप्रशासनिकसुविधाओंकेविस्तारीकरणकार्यक्रम",
    "a thousand letters": "nevermore" * 113,
}


@pytest.mark.parametrize("text", WITHOUT_SPACES.values(), ids=WITHOUT_SPACES)
def test_word_pieces_give_back_words_of_any_length(text: str, tmp_path):
    half = len(text) // 2
    texts = [text[:half], text[half:], f"{text[half:]} {text[:half]}\n{text[:3]}"]
    trained = WordPieceTokenizer.train(texts, 500)
    trained.save(tmp_path / "tokenizer.json")
    for tokenizer in (trained, load_tokenizer(tmp_path / "tokenizer.json")):
        for each in (*texts, nfc(text), text * 3, f"{text}\n{text}"):
            assert tokenizer.detokenize(tokenizer.tokenize(each)) == nfc(each)
            pieces = tokenizer.pieces(each)
            assert [(piece.start, piece.end) for piece in pieces if piece.token == "[UNK]"] == []


def test_the_longest_piece_is_taken_first():
    vocabulary = [*SPECIAL, "un", "u", "##n", "##aff", "##able", "##a", "##ff", "##able"[:4]]
    tokenizer = WordPieceTokenizer(vocabulary)
    assert tokenizer.labels(tokenizer.tokenize("unaffable")) == ["un", "##aff", "##able"]
    assert tokenizer.tokenize("unaffablex") == [tokenizer.unknown_id]


def test_long_words_are_learned_from_in_parts():
    text = "loremipsumdolor" * 101
    for kind in (WordPieceTokenizer, BytePairTokenizer):
        tokenizer = kind.train([text], 400)
        assert tokenizer.detokenize(tokenizer.tokenize(text)) == text
        assert len(tokenizer.tokenize(text)) < len(text) / 7


def broken(**changes) -> dict:
    return TRAINED["byte-pair"].to_json() | changes


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ([], "not a tokenizer"),
        ({}, "not a tokenizer"),
        (broken(kind=["byte-pair"]), "'kind' must be one of character, word"),
        (broken(vocabulary=7), "not a byte-pair tokenizer"),
        (broken(vocabulary=["[PAD]", 7]), "Token 1 .* is 7"),
        (broken(vocabulary=["[PAD]", "[PAD]"]), r"'\[PAD\]' stands twice"),
        (broken(vocabulary=["[PAD]"]), r"'\[UNK\]' is missing"),
        (broken(vocabulary=SPECIAL), "The byte 0 has no token"),
        (broken(vocabulary=[*TRAINED["byte-pair"].vocabulary, "न"]), "'न' is not spelled"),
        (broken(special_tokens=None), "not a byte-pair tokenizer"),
        (broken(special_tokens={"oov": "?"}), "oov"),
        (broken(merges=[]), "at least one merge"),
        (broken(merges=["a"]), "The merge 'a'"),
        (broken(merges=[7]), "not a byte-pair tokenizer"),
        (broken(word_pattern="(a+)+"), "no word pattern"),
        (broken(surprise=1), "surprise"),
    ],
)
def test_broken_data_gets_one_sentence(data, complaint: str):
    with pytest.raises(InputError, match=complaint):
        tokenizer_from_json(data)


@pytest.mark.parametrize("content", ['{"kind": "word", "voc', "[" * 50_003, "[]", "9" * 5_003])
def test_a_broken_file_gets_one_sentence_with_its_name(tmp_path, content: str):
    file = tmp_path / "tokenizer.json"
    file.write_text(content)
    with pytest.raises(InputError, match=r"tokenizer\.json") as caught:
        load_tokenizer(file)
    assert "\n" not in str(caught.value)


def test_saving_where_it_cannot_leaves_nothing_behind(tmp_path, monkeypatch):
    def disk_full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", disk_full)
    with pytest.raises(InputError, match="No space left on device"):
        TRAINED["word"].save(tmp_path / "tokenizer.json")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("module", [base, whole, byte_pair, wordpiece], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0


def test_capitals_are_marked_behind_their_words_and_stand_in_their_last_letter():
    vocabulary = [*BERT.spellings, "in", "paris", "mc", "##d", "^"]
    tokenizer = WordPieceTokenizer(vocabulary, BERT, "bert", uncased=True, capital="^")
    pieces = tokenizer.pieces("in Paris McD")
    assert [piece.token for piece in pieces] == ["in", "paris", "^", "mc", "##d", "^"]
    assert (pieces[2].start, pieces[2].end) == (7, 8)
    assert tokenizer.tokenize("in paris") == tokenizer.tokenize("in Paris")[:-1]
    again = tokenizer_from_json(tokenizer.to_json())
    assert again.tokenize("Paris") == tokenizer.tokenize("Paris")
