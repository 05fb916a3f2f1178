"""Pairs that a translator cannot have learned are refused before it translates them all."""

import pytest

from tfplay.errors import InputError
from tfplay.tasks import TrainedModel
from tfplay.tasks.translation.fit import check_pairs, main_script
from tfplay.text import Pair, WordTokenizer

ENGLISH = ["we have a red house", "the dog sleeps here", "my friends drink tea", "he reads books"]
GERMAN = ["wir haben ein rotes Haus", "der Hund schläft hier", "sie trinken Tee", "er liest Bücher"]
HINDI = ["हमारा घर लाल है", "कुत्ता यहाँ सोता है", "मेरे दोस्त चाय पीते हैं", "वह किताबें पढ़ता है"]
RUSSIAN = ["у нас красный дом", "собака спит здесь", "мои друзья пьют чай", "он читает книги"]


def pairs(sources, targets):
    return [Pair(*sides) for sides in zip(sources, targets, strict=True)]


def translator(*texts):
    return TrainedModel("translation", None, WordTokenizer.train([*texts], vocabulary_size=211))


@pytest.fixture(scope="module")
def to_hindi():
    return translator(*ENGLISH, *HINDI)


@pytest.fixture(scope="module")
def to_german():
    return translator(*ENGLISH, *GERMAN, "yesterday gestern")


def test_pairs_like_those_it_learned_are_taken_without_a_word(to_hindi):
    own = pairs(ENGLISH, HINDI)
    assert check_pairs(to_hindi, own, own[::-1]) == []


def test_two_columns_the_other_way_round_are_told_by_their_letters(to_hindi):
    with pytest.raises(InputError, match="other way round: .* from Latin to Devanagari"):
        check_pairs(to_hindi, pairs(ENGLISH, HINDI), pairs(HINDI, ENGLISH))


def test_two_columns_of_one_script_the_other_way_round_are_a_doubt(to_german):
    english = [*ENGLISH, "yesterday one tall woman sold seven fresh apples"]
    german = [*GERMAN, "gestern verkaufte eine große Frau sieben frische Äpfel an uns alle"]
    own = pairs(english, german)
    assert check_pairs(to_german, own, own) == []
    [doubt] = check_pairs(to_german, own, pairs(german, english))
    assert "other way round" in doubt


@pytest.mark.parametrize(
    ("sources", "targets", "told"),
    [
        (RUSSIAN, HINDI, "sources of the file are in Cyrillic letters"),
        (ENGLISH, RUSSIAN, "targets of the file are in Cyrillic letters"),
        (ENGLISH, ["positive", "negative", "positive", "negative"], "in Latin letters"),
    ],
)
def test_letters_that_it_neither_reads_nor_writes_are_refused(to_hindi, sources, targets, told):
    with pytest.raises(InputError, match=told):
        check_pairs(to_hindi, pairs(ENGLISH, HINDI), pairs(sources, targets))


def test_a_language_of_which_it_knows_no_word_is_refused(to_hindi):
    finnish = ["meillä on talo", "koira nukkuu täällä", "juomme teetä", "luen kirjoja"]
    with pytest.raises(InputError, match="does not know .* of the first .* tokens"):
        check_pairs(to_hindi, [], pairs(finnish, HINDI))


@pytest.mark.parametrize(
    ("texts", "script"),
    [
        (["नमस्ते", "OK, ठीक है"], "Devanagari"),
        (["これは本です。", "東京に行きます。"], "Japanese"),
        (["我们是朋友。"], "Han"),
        (["12", "7.5", "—"], None),
        (["halfway наполовину"], None),
    ],
)
def test_the_script_of_most_letters_is_named(texts, script):
    assert main_script(texts) == script
