"""An agreement checker for simple Hindi sentences, written independently of the corpus.

`complaints(sentence)` parses a sentence clause by clause and says what does not agree. Where a
sentence can be read in two ways (वह चाय is "that tea", or "he" and "tea"), it is right if one of
the readings is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from tests.text.corpora.hindi_forms import (
    ADJECTIVE_FORMS,
    AUXILIARIES,
    HELPERS,
    NOUN_FORMS,
    VERB_FORMS,
    WILL_BE,
    VerbForm,
)
from tests.text.corpora.hindi_words import (
    ADDRESSES,
    ADVERBS,
    AFTER_KE,
    DESTINATIONS,
    DETERMINERS,
    FUSED,
    GREETINGS,
    NOUNS,
    OBLIQUE_PRONOUNS,
    POSTPOSITIONS,
    PRONOUNS,
    STEMS_WITH_NE,
    STEMS_WITH_OR_WITHOUT_NE,
    TIME_UNITS,
    TIMES,
)

GENITIVES = ("का", "के", "की")

# Phrases -------------------------------------------------------------------------------------


@dataclass
class Phrase:
    """A noun or pronoun: what it may be, and the postposition after it."""

    words: str
    readings: set[tuple[str, str, int]]
    """Gender ("m", "f" or "?"), number, person."""
    postposition: str = ""


@dataclass
class Parse:
    """A clause without its verb."""

    phrases: list[Phrase] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    """Adjectives, and का with its owner, that stand alone."""
    errors: list[str] = field(default_factory=list)

    @property
    def direct(self) -> list[Phrase]:
        return [phrase for phrase in self.phrases if not phrase.postposition]

    def has(self, postposition: str) -> bool:
        return any(phrase.postposition == postposition for phrase in self.phrases)


FUSED_WORDS = {word: case for case, words in FUSED.items() for word in words.split()}


def parse_phrases(words: list[str], pronouns: set[int], stem: str) -> Parse:
    """Reads the words before the verb.

    Args:
        words: The words.
        pronouns: Where यह, वह, ये, वे are pronouns, rather than determiners.
        stem: The verb. Where somebody goes, a place needs no postposition; who comes may come to
            eat, खाने.
    """
    going = stem in ("जा", "चल")
    parse = Parse()
    modifiers: list[str] = []
    position = 0
    while position < len(words):
        word, following = words[position], words[position + 1 : position + 2]
        position += 1
        if word in FUSED_WORDS and not modifiers:
            parse.phrases.append(Phrase(word, set(), FUSED_WORDS[word]))
        elif word in AFTER_KE and modifiers:
            if not modifiers[-1].endswith("े"):
                parse.errors.append(f"{modifiers[-1]} before {word}")
            parse.phrases.append(Phrase(" ".join([*modifiers, word]), set(), word))
            modifiers = []
        elif word in ADVERBS or word == "कैसे" and going:
            continue
        elif is_pronoun(word, position - 1, pronouns, following, modifiers):
            if following and following[0] in POSTPOSITIONS:
                if word not in OBLIQUE_PRONOUNS:
                    parse.errors.append(f"{word} before {following[0]}")
                parse.phrases.append(Phrase(word, set(), following[0]))
                position += 1
            else:
                person, number = PRONOUNS.get(word, (3, "s"))
                gender = "m" if word in ("कौन", "क्या") else "?"
                parse.phrases.append(Phrase(word, {(gender, number, person)}))
        elif word in ADJECTIVE_FORMS and leads_to_noun(words, position):
            modifiers.append(word)
        elif following == ["और"] and words[position + 1] in NOUN_FORMS:
            parse.phrases.append(pair_of(word, words[position + 1]))
            position += 2
        elif word in NOUN_FORMS and not (stem == "आ" and word in ("खाने", "गाने") and not following):
            modifiers = add_noun(parse, word, following, modifiers, going)
            position += bool(following and following[0] in (*POSTPOSITIONS, *GENITIVES))
        elif word in ("कितने",) and following and following[0] in GENITIVES:
            parse.predicates.append(following[0])
            position += 1
        elif word in ADJECTIVE_FORMS and word not in DETERMINERS:
            parse.predicates.append(word)
        elif word in VERB_FORMS:
            absorb_verb(parse, word)
        else:
            parse.errors.append(f"{word} is not understood")
    parse.predicates += [word for word in modifiers if word in GENITIVES]
    return parse


def is_pronoun(
    word: str, position: int, pronouns: set[int], following: list[str], modifiers: list[str]
) -> bool:
    if modifiers:
        return False
    if word in DETERMINERS and word in PRONOUNS:
        return position in pronouns
    if word in OBLIQUE_PRONOUNS and word not in PRONOUNS:
        return bool(following and following[0] in POSTPOSITIONS)
    return word in PRONOUNS


def leads_to_noun(words: list[str], position: int) -> bool:
    """Whether only modifiers stand between here and the next noun, or a पास or साथ."""
    while position < len(words) and words[position] in ADJECTIVE_FORMS:
        position += 1
    return position < len(words) and (words[position] in NOUN_FORMS or words[position] in AFTER_KE)


def pair_of(first: str, second: str) -> Phrase:
    """रवि और सीता: several, and masculine as soon as one of them is."""
    genders = {reading[0] for word in (first, second) for reading in NOUN_FORMS[word]}
    return Phrase(f"{first} और {second}", {("f" if genders == {"f"} else "m", "p", 3)})


def allowed_before(modifier: str) -> set[str]:
    """Which forms of a noun may follow an adjective, or का."""
    return ADJECTIVE_FORMS["मेर" + modifier[1:] if modifier in GENITIVES else modifier]


def add_noun(
    parse: Parse, noun: str, following: list[str], modifiers: list[str], going: bool
) -> list[str]:
    """Adds a noun with its modifiers; returns the modifiers that it makes of itself (का)."""
    marker = following[0] if following and following[0] in (*POSTPOSITIONS, *GENITIVES) else ""
    readings = NOUN_FORMS[noun]
    for modifier in modifiers:
        readings = readings & allowed_before(modifier)
    if noun in TIME_UNITS and marker in GENITIVES:  # दस साल का: not सालों
        return [marker]
    is_goal = going and noun in DESTINATIONS and parse.direct and not marker
    case = "o" if marker or is_goal else "d"
    fitting = {reading for reading in readings if reading[2] == case}
    words = " ".join([*modifiers, noun, marker]).strip()
    if not fitting:
        parse.errors.append(f"{words}: the words do not agree, or the case is wrong")
        fitting = NOUN_FORMS[noun]
    if marker in GENITIVES:
        return [marker]
    if not is_goal:
        agreements = {(reading[0], reading[1], 3) for reading in fitting}
        parse.phrases.append(Phrase(words, agreements, marker))
    return []


def absorb_verb(parse: Parse, word: str) -> None:
    """Takes the object of खाकर, or of खाने in "came to eat", out of the clause."""
    kinds = {form.kind for form in VERB_FORMS[word]}
    if word in ("करके", "करने") and parse.predicates:
        parse.predicates.pop()  # साफ़ करके
    if "having done" in kinds and parse.phrases and not parse.phrases[-1].postposition:
        parse.phrases.pop()
    elif "oblique infinitive" in kinds:
        if len(parse.direct) > 1:
            parse.phrases.remove(parse.direct[-1])
    elif "having done" not in kinds:
        parse.errors.append(f"{word} stands where no verb can")


# Clauses -------------------------------------------------------------------------------------


class VerbGroup(NamedTuple):
    """The end of a clause: how its verb agrees."""

    kind: str
    rest: list[str]
    stem: str = ""
    forms: tuple[VerbForm, ...] = ()
    """All of them have to agree with the same word."""


def verb_groups(words: list[str]) -> Iterator[VerbGroup]:
    """Every way in which the last words of a clause can be its verb."""
    if not words:
        return
    last = words[-1]
    auxiliary = AUXILIARIES.get(last)
    before = words[-2] if len(words) > 1 else ""
    if auxiliary:
        if before in HELPERS and len(words) > 2:
            kind, helper = HELPERS[before]
            for form in VERB_FORMS.get(words[-3], []):
                bare = kind == "stem" or words[-3] == form.stem + "ना"
                if form.kind == kind and bare:
                    yield VerbGroup("subject", words[:-3], form.stem, (helper, auxiliary))
        for form in VERB_FORMS.get(before, []):
            if form.kind == "imperfect":
                yield VerbGroup("subject", words[:-2], form.stem, (form, auxiliary))
            if form.kind == "perfective" and before[-1] != "ं":
                loose = form._replace(numbers="sp") if form.genders == "f" else form
                yield VerbGroup("perfective", words[:-2], form.stem, (loose, auxiliary))
            if form.kind == "infinitive" and auxiliary.kind == "is":
                yield VerbGroup("to do", words[:-2], form.stem, (form, auxiliary))
        if before == "पसंद":
            for form in VERB_FORMS.get(words[-3], []):
                if words[-3] == form.stem + "ना" and last == "है":
                    yield VerbGroup("likes to do", words[:-3], form.stem)
            yield VerbGroup("likes", words[:-2], "", (auxiliary,))
        yield VerbGroup("is", words[:-1], "हो", (auxiliary,))
    if last in WILL_BE:
        yield VerbGroup("is", words[:-1], "हो", (WILL_BE[last],))
    for form in VERB_FORMS.get(before, []):
        if form.kind == "infinitive" and last in WILL_BE:
            yield VerbGroup("to do", words[:-2], form.stem, (form, WILL_BE[last]))
        if form.kind == "infinitive" and last == "चाहिए":
            yield VerbGroup("to do", words[:-2], form.stem, (form,))
        if form.kind == "oblique infinitive":
            for began in VERB_FORMS[last] if last in ("लगा", "लगे", "लगी", "लगीं") else []:
                if began.kind == "perfective":
                    yield VerbGroup("subject", words[:-2], form.stem, (began,))
    if last == "चाहिए":
        yield VerbGroup("needs", words[:-1])
    for form in VERB_FORMS.get(last, []):
        kind = {"perfective": "perfective", "future": "subject"}.get(form.kind, form.kind)
        yield VerbGroup(kind, words[:-1], form.stem, (form,))


def agrees(phrase: Phrase, forms: tuple[VerbForm, ...]) -> bool:
    return any(
        all(
            (gender == "?" or gender in form.genders)
            and number in form.numbers
            and person in form.persons
            for form in forms
        )
        and (gender != "?" or set.intersection(*(set(form.genders) for form in forms)))
        for gender, number, person in phrase.readings
    )


def judge(group: VerbGroup, parse: Parse, inherited: Phrase | None, respect: str) -> list[str]:
    """What does not agree in one reading of a clause."""
    found = list(parse.errors)
    direct = parse.direct
    subject = direct[0] if direct else inherited
    verb = " ".join(form.kind for form in group.forms)
    nothing = Phrase("nothing", {("m", "s", 3)})
    if group.kind in ("आप", "तुम", "तू", "subjunctive"):
        wanted = {"let us": "subjunctive"}.get(respect, respect)
        return found if group.kind == wanted else [*found, f"{group.kind} where {wanted} is due"]
    if respect not in ("", "आप", "तुम", "तू"):
        found.append("no proposal follows आइए")
    is_done_with_ne = parse.has("ने")
    if group.kind == "perfective":
        may = group.stem in STEMS_WITH_NE or group.stem in STEMS_WITH_OR_WITHOUT_NE
        must = group.stem in STEMS_WITH_NE
        if is_done_with_ne and not may or must and not is_done_with_ne:
            found.append(f"ने with {group.stem}")
        target = (direct[-1] if direct else nothing) if is_done_with_ne else subject
        if is_done_with_ne and len(direct) > 1:
            found.append(f"{direct[0].words} beside ने")
    else:
        if is_done_with_ne:
            found.append("ने outside the past")
        target = subject
    takes_object = group.stem in (*STEMS_WITH_NE, *STEMS_WITH_OR_WITHOUT_NE, "ला", "बोल")
    if group.kind in ("subject", "perfective") and len(direct) > 1 + takes_object:
        found.append(f"{direct[-1].words} beside {group.stem}")
    if group.kind in ("to do", "likes to do", "likes", "needs"):
        if not parse.has("को"):
            found.append("nobody has को")
        target = direct[-1] if direct else nothing
        if group.kind in ("likes", "needs") and not direct:
            found.append("nothing is liked or needed")
    if target is None:
        return [*found, "no subject"]
    if group.forms and not agrees(target, group.forms):
        found.append(f"{target.words} and the verb ({verb})")
    if group.kind == "is":
        found += judge_predicates(group, parse, target)
    elif set(parse.predicates) - ({"साफ़", "ठीक"} if group.stem == "कर" else set()):
        found.append(f"{parse.predicates} beside a verb")
    if any(("?", "s", 2) in phrase.readings for phrase in direct) and respect != "तू":
        found.append("तू to somebody who is not तू")
    return found


def judge_predicates(group: VerbGroup, parse: Parse, subject: Phrase) -> list[str]:
    """Adjectives and nouns that are said of the subject, and the verb, all at once."""
    found = []
    readings = {
        (gender, number, person)
        for known, number, person in subject.readings
        for gender in ("mf" if known == "?" else known)
    }
    if not any(
        agrees(Phrase("", {reading}), group.forms)
        and all("".join(reading[:2]) + "d" in allowed_before(word) for word in parse.predicates)
        for reading in readings
    ):
        found.append(f"{subject.words} is not {' '.join(parse.predicates)}")
    for phrase in parse.direct[1:]:
        numbers = {reading[1] for reading in phrase.readings}
        is_one = {reading[1] for reading in subject.readings} & numbers
        if phrase.words in DETERMINERS or parse.has("को"):
            found.append(f"{subject.words} is not {phrase.words}")
        elif not is_one and phrase.words not in ("कौन", "क्या") and not is_respected(subject):
            found.append(f"{subject.words} and {phrase.words}")
    return found


def is_respected(phrase: Phrase) -> bool:
    """Whether one person is meant by the plural: मेरी माँ, आप."""
    last = phrase.words.split()[-1]
    return last == "आप" or last in (NOUNS["m-respect"] + " " + NOUNS["f-respect"]).split()


def clause_complaints(
    words: list[str], inherited: Phrase | None, listener: Phrase | None, respect: str
) -> tuple[list[str], Phrase | None]:
    """What is wrong with a clause, in its best reading; and its subject.

    Args:
        words: The clause.
        inherited: The subject of the clause before, for a clause that has none.
        listener: Who आप is, if a name says so.
        respect: Which imperative is due: आप, तुम, तू; "let us" after आइए.
    """
    negations = [word for word in words if word in ("नहीं", "मत")]
    words = [word for word in words if word not in ("नहीं", "मत")]
    ambiguous = [i for i, word in enumerate(words) if word in DETERMINERS and word in PRONOUNS]
    best: tuple[list[str], Phrase | None] | None = None
    for group in verb_groups(words):
        for choice in product((True, False), repeat=len(ambiguous)):
            pronouns = {i for i, chosen in zip(ambiguous, choice, strict=True) if chosen}
            parse = parse_phrases(group.rest, pronouns, group.stem)
            if listener and parse.direct:
                parse.direct[0].readings = listener.readings
            found = judge(group, parse, inherited, respect) + negation_complaints(group, negations)
            if best is None or len(found) < len(best[0]):
                best = found, (parse.direct or [inherited])[0]
            if not found:
                return best
    return best or (["no verb"], None)


def negation_complaints(group: VerbGroup, negations: list[str]) -> list[str]:
    due = "मत" if group.kind in ("आप", "तुम", "तू") else "नहीं"
    return [f"{word} where {due} is due" for word in negations if word != due]


# Sentences -----------------------------------------------------------------------------------


def complaints(sentence: str) -> list[str]:
    """Everything that is wrong with a Hindi sentence; nothing if it is right."""
    text, mark = sentence[:-1], sentence[-1]
    parts = text.split(", ")
    if mark not in "।?":
        return [f"the sentence ends in {mark}"]
    if parts[0] in GREETINGS and len(parts) == 2:
        return [] if parts[1] in NOUN_FORMS else [f"{parts[1]} is not understood"]
    respect, listener, parts = address(parts)
    words = " , ".join(parts).split()
    is_imperative = any(form.kind == "आप" for form in VERB_FORMS.get(words[-1], []))
    found = question_complaints(words, mark)
    subject = None
    for clause in clauses(strip_times(words)):
        wanted = respect or ("आप" if is_imperative else "")
        wrong, subject = clause_complaints(clause, subject, listener, wanted)
        found += wrong
    return found


def address(parts: list[str]) -> tuple[str, Phrase | None, list[str]]:
    """Takes "मेरे दोस्त," off the front, and a name off the end."""
    if parts[0] in ADDRESSES:
        return ADDRESSES[parts[0]], None, parts[1:]
    if parts[-1] in NOUN_FORMS and parts[0].startswith("आप "):
        genders = {reading[0] for reading in NOUN_FORMS[parts[-1]]}
        return "", Phrase("आप", {(gender, "p", 3) for gender in genders}), parts[:-1]
    if parts[0] == "आइए" and len(parts) > 1:
        return "let us", None, parts[1:]
    return "", None, parts


def question_complaints(words: list[str], mark: str) -> list[str]:
    asking = {"क्या", "कौन", "कहाँ", "कब", "क्यों", "कैसे", "कैसा", "कैसी", "किसने", "किस"}
    asks = any(word in asking or word.startswith(("कितन", "किसक")) for word in words)
    return [] if asks == (mark == "?") else [f"{mark} at the end"]


def strip_times(words: list[str]) -> list[str]:
    """Leaves out times of more than one word, and क्या at the beginning of a question."""
    text = f" {' '.join(words)} "
    for time in TIMES.split(","):
        text = text.replace(f" {' '.join(time.split())} ", " ")
    words = text.split()
    if "क्या" in words and words[0] == "क्या" and len(words) > 1:
        words = words[1:]
    if words[1:] == ["बजे", "हैं"]:
        words[1] = "साल"  # hours are counted as years are
    kept: list[str] = []
    for word in words:
        if word == "पहले" and kept[-1] in TIME_UNITS or word == "बजे" and len(words) > 3:
            kept = kept[: -2 if word == "पहले" else -1]
        elif word not in ("जब", "तब", "अगर", "तो"):
            kept.append(word)
    return kept


def clauses(words: list[str]) -> list[list[str]]:
    """Splits at commas and conjunctions, but leaves "Ravi and Sita" together."""
    found: list[list[str]] = [[]]
    for word in words:
        splits = word in (",", "लेकिन", "क्योंकि", "कि")
        if splits or word == "और" and found[-1][-1] not in NOUN_FORMS:
            found.append([])
        else:
            found[-1].append(word)
    return [clause for clause in found if clause]
