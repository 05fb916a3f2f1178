"""Who or what is more so, and most so."""

from tfplay.text.corpora.english_hindi.clauses import IS, Both, complement, english_be
from tfplay.text.corpora.english_hindi.english import comparative, superlative
from tfplay.text.corpora.english_hindi.hindi import Agreement, agree_all, to_be
from tfplay.text.corpora.english_hindi.lexicon import (
    PEOPLE,
    TRAITS,
    Word,
)
from tfplay.text.corpora.english_hindi.patterns.pattern import pattern
from tfplay.text.corpora.english_hindi.patterns.things import described_thing
from tfplay.text.corpora.english_hindi.phrases import (
    BARE,
    THAT,
    THE,
    THIS,
    Phrase,
    noun_phrase,
)
from tfplay.text.corpora.english_hindi.pick import Pick

COMPARED = tuple(trait for trait in TRAITS if trait.english not in ("bad", "elderly"))


def more(adjective: Word, subject: Phrase) -> str:
    """What stands after से: लंबी, "taller"; ज़्यादा ईमानदार, where nothing changes."""
    said = complement(adjective, subject)
    return said if adjective.hindi.endswith("ा") else f"ज़्यादा {said}"


@pattern(weight=1.5)
def somebody_is_more_than(pick: Pick) -> Both:
    """रवि अपने भाई से लंबा है। Ravi is taller than his brother."""
    subject, adjective = pick.somebody(), pick(COMPARED)
    other = pick.other(subject)
    return Both(
        f"{subject.english} {english_be(subject)} {comparative(adjective.english)} "
        f"than {other.english_object}",
        f"{subject.hindi} {other.before('से')} {more(adjective, subject)} "
        f"{to_be(subject.agreement)}",
    )


@pattern()
def thing_is_more_than(pick: Pick) -> Both:
    """यह सड़क उस सड़क से साफ़ है। This road is cleaner than that road."""
    noun, adjective = described_thing(pick, colours=False)
    this, that = noun_phrase(noun, THIS), noun_phrase(noun, THAT)
    return Both(
        f"{this.english} is {comparative(adjective.english)} than {that.english}",
        f"{this.hindi} {that.before('से')} {more(adjective, this)} है",
    )


@pattern("?")
def is_somebody_more_than(pick: Pick) -> Both:
    """क्या रवि मोहन से लंबा है? Is Ravi taller than Mohan?"""
    subject, adjective = pick.somebody(), pick(COMPARED)
    other = pick.other(subject)
    return Both(
        f"{english_be(subject)} {subject.english} {comparative(adjective.english)} "
        f"than {other.english_object}",
        f"क्या {subject.hindi} {other.before('से')} {more(adjective, subject)} "
        f"{to_be(subject.agreement)}",
    )


@pattern("?")
def is_thing_more_than(pick: Pick) -> Both:
    """क्या यह आम उस आम से मीठा है? Is this mango sweeter than that mango?"""
    noun, adjective = described_thing(pick, colours=False)
    this, that = noun_phrase(noun, THIS), noun_phrase(noun, THAT)
    return Both(
        f"is {this.english} {comparative(adjective.english)} than {that.english}",
        f"क्या {this.hindi} {that.before('से')} {more(adjective, this)} है",
    )


@pattern("?", weight=0.7)
def who_is_most(pick: Pick) -> Both:
    """सबसे लंबा लड़का कौन है? Who is the tallest boy?"""
    adjective = pick(COMPARED)
    person = noun_phrase(pick(PEOPLE), BARE)
    return Both(
        f"who is the {superlative(adjective.english)} {person.english}",
        f"सबसे {complement(adjective, person)} {person.hindi} कौन है",
    )


@pattern()
def thing_is_most(pick: Pick) -> Both:
    """यह आम सबसे मीठा है। This mango is the sweetest."""
    noun, adjective = described_thing(pick, colours=False)
    thing = noun_phrase(noun, pick.any((THIS, THAT, THE)))
    return Both(
        f"{thing.english} is the {superlative(adjective.english)}",
        f"{thing.hindi} सबसे {complement(adjective, thing)} है",
    )


@pattern()
def somebody_is_most(pick: Pick) -> Both:
    """सीता सबसे लंबी है। Sita is the tallest."""
    subject, adjective = pick.somebody(), pick(COMPARED)
    return IS.statement(
        subject,
        Both(f"the {superlative(adjective.english)}", f"सबसे {complement(adjective, subject)}"),
    )


@pattern()
def this_is_the_most(pick: Pick) -> Both:
    """यह सबसे बड़ा मंदिर है। This is the biggest temple."""
    noun, adjective = described_thing(pick, colours=False)
    pointing = pick.any((THIS, THAT))
    described = agree_all(adjective.hindi, Agreement(noun.gender))
    return Both(
        f"{pointing.english} is the {superlative(adjective.english)} {noun.english}",
        f"{pointing.hindi} सबसे {described} {noun.hindi} है",
    )
