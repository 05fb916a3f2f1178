"""The pronunciation of Devanagari in Latin letters."""

import re

from tfplay.text.words import normalize


def _table(text: str) -> dict[str, str]:
    """Parses a table such as "क k, ख kh"."""
    return dict(pair.split() for pair in text.split(", "))


# ISO 15919, with e and o for ē and ō: Hindi has no short ones to tell them from.
CONSONANTS = _table(
    "क k, ख kh, ग g, घ gh, ङ ṅ, च c, छ ch, ज j, झ jh, ञ ñ, ट ṭ, ठ ṭh, ड ḍ, ढ ḍh, ण ṇ, "
    "त t, थ th, द d, ध dh, न n, प p, फ ph, ब b, भ bh, म m, य y, र r, ल l, व v, "
    "श ś, ष ṣ, स s, ह h"
)
DOTTED_CONSONANTS = _table("क q, ख k͟h, ग ġ, ज z, ड ṛ, ढ ṛh, फ f")
VOWELS = _table("अ a, आ ā, इ i, ई ī, उ u, ऊ ū, ऋ r̥, ए e, ऐ ai, ओ o, औ au, ऑ ô")
VOWEL_SIGNS = _table("ा ā, ि i, ी ī, ु u, ू ū, ृ r̥, े e, ै ai, ो o, ौ au, ॉ ô")
NASALS_AND_BREATH = {"ं": "ṁ", "ँ": "m̐", "ः": "ḥ"}
SINGLE_SIGNS = _table("। ., ॥ ., ० 0, १ 1, २ 2, ३ 3, ४ 4, ५ 5, ६ 6, ७ 7, ८ 8, ९ 9")
DOT, NO_VOWEL = "\u093c", "\u094d"

_WORD = re.compile("[\u0900-\u0963\u0970-\u097f\u200c\u200d]+")
_SINGLE_SIGN = re.compile(f"[{''.join(SINGLE_SIGNS)}]")
UNWRITTEN = "a"


def romanize(text: str) -> str:
    """Writes Devanagari in the letters of ISO 15919, as Hindi is pronounced.

    Every consonant carries an "a" that no letter shows. Hindi is silent about it at the end of a
    word, and inside a word between vowel-consonant and consonant-vowel (Manjari Ohala, 1983,
    "Aspects of Hindi Phonology"): लड़का is "laṛkā". What is not Devanagari stays as it is.

    Args:
        text: A text in any scripts.

    Example:
        >>> romanize("हम दोस्त हैं।")
        'ham dost haiṁ.'
    """
    words = normalize(text)
    words = _WORD.sub(lambda match: _romanize_word(match.group()), words)
    return _SINGLE_SIGN.sub(lambda match: SINGLE_SIGNS[match.group()], words)


def _romanize_word(word: str) -> str:
    syllables = _syllables(word)
    _silence(syllables)
    return normalize("".join(map("".join, syllables)))


def _syllables(word: str) -> list[list[str]]:
    """Splits into [consonant, vowel, nasal]: लड़का is l-a, ṛ-a, k-ā."""
    syllables: list[list[str]] = []
    for position, sign in enumerate(word):
        if sign in CONSONANTS:
            dotted = word[position + 1 : position + 2] == DOT
            consonant = DOTTED_CONSONANTS.get(sign) if dotted else None
            syllables.append([consonant or CONSONANTS[sign], UNWRITTEN, ""])
        elif sign in VOWELS:
            syllables.append(["", VOWELS[sign], ""])
        elif syllables and sign in VOWEL_SIGNS:
            syllables[-1][1] = VOWEL_SIGNS[sign]
        elif syllables and sign == NO_VOWEL:
            syllables[-1][1] = ""
        elif syllables and sign in NASALS_AND_BREATH:
            syllables[-1][2] = NASALS_AND_BREATH[sign]
        elif sign not in (DOT, "\u200c", "\u200d"):
            syllables.append([sign, "", ""])
    return syllables


def _silence(syllables: list[list[str]]) -> None:
    """Removes every "a" that is not pronounced in Hindi, from the end to the beginning."""
    for position in range(len(syllables) - 1, 0, -1):
        consonant, vowel, nasal = syllables[position]
        if vowel != UNWRITTEN or nasal or not consonant:
            continue
        before = syllables[position - 1]
        after = syllables[position + 1] if position + 1 < len(syllables) else None
        if after is None:
            is_silent = bool(before[1]) or consonant not in "yrlv"  # मित्र keeps it
        else:
            is_silent = bool(before[1] and not before[2] and after[0] and after[1])
        if is_silent:
            syllables[position][1] = ""
