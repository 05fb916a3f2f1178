"""Every form of the words in `hindi_words`: what each may be."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from tests.text.corpora.hindi_words import (
    CHANGING_ADJECTIVES,
    DETERMINERS,
    FIXED_ADJECTIVES,
    IRREGULAR_PERFECTIVES,
    NOUN_ENDINGS,
    NOUNS,
    RESPECTFUL_IMPERATIVES,
    STEMS_WITH_NE,
    STEMS_WITH_OR_WITHOUT_NE,
    STEMS_WITHOUT_NE,
)

VOWELS = "ाोीूआ"
SINGULAR = {"एक"}
PLURAL = set(FIXED_ADJECTIVES[FIXED_ADJECTIVES.index("दो") :]) | {"सभी", "कुछ", "कई"}


def noun_forms() -> dict[str, set[str]]:
    """Every form of every noun: लड़के is "mso" and "mpd"."""
    forms: dict[str, set[str]] = {}
    for kind, nouns in NOUNS.items():
        cut, endings = NOUN_ENDINGS[kind]
        for noun in nouns.split():
            stem = noun.removesuffix(cut)
            for ending, readings in endings.items():
                forms.setdefault(stem + ending, set()).update(readings.split())
    return forms


def adjective_forms() -> dict[str, set[str]]:
    """Every form of every adjective, possessive and number, with what it may stand before."""
    everything = {"".join(reading) for reading in product("mf", "sp", "do")}
    masculine_e = {"mso", "mpd", "mpo"}
    feminine = {reading for reading in everything if reading[0] == "f"}
    forms = dict.fromkeys(FIXED_ADJECTIVES, everything)
    for stem in CHANGING_ADJECTIVES:
        forms |= {stem + "ा": {"msd"}, stem + "े": masculine_e, stem + "ी": feminine}
    forms |= {"नया": {"msd"}, "नए": masculine_e, "नई": feminine}
    forms |= {"हुआ": {"msd"}, "हुए": masculine_e, "हुई": feminine}
    for word in SINGULAR:
        forms[word] = {reading for reading in everything if reading[1] == "s"}
    for word in PLURAL:
        forms[word] = {reading for reading in everything if reading[1] == "p"}
    for word, (number, case) in DETERMINERS.items():
        forms[word] = {reading for reading in everything if reading[1:] == number + case}
    return forms


class VerbForm(NamedTuple):
    stem: str
    kind: str
    genders: str = "mf"
    numbers: str = "sp"
    persons: tuple[int, ...] = (1, 2, 3)


FUTURE_ENDINGS = {  # after a consonant, after a vowel
    ("ूँ", "ऊँ"): ("s", (1,)),
    ("े", "ए"): ("s", (2, 3)),
    ("ो", "ओ"): ("p", (2,)),
    ("ें", "एँ"): ("p", (1, 3)),
}
GENDERED_ENDINGS = {"ा": ("m", "s"), "े": ("m", "p"), "ी": ("f", "sp")}


def verb_forms() -> dict[str, list[VerbForm]]:
    """Every form of every verb."""
    forms: dict[str, list[VerbForm]] = {}
    for stem in {*STEMS_WITH_NE, *STEMS_WITHOUT_NE, *STEMS_WITH_OR_WITHOUT_NE}:
        for word, form in _forms_of(stem):
            forms.setdefault(word, []).append(form)
    return forms


def _forms_of(stem: str) -> Iterator[tuple[str, VerbForm]]:
    yield stem, VerbForm(stem, "stem")
    yield stem + "कर", VerbForm(stem, "having done")
    yield stem + "ने", VerbForm(stem, "oblique infinitive")
    if stem == "कर":
        yield "करके", VerbForm(stem, "having done")
    for ending, (genders, numbers) in GENDERED_ENDINGS.items():
        yield f"{stem}त{ending}", VerbForm(stem, "imperfect", genders, numbers)
        yield f"{stem}न{ending}", VerbForm(stem, "infinitive", genders, numbers)
    perfectives = IRREGULAR_PERFECTIVES.get(stem, "").split() or [
        stem + ending
        for ending in (("या", "ए", "ई", "ईं") if stem[-1] in VOWELS else ("ा", "े", "ी", "ीं"))
    ]
    for word, (genders, numbers) in zip(
        perfectives, (("m", "s"), ("m", "p"), ("f", "s"), ("f", "p")), strict=True
    ):
        yield word, VerbForm(stem, "perfective", genders, numbers)
    future_stem = "द" if stem == "दे" else stem.replace("ी", "ि") if stem[-1] == "ी" else stem
    for (after_consonant, after_vowel), (number, persons) in FUTURE_ENDINGS.items():
        ending = after_vowel if stem[-1] in VOWELS else after_consonant
        if stem == "पी" and ending == "ओ":
            ending = "यो"
        yield future_stem + ending, VerbForm(stem, "subjunctive", "mf", number, persons)
        for gender, ga in (("m", "गा" if number == "s" else "गे"), ("f", "गी")):
            yield future_stem + ending + ga, VerbForm(stem, "future", gender, number, persons)
        if persons == (2,):
            yield future_stem + ending, VerbForm(stem, "तुम")
    polite = RESPECTFUL_IMPERATIVES.get(stem, stem + ("इए" if stem[-1] in VOWELS else "िए"))
    yield polite, VerbForm(stem, "आप")
    yield stem, VerbForm(stem, "तू")


NOUN_FORMS = noun_forms()
ADJECTIVE_FORMS = adjective_forms()
VERB_FORMS = verb_forms()
AUXILIARIES = {
    "हूँ": VerbForm("हो", "is", "mf", "s", (1,)),
    "है": VerbForm("हो", "is", "mf", "s", (2, 3)),
    "हो": VerbForm("हो", "is", "mf", "p", (2,)),
    "हैं": VerbForm("हो", "is", "mf", "p", (1, 3)),
    "था": VerbForm("हो", "was", "m", "s"),
    "थे": VerbForm("हो", "was", "m", "p"),
    "थी": VerbForm("हो", "was", "f", "s"),
    "थीं": VerbForm("हो", "was", "f", "p"),
}
WILL_BE = {
    "होऊँगा": VerbForm("हो", "will be", "m", "s", (1,)),
    "होगा": VerbForm("हो", "will be", "m", "s", (2, 3)),
    "होगी": VerbForm("हो", "will be", "f", "s", (2, 3)),
    "होंगे": VerbForm("हो", "will be", "m", "p", (1, 3)),
    "होंगी": VerbForm("हो", "will be", "f", "p", (1, 3)),
}
HELPERS = {  # stem + रहा है, stem + सकता है, stem + चुका है, infinitive + चाहता है
    helper + ending: (before, VerbForm("", "helper", *agreement))
    for helper, before in (("रह", "stem"), ("सकत", "stem"), ("चुक", "stem"), ("चाहत", "infinitive"))
    for ending, agreement in GENDERED_ENDINGS.items()
}
