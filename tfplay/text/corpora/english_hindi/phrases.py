"""Noun phrases in both languages: pronouns, names, and nouns with what stands before them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tfplay.text.corpora.english_hindi.english import plural as english_plural
from tfplay.text.corpora.english_hindi.english import with_article
from tfplay.text.corpora.english_hindi.hindi import Agreement, agree, agree_all, noun_form
from tfplay.text.corpora.english_hindi.lexicon import Noun, Place, Word

OBLIQUE_OF_KE = Agreement("m", "p")


@dataclass(frozen=True)
class Phrase:
    """Somebody or something that a sentence speaks of.

    Attributes:
        english: As subject: "I", "the boy".
        english_object: As object: "me", "the boy".
        english_owner: Before what is owned: "my", "the boy's".
        english_plural: Whether it takes "are" rather than "is".
        hindi: As subject: मैं, लड़का.
        oblique: Before a postposition: मुझ, लड़के.
        agreement: What the Hindi verb agrees with.
        joined: Forms that are one word with their postposition: {"को": "मुझे"}.
    """

    english: str
    english_object: str
    english_owner: str
    english_plural: bool
    hindi: str
    oblique: str
    agreement: Agreement
    joined: Mapping[str, str] = field(default_factory=dict)

    def before(self, postposition: str) -> str:
        """The phrase with a postposition: मैंने, मुझे, लड़के को."""
        return self.joined.get(postposition) or f"{self.oblique} {postposition}"

    def before_ke(self, postposition: str) -> str:
        """The phrase with a postposition that follows के: मेरे पास, लड़के के साथ."""
        return f"{agree(self.before('का'), OBLIQUE_OF_KE)} {postposition}"


# Pronouns ------------------------------------------------------------------------------------


def pronoun(english: str, hindi: str, joined: str, agreement: Agreement) -> Phrase:
    """A pronoun from its English forms and from its forms with ने, को, से, का and में."""
    subject, object_form, owner = english.split()
    cases = dict(zip(("ने", "को", "से", "का", "में"), joined.split(), strict=True))
    return Phrase(
        english=subject,
        english_object=object_form,
        english_owner=owner,
        english_plural=subject not in ("I", "he", "she", "who"),
        hindi=hindi,
        oblique=cases["में"].removesuffix("में"),
        agreement=agreement,
        joined=cases,
    )


I = pronoun(  # noqa: E741
    "I me my", "मैं", "मैंने मुझे मुझसे मेरा मुझमें", Agreement("m", "s", 1)
)
YOU = pronoun("you you your", "आप", "आपने आपको आपसे आपका आपमें", Agreement("m", "p"))
HE = pronoun("he him his", "वह", "उसने उसे उससे उसका उसमें", Agreement("m"))
SHE = pronoun("she her her", "वह", "उसने उसे उससे उसका उसमें", Agreement("f"))
WE = pronoun("we us our", "हम", "हमने हमें हमसे हमारा हममें", Agreement("m", "p", 1))
THEY = pronoun("they them their", "वे", "उन्होंने उन्हें उनसे उनका उनमें", Agreement("m", "p"))
WHO = pronoun("who whom whose", "कौन", "किसने किसे किससे किसका किसमें", Agreement("m"))
PRONOUNS = (I, YOU, HE, SHE, WE, THEY)


# Nouns ---------------------------------------------------------------------------------------


class Determiner(NamedTuple):
    """What stands before a noun: "this", यह, and before a postposition इस."""

    english: str
    hindi: str
    oblique: str


BARE = Determiner("", "", "")
A = Determiner("a", "एक", "एक")
THE = Determiner("the", "", "")
THIS = Determiner("this", "यह", "इस")
THAT = Determiner("that", "वह", "उस")
THESE = Determiner("these", "ये", "इन")
THOSE = Determiner("those", "वे", "उन")
SOME = Determiner("some", "कुछ", "कुछ")
MANY = Determiner("many", "कई", "कई")
ALL = Determiner("all the", "सभी", "सभी")


def possessive(owner: Phrase) -> Determiner:
    """Her, मेरा, लड़के का."""
    return Determiner(owner.english_owner, owner.before("का"), owner.before("का"))


def own(owner: Phrase) -> Determiner:
    """The possessive of the doer of the same sentence: अपना, whoever it is."""
    return Determiner(matching_possessive(owner), "अपना", "अपना")


def matching_possessive(owner: Phrase) -> str:
    """The English possessive pronoun for somebody: "my", "her" for Sita, "their" for the boys."""
    if owner in PRONOUNS:
        return owner.english_owner
    if owner.english_plural:
        return "their"
    return "his" if owner.agreement.gender == "m" else "her"


def counted(number: Word) -> Determiner:
    """A number before a plural."""
    return Determiner(number.english, number.hindi, number.hindi)


def noun_phrase(
    noun: Noun | Place,
    determiner: Determiner = THE,
    adjective: Word | None = None,
    plural: bool = False,
) -> Phrase:
    """A noun with determiner and adjective: "my black dogs", मेरे काले कुत्ते.

    Args:
        noun: The noun.
        determiner: What stands before it.
        adjective: Agrees with it.
        plural: Whether there are several.
    """
    agreement = Agreement(noun.gender, "p" if plural or noun.respected else "s")
    english_noun = english_plural(noun.english) if plural else noun.english
    described = " ".join([adjective.english, english_noun] if adjective else [english_noun])
    english = with_article(described) if determiner is A else f"{determiner.english} {described}"
    forms = [
        _joined(
            agree(determiner.oblique if oblique else determiner.hindi, agreement, oblique),
            agree_all(adjective.hindi, agreement, oblique) if adjective else "",
            noun_form(noun.hindi, noun.gender, plural, oblique),
        )
        for oblique in (False, True)
    ]
    english = english.strip()
    return Phrase(english, english, owner_form(english), plural, *forms, agreement)


def owner_form(english: str) -> str:
    """The boy's, the boys', the children's."""
    ends_in_plural_s = english.endswith("s")
    return english + ("'" if ends_in_plural_s else "'s")


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
