import hashlib
import re
import time
import unicodedata
from collections import Counter, defaultdict
from itertools import islice

import pytest

from tests.text.corpora.hindi_checker import complaints
from tests.text.corpora.hindi_words import PRONOUNS
from tfplay.errors import InputError
from tfplay.text.corpora.english_hindi import ENGLISH_HINDI
from tfplay.text.corpora.english_hindi.corpus import (
    FIXED_PHRASES,
    PATTERNS,
    part_of,
    sentences,
)
from tfplay.text.examples import Pair


def english_words(text):
    return re.findall(r"[a-z']+", text.lower())


@pytest.fixture(scope="module")
def drawn():
    """Sentences as the grammar makes them, before any of them is left out as known."""
    return list(islice(sentences("tests"), 40_000))


@pytest.fixture(scope="module")
def training():
    started = time.process_time()
    pairs = ENGLISH_HINDI.examples("training", 100_000, seed=0)
    return pairs, time.process_time() - started


# How much there is ---------------------------------------------------------------------------


def test_it_is_a_translation_corpus_with_three_parts():
    assert (ENGLISH_HINDI.name, ENGLISH_HINDI.task) == ("english-hindi", "translation")
    assert ENGLISH_HINDI.parts == ("training", "held-out", "held-out-words")


def test_a_hundred_thousand_distinct_pairs_take_less_than_a_minute(training):
    pairs, seconds = training
    assert len({pair.source for pair in pairs}) == len(pairs) == 100_000
    assert seconds < 60


def test_there_are_at_least_sixty_patterns_and_all_are_in_training(drawn):
    names = {pattern.name for pattern in PATTERNS}
    assert len(names) == len(PATTERNS) >= 60
    assert {sentence.pattern for sentence in drawn if part_of(sentence) == "training"} == names


def test_training_has_at_least_four_hundred_english_words(training):
    counts = Counter(word for pair in training[0] for word in english_words(pair.source))
    assert sum(count >= 20 for count in counts.values()) >= 400


def test_every_pattern_makes_different_sentences():
    kinds = defaultdict(set)
    for sentence in islice(sentences("patterns"), 15_000):
        kinds[sentence.pattern].add(sentence.english)
    assert min(map(len, kinds.values())) >= 5


# What a sentence is --------------------------------------------------------------------------


def test_english_sentences_are_short(drawn):
    assert max(len(sentence.english.split()) for sentence in drawn) <= 9


def test_sentences_begin_and_end_as_they_should(drawn):
    marks = {".": "।", "?": "?"}
    for sentence in drawn:
        assert sentence.english[0].isupper()
        assert sentence.hindi[-1] == marks[sentence.english[-1]]
        assert "  " not in sentence.english + sentence.hindi
        assert sentence.hindi == sentence.hindi.strip()


def test_hindi_is_devanagari_in_nfc(drawn):
    alphabet = re.compile(r"[\u0900-\u0965 ,?-]+")
    hindi = {sentence.hindi for sentence in drawn} | set(FIXED_PHRASES.values())
    assert all(alphabet.fullmatch(text) for text in hindi)
    assert all(unicodedata.is_normalized("NFC", text) for text in hindi)


def test_an_english_sentence_has_one_translation(drawn):
    translations = defaultdict(set, {english: {hindi} for english, hindi in FIXED_PHRASES.items()})
    for sentence in drawn:
        translations[sentence.english].add(sentence.hindi)
    assert {english: hindi for english, hindi in translations.items() if len(hindi) > 1} == {}


def test_an_english_sentence_is_made_in_one_way(drawn):
    """Otherwise it could be held out when made in one way, and be in training in another."""
    ways = defaultdict(set)
    for sentence in drawn:
        ways[sentence.english].add((sentence.pattern, frozenset(sentence.words)))
    assert {english: found for english, found in ways.items() if len(found) > 1} == {}


def test_everyday_phrases_are_in_training(training):
    pairs = dict(training[0])
    assert FIXED_PHRASES.items() <= pairs.items()
    assert pairs["We are friends."] == "हम दोस्त हैं।"
    assert pairs["How are you?"] == "आप कैसे हैं?"
    assert pairs["What is your name?"] == "आपका नाम क्या है?"
    assert pairs["Thank you."] == "धन्यवाद।"


def test_examples_are_pairs():
    [pair] = ENGLISH_HINDI.examples("held-out", 1, seed=3)
    assert isinstance(pair, Pair)


# Grammar -------------------------------------------------------------------------------------


def test_ten_thousand_sentences_agree(drawn):
    wrong = {sentence.hindi: complaints(sentence.hindi) for sentence in drawn[:10_000]}
    assert {hindi: found for hindi, found in wrong.items() if found} == {}


RIGHT_AND_WRONG = [
    # Verb and subject
    ("लड़की जाती है।", "लड़की जाता है।"),
    ("वे जाते हैं।", "वे जाता है।"),
    ("सीता बाज़ार जाएगी।", "सीता बाज़ार जाएगा।"),
    ("मैं जाऊँगा।", "मैं जाएगा।"),
    ("लड़कियाँ गा रही थीं।", "लड़कियाँ गा रही थी।"),
    ("सीता नाच सकती है।", "सीता नाच सकता है।"),
    ("मेहमान जा चुके हैं।", "मेहमान जा चुका हैं।"),
    ("बच्चा रोने लगा।", "बच्चा रोने लगी।"),
    ("मेरे पिताजी आएँगे।", "मेरा पिताजी आएगा।"),
    # To be
    ("मैं खुश हूँ।", "मैं खुश है।"),
    ("आप खुश हैं।", "आप खुश हो।"),
    ("हम दोस्त हैं।", "हम दोस्त है।"),
    ("मेरी माँ खुश हैं।", "मेरी माँ खुश है।"),
    ("रानी नाराज़ थी।", "रानी नाराज़ था।"),
    ("रवि और सीता व्यस्त हैं।", "रवि और सीता व्यस्त है।"),
    ("मुझे भूख लगी है।", "मुझे भूख लगा है।"),
    # The past with ने
    ("उसने रोटी खाई।", "उसने रोटी खाया।"),
    ("मैंने एक किताब पढ़ी।", "मैं एक किताब पढ़ी।"),
    ("रवि ने आम खाया।", "रवि आम खाया।"),
    ("सीता बाज़ार गई।", "सीता ने बाज़ार गई।"),
    ("मैं आपसे मिला।", "मैंने आपसे मिला।"),
    ("मैंने लड़कियों को देखा।", "मैंने लड़कियों को देखीं।"),
    ("उसने कमरा साफ़ किया।", "उसने कमरा साफ़ की।"),
    ("उसने आपकी मदद की।", "उसने आपकी मदद किया।"),
    # Before a postposition
    ("बड़े लड़के ने सेब खाया।", "बड़ा लड़के ने सेब खाया।"),
    ("लड़के को बुलाइए।", "लड़का को बुलाइए।"),
    ("हम कमरे में हैं।", "हम कमरा में हैं।"),
    ("इन लड़कों ने दूध पिया।", "ये लड़कों ने दूध पिया।"),
    ("यह आम उस आम से मीठा है।", "यह आम वह आम से मीठा है।"),
    ("रवि अपने भाई से लंबा है।", "रवि अपना भाई से लंबा है।"),
    ("हम हवाई अड्डे गए।", "हम हवाई अड्डा गए।"),
    ("मेरे पास एक गाड़ी है।", "मेरा पास एक गाड़ी है।"),
    ("रवि सीता के साथ खेलता है।", "रवि सीता का साथ खेलता है।"),
    # Adjectives and possessives
    ("सेब मीठे हैं।", "सेब मीठी हैं।"),
    ("वह थकी हुई होगी।", "वह थकी हुआ होगी।"),
    ("सीता रवि से लंबी है।", "सीता रवि से लंबा है।"),
    ("यह मेरी किताब है।", "यह मेरा किताब है।"),
    ("वह रवि की किताब है।", "वह रवि का किताब है।"),
    ("उसकी दो बहनें हैं।", "उसका दो बहनें हैं।"),
    ("सीता दस साल की है।", "सीता दस साल का है।"),
    ("कमीज़ किस रंग की है?", "कमीज़ किस रंग का है?"),
    ("आप कैसी हैं, सीता?", "आप कैसे हैं, सीता?"),
    ("मेज़ पर पाँच किताबें हैं।", "मेज़ पर पाँच किताब हैं।"),
    # What one has to do, wants and likes
    ("मुझे रोटी खानी है।", "मुझे रोटी खाना है।"),
    ("मुझे एक पत्र लिखना है।", "मैं एक पत्र लिखना है।"),
    ("आपको उसकी मदद करनी होगी।", "आपको उसका मदद करनी होगी।"),
    ("रवि को आम पसंद हैं।", "रवि आम पसंद है।"),
    ("हमें फल खाना चाहिए।", "हम फल खाना चाहिए।"),
    # Commands
    ("मत हँसिए।", "नहीं हँसिए।"),
    ("रवि नहीं हँसता है।", "रवि मत हँसता है।"),
    ("मुन्ने, दूध पी।", "मुन्ने, दूध पीजिए।"),
    ("मेरे दोस्त, आओ।", "मेरे दोस्त, आइए।"),
    ("आइए, बाज़ार चलें।", "आइए, बाज़ार चलेंगे।"),
    # Two clauses, and questions
    ("जो लड़का गा रहा है, वह मेरा भाई है।", "जो लड़का गा रही है, वह मेरा भाई है।"),
    ("जब रवि आया, तब सीता सो रही थी।", "जब रवि आया, तब सीता सो रहा था।"),
    ("मैं जानता हूँ कि रानी बीमार है।", "मैं जानता हूँ कि रानी बीमार हैं।"),
    ("क्या आप तैयार हैं?", "क्या आप तैयार हैं।"),
]


@pytest.mark.parametrize(("right", "wrong"), RIGHT_AND_WRONG)
def test_the_checker_tells_right_from_wrong(right, wrong):
    assert complaints(right) == []
    assert complaints(wrong) != []


SWAPS = [
    {"है": "हैं", "हैं": "है", "हूँ": "है", "था": "थी", "थी": "था", "थे": "था", "थीं": "थे"},
    {"रहा": "रही", "रही": "रहा", "रहे": "रही", "सकता": "सकती", "सकती": "सकता", "सकते": "सकती"},
    {"का": "की", "की": "का", "के": "की", "मेरा": "मेरी", "मेरी": "मेरा", "मेरे": "मेरी"},
]


@pytest.mark.parametrize("swap", SWAPS, ids=["to be", "participle", "possessive"])
def test_a_changed_ending_does_not_pass_unseen(drawn, swap):
    """Pronouns are left out: मैं and वह are a man or a woman."""
    spoiled = []
    for sentence in drawn[:3_000]:
        words = sentence.hindi[:-1].split()
        changed = [swap.get(word, word) for word in words]
        if changed != words and not PRONOUNS.keys() & set(words):
            spoiled.append(" ".join(changed) + sentence.hindi[-1])
    seen = sum(bool(complaints(sentence)) for sentence in spoiled)
    assert len(spoiled) > 50
    assert seen / len(spoiled) > 0.9


# What is held out ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def parts(training):
    return {
        "training": training[0],
        "held-out": ENGLISH_HINDI.examples("held-out", 2_000, seed=0),
        "held-out-words": ENGLISH_HINDI.examples("held-out-words", 2_000, seed=0),
    }


def test_no_sentence_is_in_two_parts(parts):
    sources = [{pair.source for pair in pairs} for pairs in parts.values()]
    assert sum(map(len, sources)) == len(set().union(*sources))


def test_another_seed_keeps_to_the_parts(parts):
    training = {pair.source for pair in parts["training"]}
    for part in ("held-out", "held-out-words"):
        other = {pair.source for pair in ENGLISH_HINDI.examples(part, 1_000, seed=7)}
        assert len(other) == 1_000
        assert not other & training
        assert other != {pair.source for pair in parts[part][:1_000]}


def test_held_out_sentences_use_only_words_of_training(parts):
    known = {word for pair in parts["training"] for word in english_words(pair.source)}
    for part in ("held-out", "held-out-words"):
        assert {word for pair in parts[part] for word in english_words(pair.source)} <= known


def test_held_out_words_never_meet_their_pattern_in_training(drawn):
    trained = Counter()
    trained_words, trained_patterns = defaultdict(set), defaultdict(set)
    for sentence in drawn:
        if part_of(sentence) == "training":
            for word in sentence.words:
                trained[sentence.pattern, word] += 1
                trained_words[sentence.pattern].add(word)
                trained_patterns[word].add(sentence.pattern)
    apart = [sentence for sentence in drawn if part_of(sentence) == "held-out-words"]
    assert 0.03 < len(apart) / len(drawn) < 0.15
    for sentence in apart:
        new = {word for word in sentence.words if not trained[sentence.pattern, word]}
        assert new
        for word in new:
            assert len(trained_patterns[word]) >= 2
            assert len(trained_words[sentence.pattern]) >= 5


def test_held_out_sentences_fill_patterns_with_words_that_met_in_training(drawn):
    met = {
        (sentence.pattern, word)
        for sentence in drawn
        if part_of(sentence) == "training"
        for word in sentence.words
    }
    held_out = [sentence for sentence in drawn if part_of(sentence) == "held-out"]
    pairs = [(sentence.pattern, word) for sentence in held_out for word in sentence.words]
    assert sum(pair in met for pair in pairs) / len(pairs) > 0.85


def test_fixed_phrases_are_only_in_training(parts):
    for part in ("held-out", "held-out-words"):
        assert not FIXED_PHRASES.keys() & {pair.source for pair in parts[part]}


def test_an_unknown_part_is_refused():
    with pytest.raises(InputError, match="no part 'test'"):
        ENGLISH_HINDI.examples("test", 1, seed=0)


# The same everywhere -------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_examples():
    first = ENGLISH_HINDI.examples("training", 500, seed=11)
    assert first == ENGLISH_HINDI.examples("training", 500, seed=11)
    assert first != ENGLISH_HINDI.examples("training", 500, seed=13)


GOLDEN = {
    "training": "796493c027e5378046accedc6828fa3138d8e4696fbfd36e93f685a82b40baea",
    "held-out": "89d45f11caac2761ea64e8b83e883ce2fe48bc5993887f1cc3230a5620c3f2cd",
    "held-out-words": "dfd048c6cbe7f131c69a7c74fe1e3686996317b945677a7aa7c5995b4ab577b8",
}


@pytest.mark.parametrize(("part", "digest"), GOLDEN.items())
def test_the_examples_are_the_same_on_every_machine(part, digest):
    lines = ["\t".join(pair) for pair in ENGLISH_HINDI.examples(part, 1_000, seed=0)]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == digest
