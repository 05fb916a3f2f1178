import hashlib
import math
import re
from collections import Counter
from functools import cache

import pytest

from tfplay.errors import InputError
from tfplay.text.corpora.draws import SLOT
from tfplay.text.corpora.sentiment import SENTIMENT, grammar, lexicon, patterns
from tfplay.text.corpora.sentiment.domains import DOMAINS


@pytest.fixture(scope="module")
def training():
    return SENTIMENT.examples("training", 30_000, seed=0)


@pytest.fixture(scope="module")
def held_out():
    return SENTIMENT.examples("held-out", 3_000, seed=0)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+|[^\w\s]", text.lower())


def test_the_same_seed_gives_the_same_reviews_on_every_machine():
    reviews = SENTIMENT.examples("training", 1_000, seed=7)
    digest = hashlib.sha256(repr([tuple(review) for review in reviews]).encode()).hexdigest()
    assert digest[:16] == "2fcf76e1f18c1030"


def test_training_and_held_out_share_no_review_whatever_the_seed(training, held_out):
    other_held_out = SENTIMENT.examples("held-out", 2_000, seed=1)
    texts = {review.text for review in training}
    assert len(texts) == len(training)
    assert not texts & {review.text for review in held_out + other_held_out}


def test_both_labels_are_as_frequent(training, held_out):
    for part in (training, held_out):
        counts = Counter(review.label for review in part)
        assert set(counts) == {"positive", "negative"}
        assert abs(counts["positive"] - counts["negative"]) <= 1


def test_no_text_has_two_labels(training, held_out):
    labels = {}
    for text, label in training + held_out:
        assert labels.setdefault(text, label) == label


def test_held_out_reviews_have_no_word_that_training_lacks(training, held_out):
    known = {word for review in training for word in _words(review.text)}
    unknown = {word for review in held_out for word in _words(review.text)} - known
    assert not unknown


def test_there_are_many_judging_words_and_patterns():
    slots = ("gentle", "strong", "noun", "quality", "love")
    polarities = (lexicon.POSITIVE, lexicon.NEGATIVE)
    vocabularies = [
        {
            word
            for slot in slots
            for kind in lexicon.SPECIAL
            for word in lexicon.judging_words(slot, polarity, kind)
        }
        for polarity in polarities
    ]
    idioms = [
        idiom
        for polarity in polarities
        for table in (lexicon.EXCLAMATIONS, lexicon.EXPERIENCES)
        + tuple(domain.experiences for domain in DOMAINS)
        for idiom in table[polarity]
    ]
    assert not vocabularies[0] & vocabularies[1]
    assert not set(idioms) & set.union(*vocabularies)
    assert sum(map(len, vocabularies)) + len(set(idioms)) >= 450
    clauses = (
        patterns.JUDGEMENTS_KEEP
        + patterns.JUDGEMENTS_FLIP
        + patterns.FEELINGS_KEEP
        + patterns.FEELINGS_FLIP
    )
    assert len(set(clauses)) >= 65
    assert len(set(patterns.FRAMES_PLAIN + patterns.FRAMES_CONTRAST + patterns.FRAMES_FLIP)) >= 40


_CLAUSES = ("statement", "judgement")


def _readings(text: str) -> set[str]:
    """The labels that the patterns give a text, read backwards: the grammar's own draws unused."""
    plain = re.sub(r"\ban\b", "a", text.lower())
    return {
        label
        for polarity, label in grammar.LABELS.items()
        if _fits_any(plain, patterns.FRAMES_PLAIN + patterns.FRAMES_CONTRAST, polarity)
        or _fits_any(plain, patterns.FRAMES_FLIP, -polarity)
    }


def _is_clause(text: str, polarity: int) -> bool:
    keep = patterns.JUDGEMENTS_KEEP + patterns.FEELINGS_KEEP
    flip = patterns.JUDGEMENTS_FLIP + patterns.FEELINGS_FLIP
    return _fits_any(text, keep, polarity) or _fits_any(text, flip, -polarity)


def _fits_any(text: str, pool: tuple[str, ...], polarity: int) -> bool:
    return any(_fits(text, pattern, polarity) for pattern in pool)


def _fits(text: str, pattern: str, polarity: int) -> bool:
    return any(
        all(
            _is_clause(clause, -polarity if name.startswith("other_") else polarity)
            for name, clause in match.groupdict().items()
        )
        for any_clause in (".+", ".+?")  # "but" may be the first or the last "but" of a text
        if (match := _as_regex(pattern, polarity, any_clause).fullmatch(text))
    )


@cache
def _as_regex(pattern: str, polarity: int, any_clause: str) -> re.Pattern[str]:
    parts = []
    for place, part in enumerate(SLOT.split(pattern.lower())):
        slot = part.removeprefix("other_")
        if place % 2 == 0:
            parts.append(re.escape(part))
        elif slot in _CLAUSES:
            parts.append(f"(?P<{part}_{place}>{any_clause})")
        else:
            words = _slot_words(slot, polarity if slot == part else -polarity)
            parts.append("(?:" + "|".join(re.escape(word.lower()) for word in words) + ")")
    return re.compile("".join(parts))


def _slot_words(slot: str, polarity: int) -> list[str]:
    judging = [lexicon.judging_words(slot, polarity, kind) for kind in lexicon.SPECIAL]
    if judging[0] is not None:
        return [word for words in judging for word in words]
    things = [thing for domain in DOMAINS for thing in domain.things]
    wholes = ["it", "this"] + [f"{this} {thing}" for this in ("the", "this") for thing in things]
    aspects = [
        f"the {noun.removesuffix('+')}"
        for domain in DOMAINS
        for nouns in domain.aspects.values()
        for noun in nouns
    ]
    return {
        "subject": wholes + aspects,
        "this": wholes,
        "thing": things,
        "things": [plural for domain in DOMAINS for plural in domain.things.values()],
        "was": ["was", "were", "is", "are"],
        "is": ["is", "are"],
        "hoped": ["hoped" if polarity == lexicon.POSITIVE else "feared"],
        "very": ["very", "really", "so", "quite", "pretty"],
        "entirely": ["simply", "truly", "absolutely", "just", "utterly"],
        "fact": [fact for domain in DOMAINS for fact in domain.facts],
        "exclamation": lexicon.EXCLAMATIONS[polarity],
        "experience": [
            *lexicon.EXPERIENCES[polarity],
            *(text for domain in DOMAINS for text in domain.experiences[polarity]),
        ],
    }[slot]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I love this film.", "positive"),
        ("This is terrible.", "negative"),
        ("What a waste of time.", "negative"),
        ("The food was great but the service was awful.", "negative"),
        ("It was not bad at all.", "positive"),
        ("The plot was never boring!", "positive"),
        ("The acting is not what I would call good.", "negative"),
        ("This book is hardly a masterpiece.", "negative"),
        ("I wanted to love it, but the waiter was rude.", "negative"),
        ("Although the beginning was slow, the ending was wonderful.", "positive"),
        ("The ending was wonderful, although the beginning was dull.", "positive"),
        ("The soup was even better than I had hoped.", "positive"),
        ("The room was not as dirty as I had feared.", "positive"),
        ("I cannot agree that the concert was not enjoyable.", "positive"),
        ("I would be lying if I said that the teacher was helpful.", "negative"),
    ],
)
def test_sentences_that_visitors_would_write_have_one_reading(text, label):
    assert _readings(text) == {label}


def test_every_review_reads_as_its_label_says(held_out):
    for review in held_out[:300]:
        assert _readings(review.text) == {review.label}, review


def _naive_bayes_accuracy(training, held_out) -> float:
    """How well the counts of single words predict the label."""
    counts = {"positive": Counter(), "negative": Counter()}
    for text, label in training:
        counts[label].update(set(_words(text)))
    evidence = {
        word: math.log((counts["positive"][word] + 1) / (counts["negative"][word] + 1))
        for word in counts["positive"] | counts["negative"]
    }
    right = sum(
        (sum(evidence.get(word, 0.0) for word in set(_words(text))) > 0) == (label == "positive")
        for text, label in held_out
    )
    return right / len(held_out)


def test_counting_words_is_not_enough(training, held_out):
    assert _naive_bayes_accuracy(training, held_out) < 0.75


def test_an_unknown_part_is_named():
    with pytest.raises(InputError, match="no part 'test'"):
        SENTIMENT.examples("test", 1, seed=0)
