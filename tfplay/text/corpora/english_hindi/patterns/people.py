"""What somebody is, and what somebody is like."""

from tfplay.text.corpora.english_hindi.clauses import (
    IS,
    WAS,
    Both,
    complement,
    described,
    english_be,
    without_article,
)
from tfplay.text.corpora.english_hindi.hindi import Agreement, agree, agree_all, future, to_be
from tfplay.text.corpora.english_hindi.lexicon import (
    ELDERS,
    GREETINGS,
    LARGE_NUMBERS,
    MENS_PROFESSIONS,
    MOODS,
    NAMES,
    NUMBERS,
    PEOPLE,
    RELATIVES,
    STATES,
    TRAITS,
    WOMENS_PROFESSIONS,
    Noun,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.phrases import (
    BARE,
    HE,
    PRONOUNS,
    SHE,
    THAT,
    THESE,
    THEY,
    THIS,
    WE,
    YOU,
    A,
    I,
    Phrase,
    noun_phrase,
    possessive,
)
from tfplay.text.corpora.english_hindi.pick import Pick

COMPANY = MENS_PROFESSIONS + tuple(
    noun for noun in RELATIVES + PEOPLE if noun.english in ("friend", "neighbour", "boy", "child")
)
GENDERED = MENS_PROFESSIONS + WOMENS_PROFESSIONS


@pattern(weight=2)
def somebody_is(pick: Pick) -> Both:
    """मेरी बहन खुश है। My sister is happy."""
    subject, adjective = pick.somebody(), pick(STATES + TRAITS)
    return IS.statement(subject, described(adjective, subject))


@pattern(weight=1.5)
def somebody_is_not(pick: Pick) -> Both:
    """मैं थका हुआ नहीं हूँ। I am not tired."""
    subject, adjective = pick.somebody(), pick(STATES + TRAITS)
    return IS.negation(subject, described(adjective, subject))


@pattern("?", weight=1.5)
def is_somebody(pick: Pick) -> Both:
    """क्या आप तैयार हैं? Are you ready?"""
    subject, adjective = pick.somebody(), pick(STATES + TRAITS)
    return IS.question(subject, described(adjective, subject))


@pattern(weight=1.5)
def somebody_was(pick: Pick) -> Both:
    """रानी नाराज़ थी। The queen was angry."""
    subject, adjective = pick.somebody(), pick(STATES + TRAITS)
    return WAS.statement(subject, described(adjective, subject))


@pattern()
def somebody_was_not(pick: Pick) -> Both:
    """लड़कियाँ अकेली नहीं थीं। The girls were not alone."""
    subject, adjective = pick.somebody(), pick(STATES)
    return WAS.negation(subject, described(adjective, subject))


@pattern()
def somebody_will_be(pick: Pick) -> Both:
    """आपकी माँ खुश होंगी। Your mother will be happy."""
    subject, adjective = pick.somebody(), pick(STATES)
    return Both(
        f"{subject.english} will be {adjective.english}",
        f"{subject.hindi} {complement(adjective, subject)} {future('हो', subject.agreement)}",
    )


@pattern()
def somebody_is_very(pick: Pick) -> Both:
    """उसकी बेटी बहुत चतुर है। His daughter is very clever."""
    subject, adjective = pick.somebody(), pick(TRAITS + MOODS)
    return IS.statement(
        subject, Both(f"very {adjective.english}", f"बहुत {complement(adjective, subject)}")
    )


@pattern()
def both_are(pick: Pick) -> Both:
    """रवि और सीता व्यस्त हैं। Ravi and Sita are busy."""
    first = pick(NAMES)
    second = pick.until(lambda name: name != first, lambda: pick(NAMES))
    women = first.gender == second.gender == "f"
    agreement = Agreement("f" if women else "m", "p")
    adjective = pick(STATES + TRAITS)
    return Both(
        f"{first.english} and {second.english} are {adjective.english}",
        f"{first.hindi} और {second.hindi} {agree_all(adjective.hindi, agreement)} हैं",
    )


@pattern(weight=1.5)
def somebody_is_by_profession(pick: Pick) -> Both:
    """वह अध्यापिका है। She is a teacher."""
    subject, profession = _professional(pick)
    return IS.statement(subject, Both(profession.english, profession.hindi))


@pattern()
def somebody_is_not_by_profession(pick: Pick) -> Both:
    """मेरा भाई डॉक्टर नहीं है। My brother is not a doctor."""
    subject, profession = _professional(pick)
    return IS.negation(subject, Both(profession.english, profession.hindi))


@pattern("?")
def is_somebody_by_profession(pick: Pick) -> Both:
    """क्या आपकी बहन गायिका है? Is your sister a singer?"""
    subject, profession = _professional(pick)
    return IS.question(subject, Both(profession.english, profession.hindi))


def _professional(pick: Pick) -> tuple[Phrase, Both]:
    """Somebody, and a profession in the gender that Hindi has for it."""
    profession = pick(GENDERED)
    gender = profession.gender
    if pick.happens(0.4):
        subject = pick.any((I, YOU, HE) if gender == "m" else (SHE,))
    elif pick.happens(0.4):
        subject = noun_phrase(pick(of_gender(NAMES, gender)), BARE)
    else:
        kin = pick(of_gender(RELATIVES + ELDERS, gender))
        subject = noun_phrase(kin, possessive(pick.any(PRONOUNS)))
    return subject, Both(noun_phrase(profession, A).english, profession.hindi)


def of_gender(nouns: tuple[Noun, ...], gender: str) -> tuple[Noun, ...]:
    """The nouns of one gender."""
    return tuple(noun for noun in nouns if noun.gender == gender)


@pattern()
def they_are_by_profession(pick: Pick) -> Both:
    """हम छात्र हैं। We are students."""
    subject = pick.any((WE, THEY))
    noun = pick(COMPANY)
    adjective = pick(TRAITS) if pick.happens(0.5) else None
    people = noun_phrase(noun, BARE, adjective, plural=True)
    return Both(f"{subject.english} are {people.english}", f"{subject.hindi} {people.hindi} हैं")


@pattern()
def somebody_is_a_good(pick: Pick) -> Both:
    """रवि अच्छा लड़का है। Ravi is a good boy."""
    person = pick(NAMES)
    kind = noun_phrase(pick(of_gender(PEOPLE + GENDERED, person.gender)), A, pick(TRAITS))
    return Both(
        f"{person.english} is {kind.english}", f"{person.hindi} {without_article(kind.hindi)} है"
    )


@pattern()
def somebody_is_somebodys(pick: Pick) -> Both:
    """सीता मेरी बहन है। Sita is my sister."""
    person = pick(NAMES)
    kin = pick(of_gender(RELATIVES, person.gender))
    relative = noun_phrase(kin, possessive(pick.any(PRONOUNS)))
    return Both(f"{person.english} is {relative.english}", f"{person.hindi} {relative.hindi} है")


@pattern()
def this_is_a_relative(pick: Pick) -> Both:
    """यह मेरी बहन है। This is my sister.

    Respect makes it ये: ये मेरे पिताजी हैं।
    """
    person = pick.relative(possessive(pick.any(PRONOUNS)))
    english_this = "these are" if person.english_plural else "this is"
    pointing = THESE if person.agreement.number == "p" else THIS
    return Both(
        f"{english_this} {person.english}",
        f"{pointing.hindi} {person.hindi} {to_be(person.agreement)}",
    )


@pattern("?")
def why_is_somebody(pick: Pick) -> Both:
    """आप उदास क्यों हैं? Why are you sad?"""
    subject, mood = pick.somebody(), pick(MOODS)
    return Both(
        f"why {english_be(subject)} {subject.english} {mood.english}",
        f"{subject.hindi} {complement(mood, subject)} क्यों {to_be(subject.agreement)}",
    )


@pattern("?")
def who_is(pick: Pick) -> Both:
    """वह आदमी कौन है? Who is that man?"""
    person = noun_phrase(pick(PEOPLE), pick.any((THIS, THAT)))
    return Both(f"who is {person.english}", f"{person.hindi} कौन है")


@pattern("?")
def how_is(pick: Pick) -> Both:
    """आपकी माँ कैसी हैं? How is your mother?"""
    person = pick.third_person()
    kind = agree("कैसा", person.agreement)
    return Both(
        f"how {english_be(person)} {person.english}",
        f"{person.hindi} {kind} {to_be(person.agreement)}",
    )


@pattern(weight=0.7)
def greets(pick: Pick) -> Both:
    """सुप्रभात, रवि। Good morning, Ravi."""
    english, hindi = pick.any(GREETINGS)
    person = pick(NAMES)
    return Both(f"{english}, {person.english}", f"{hindi}, {person.hindi}")


@pattern("?", weight=0.3)
def how_are_you(pick: Pick) -> Both:
    """आप कैसी हैं, सीता? How are you, Sita?"""
    person = pick(NAMES)
    kind = agree("कैसा", Agreement(person.gender, "p"))
    return Both(f"how are you, {person.english}", f"आप {kind} हैं, {person.hindi}")


@pattern()
def name_is(pick: Pick) -> Both:
    """मेरे भाई का नाम रवि है। My brother's name is Ravi."""
    person = pick(NAMES)
    owner = pick.any(PRONOUNS[:4])
    if pick.happens(0.7):
        kin = pick(of_gender(RELATIVES, person.gender))
        owner = noun_phrase(kin, possessive(pick.any(PRONOUNS)))
    return Both(
        f"{owner.english_owner} name is {person.english}",
        f"{owner.before('का')} नाम {person.hindi} है",
    )


@pattern("?", weight=0.7)
def what_is_the_name(pick: Pick) -> Both:
    """आपकी बहन का नाम क्या है? What is your sister's name?"""
    owner = noun_phrase(pick(RELATIVES + ELDERS), possessive(pick.any(PRONOUNS)))
    return Both(f"what is {owner.english_owner} name", f"{owner.before('का')} नाम क्या है")


@pattern()
def is_years_old(pick: Pick) -> Both:
    """सीता दस साल की है। Sita is ten years old."""
    subject = pick.any((pick.named, pick.young_relative, lambda: pick.any(PRONOUNS)))()
    number = pick(NUMBERS[5:] + LARGE_NUMBERS)
    aged = agree("का", subject.agreement)
    return IS.statement(subject, Both(f"{number.english} years old", f"{number.hindi} साल {aged}"))
