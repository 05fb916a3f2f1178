import pytest

from tfplay.text.romanize import romanize


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [
        ("हम दोस्त हैं।", "ham dost haiṁ."),
        ("आप कैसे हैं?", "āp kaise haiṁ?"),
        ("मैं ठीक हूँ।", "maiṁ ṭhīk hūm̐."),
        ("धन्यवाद", "dhanyavād"),
        ("ऋषि", "r̥ṣi"),
        ("दुःख", "duḥkh"),
    ],
)
def test_devanagari_is_written_in_latin_letters(hindi, latin):
    assert romanize(hindi) == latin


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [("राम", "rām"), ("किताब", "kitāb"), ("दोस्त", "dost"), ("औरत", "aurat"), ("न", "na")],
)
def test_the_vowel_at_the_end_of_a_word_is_silent(hindi, latin):
    assert romanize(hindi) == latin


def test_the_vowel_after_a_cluster_with_r_is_spoken():
    assert romanize("मित्र") == "mitra"


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [
        ("लड़का", "laṛkā"),
        ("समझना", "samajhnā"),
        ("मेहनती", "mehantī"),
        ("राजकुमारी", "rājkumārī"),
        ("नमस्ते", "namaste"),
        ("पुस्तकालय", "pustakālay"),
    ],
)
def test_inside_a_word_hindi_is_silent_only_where_it_stays_speakable(hindi, latin):
    assert romanize(hindi) == latin


@pytest.mark.parametrize("dot", ["\u0921\u093c", "\u095c"], ids=["two characters", "one"])
def test_dotted_letters_read_alike_in_both_spellings(dot):
    assert romanize(f"ल{dot}का") == "laṛkā"


def test_dotted_letters_have_sounds_of_their_own():
    assert romanize("फ़ोन मेज़ पढ़ाई") == "fon mez paṛhāī"
    assert romanize("फल जल ढोल") == "phal jal ḍhol"


def test_digits_are_romanized():
    assert romanize("१२३ ०") == "123 0"


@pytest.mark.parametrize("text", ["", "Hello, World! 42\n", "Größe 東京 😀", "..."])
def test_other_scripts_stay_as_they_are(text):
    assert romanize(text) == text


def test_scripts_may_be_mixed():
    assert romanize("Ravi = रवि।\n") == "Ravi = ravi.\n"
