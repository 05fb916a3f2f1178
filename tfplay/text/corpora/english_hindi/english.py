"""How English words change their endings, with the irregular ones listed."""

from typing import NamedTuple

IRREGULAR_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "mouse": "mice",
    "knife": "knives",
    "policeman": "policemen",
    "thief": "thieves",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "mango": "mangoes",
    "buffalo": "buffaloes",
}
IRREGULAR_SUPERLATIVES = {"good": ("better", "best"), "bad": ("worse", "worst")}
DOUBLED = {"run", "sit", "swim", "stop", "win", "hug", "get", "big", "hot", "thin", "sad", "travel"}


class EnglishVerb(NamedTuple):
    """The five forms of a verb: eat, eats, ate, eaten, eating."""

    base: str
    third: str
    past: str
    participle: str
    ing: str


def english_verb(spec: str) -> EnglishVerb:
    """Makes the five forms from "wash", or from three forms, "eat ate eaten".

    What follows a slash stays as it is: "look/for" gives "looks for".
    """
    forms, _, particle = spec.partition("/")
    base, *irregular = forms.split()
    doubled = base + base[-1] if base in DOUBLED else base
    silent_e = base.endswith("e") and not base.endswith("ee")
    past, participle = irregular or [_with_ed(base, doubled)] * 2
    verb = EnglishVerb(
        base, with_s(base), past, participle, (base[:-1] if silent_e else doubled) + "ing"
    )
    return EnglishVerb(*(f"{form} {particle}" for form in verb)) if particle else verb


def _with_ed(base: str, doubled: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if _ends_in_changing_y(base) else doubled + "ed"


def with_s(word: str) -> str:
    """Adds the -s of a plural or of the third person: boxes, stories, toys, goes."""
    if _ends_in_changing_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) or word == "go" else "s")


def _ends_in_changing_y(word: str) -> bool:
    return word.endswith("y") and word[-2] not in "aeiou"


def plural(noun: str) -> str:
    """The plural of a noun."""
    return IRREGULAR_PLURALS.get(noun) or with_s(noun)


def with_article(words: str) -> str:
    """Puts "a" or "an" before the words."""
    sounds_like_vowel = words[0] in "aeiou" or words.startswith(("honest", "hour"))
    return f"an {words}" if sounds_like_vowel else f"a {words}"


def comparative(adjective: str) -> str:
    """The form before "than": taller, better, more beautiful."""
    if adjective in IRREGULAR_SUPERLATIVES:
        return IRREGULAR_SUPERLATIVES[adjective][0]
    return _short(adjective) + "er" if is_short(adjective) else f"more {adjective}"


def superlative(adjective: str) -> str:
    """The form after "the": tallest, best, most beautiful."""
    if adjective in IRREGULAR_SUPERLATIVES:
        return IRREGULAR_SUPERLATIVES[adjective][1]
    return _short(adjective) + "est" if is_short(adjective) else f"most {adjective}"


def is_short(adjective: str) -> bool:
    """Whether the adjective takes -er and -est."""
    vowels = sum(letter in "aeiou" for letter in adjective.removesuffix("e"))
    return vowels <= 1 or (adjective.endswith("y") and vowels <= 2) or len(adjective) <= 5


def _short(adjective: str) -> str:
    if adjective in DOUBLED:
        return adjective + adjective[-1]
    return adjective[:-1] + "i" if adjective.endswith("y") else adjective.removesuffix("e")
