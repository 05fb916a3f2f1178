"""No text, whatever it is made of, costs more than its length is worth."""

import unicodedata

import pytest

from tests.growth import MOST_GROWTH, too_fast
from tests.text.vocabularies import LIBRARY
from tfplay.cutting import cut_text, quoted
from tfplay.text import TOKENIZERS
from tfplay.text.romanize import romanize
from tfplay.text.sentences import split_sentences
from tfplay.text.splits import bare
from tfplay.text.tokenizers.replay import replay_merges
from tfplay.text.unfamiliar import unfamiliar_words
from tfplay.text.words import glued_words, join_glued_words, normalize

pytestmark = pytest.mark.flaky(reruns=1)  # times are measured, on a machine that is shared

TEXTS = ["The cat's toys, (again)! 0123 abcdefgh.", "क्या आप हिन्दी पढ़ते हैं?", "我们是朋友。"]
TRAINED = {kind: TOKENIZERS[kind].train(TEXTS, 500) for kind in TOKENIZERS}

FUNCTIONS = {
    "normalize": normalize,
    "words": lambda text: join_glued_words(glued_words(text)),
    "sentences": split_sentences,
    "romanize": romanize,
    "bare": bare,
    "cut": lambda text: cut_text(text, len(text) - 1),
    "quote": quoted,
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_no_text_costs_more_than_its_length(function):
    assert too_fast(function) == {}


@pytest.mark.parametrize("kind", [*TRAINED, *LIBRARY])
def test_no_text_costs_a_tokenizer_more_than_its_length(kind: str):
    tokenizer = (TRAINED | LIBRARY)[kind]

    def there_and_back(text: str) -> str:
        return tokenizer.detokenize(piece.token_id for piece in tokenizer.pieces(text))

    there_and_back(TEXTS[0])  # the first time, libraries are imported
    assert too_fast(there_and_back) == {}


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_no_text_costs_more_than_its_length_to_learn_from(kind: str):
    assert too_fast(lambda text: TOKENIZERS[kind].train([text, "abab"], 400)) == {}


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_unfamiliar_words_are_found_in_one_pass(kind: str):
    kinds = ("alternating", "apostrophes", "brackets", "far planes", "other spaces")
    assert too_fast(lambda text: unfamiliar_words(TRAINED[kind], text), kinds) == {}


@pytest.mark.parametrize("kind", ["byte-pair", "wordpiece"])
def test_a_replay_of_doubled_letters_costs_no_more_than_their_number(kind: str):
    def replay(text: str) -> None:
        doubled = "".join(2 * chr(0x4E00 + number) for number in range(len(text) // 2))
        replay_merges(doubled, kind, "gain", most_merges=1)

    assert too_fast(replay, ("one letter",), largest=4000) == {}


def test_the_measure_finds_what_takes_the_square():
    found = too_fast(lambda text: unicodedata.normalize("NFC", text), ("combining marks",))
    assert found["combining marks"] > MOST_GROWTH
