"""How Hindi words change their endings: agreement, cases, tenses.

Hindi is written in NFC, where the letters with a dot below (nukta) are two characters: ड + ़.
"""

from typing import NamedTuple

VOWELS = "ाोीूेआ"


class Agreement(NamedTuple):
    """What verbs and adjectives have to agree with.

    Respect is grammar: आप ("you") and a respected person such as पिताजी ("father") are third
    person plural, तुम (the familiar "you") is second person plural, तू is second person singular.
    """

    gender: str
    """"m" or "f"."""
    number: str = "s"
    """"s" (singular) or "p" (plural)."""
    person: int = 3


MASCULINE = Agreement("m")
"""What a verb falls back to when it may agree with nothing: third person masculine singular."""


def agree(words: str, agreement: Agreement, oblique: bool = False) -> str:
    """Adjectives, possessives and participles in -ा: बड़ा, बड़े, बड़ी. Others never change.

    Args:
        words: In the masculine singular; the last one agrees ("लड़के का").
        agreement: Gender and number of the noun.
        oblique: Whether a postposition follows the noun: बड़े घर में.
    """
    if agreement.gender == "f":
        return _with_ending(words, "ी", "ई")
    if agreement.number == "p" or oblique:
        return _with_ending(words, "े", "ए")
    return words


def agree_all(words: str, agreement: Agreement, oblique: bool = False) -> str:
    """The same where every word agrees: थका हुआ, थकी हुई."""
    return " ".join(agree(word, agreement, oblique) for word in words.split())


def _with_ending(word: str, sign: str, letter: str) -> str:
    if word.endswith("िया") and sign == "ी":  # दिया, दी
        return word[:-3] + sign
    if word.endswith("या"):  # नया, नए, नई
        return word[:-2] + letter
    if word.endswith("ा"):
        return word[:-1] + sign
    return word[:-1] + letter if word.endswith("आ") else word


# Nouns ---------------------------------------------------------------------------------------

# Masculine nouns in -ा that keep it in every case: राजा ने, दो राजा, राजाओं ने.
UNCHANGING = {"राजा", "अभिनेता", "नेता", "पिता", "दादा", "चाचा", "नाना", "मामा"}


def noun_form(noun: str, gender: str, plural: bool = False, oblique: bool = False) -> str:
    """A noun in one of its forms: लड़का, लड़के (को), लड़के, लड़कों (को)."""
    if gender == "m" and noun.endswith("ा") and noun not in UNCHANGING:
        return noun[:-1] + ("ों" if plural and oblique else "े" if plural or oblique else "ा")
    if not plural:
        return noun
    if noun.endswith("िया"):  # चिड़िया, चिड़ियाँ, चिड़ियों
        return noun[:-1] + ("ों" if oblique else "ाँ")
    if noun.endswith(("ी", "ई")):  # लड़की, लड़कियाँ, लड़कियों; भाई, भाइयों
        stem = noun[:-1] + ("ि" if noun.endswith("ी") else "इ")
        return stem + "यों" if oblique else stem + "याँ" if gender == "f" else noun
    if noun.endswith(("ा", "ू", "ु")):  # राजा, राजाओं; आलू, आलुओं; भाषा, भाषाएँ
        stem = noun[:-1] + "ु" if noun.endswith("ू") else noun
        return stem + "ओं" if oblique else stem + "एँ" if gender == "f" else noun
    return noun + "ों" if oblique else noun + "ें" if gender == "f" else noun


# Verbs ---------------------------------------------------------------------------------------

# Masculine singular, masculine plural, feminine singular.
IRREGULAR_PERFECTIVES = {
    "जा": ("गया", "गए", "गई"),
    "कर": ("किया", "किए", "की"),
    "ले": ("लिया", "लिए", "ली"),
    "दे": ("दिया", "दिए", "दी"),
    "पी": ("पिया", "पिए", "पी"),
    "हो": ("हुआ", "हुए", "हुई"),
}
RESPECTFUL_IMPERATIVES = {"कर": "कीजिए", "ले": "लीजिए", "दे": "दीजिए", "पी": "पीजिए"}


def to_be(agreement: Agreement) -> str:
    """हूँ, है, हो or हैं: "to be" in the present."""
    if agreement.number == "s":
        return "हूँ" if agreement.person == 1 else "है"
    return "हो" if agreement.person == 2 else "हैं"


def was(agreement: Agreement) -> str:
    """था, थे, थी or थीं: "to be" in the past."""
    return _feminine_plural(agree("था", agreement), agreement)


def _feminine_plural(form: str, agreement: Agreement) -> str:
    return form + "ं" if agreement.gender == "f" and agreement.number == "p" else form


def perfective_participle(stem: str, agreement: Agreement) -> str:
    """आया, आए, आई: followed by है or था."""
    *before, last = stem.split()
    if last in IRREGULAR_PERFECTIVES:
        forms = IRREGULAR_PERFECTIVES[last]
    elif last[-1] in VOWELS:
        forms = (last + "या", last + "ए", last + "ई")
    else:
        forms = (last + "ा", last + "े", last + "ी")
    index = 2 if agreement.gender == "f" else int(agreement.number == "p")
    return " ".join([*before, forms[index]])


def perfective(stem: str, agreement: Agreement) -> str:
    """आया, आए, आई, आईं: the past that stands alone."""
    return _feminine_plural(perfective_participle(stem, agreement), agreement)


def subjunctive(stem: str, agreement: Agreement) -> str:
    """जाऊँ, जाए, जाओ, जाएँ: what may or shall be, and the stem of the future."""
    slot = {"1s": 0, "2s": 1, "3s": 1, "2p": 2}.get(f"{agreement.person}{agreement.number}", 3)
    *before, last = stem.split()
    if last == "हो":
        form = ("होऊँ", "हो", "हो", "हों")[slot]
    elif last in ("ले", "दे"):
        form = last[0] + ("ूँ", "े", "ो", "ें")[slot]
    elif last.endswith("ी"):
        form = last[:-1] + ("िऊँ", "िए", "ियो", "िएँ")[slot]
    elif last[-1] in VOWELS:
        form = last + ("ऊँ", "ए", "ओ", "एँ")[slot]
    else:
        form = last + ("ूँ", "े", "ो", "ें")[slot]
    return " ".join([*before, form])


def future(stem: str, agreement: Agreement) -> str:
    """जाऊँगा, जाएगा, जाओगे, जाएँगे, and -गी for the feminine."""
    return subjunctive(stem, agreement) + agree("गा", agreement)


def imperative(stem: str, respect: str) -> str:
    """A command to somebody who is called तू (जा), तुम (जाओ) or आप (जाइए)."""
    if respect == "तू":
        return stem
    if respect == "तुम":
        return subjunctive(stem, Agreement("m", "p", 2))
    *before, last = stem.split()
    ending = "इए" if last[-1] in VOWELS else "िए"
    return " ".join([*before, RESPECTFUL_IMPERATIVES.get(last, last + ending)])
