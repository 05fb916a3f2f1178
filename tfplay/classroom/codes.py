"""Codes to read aloud, and nicknames to tell apart."""

import secrets
import unicodedata

import regex

from tfplay.errors import InputError

LONGEST_NICKNAME = 24  # characters
_LETTERS = "ACDEFHJKMNPRTWXY3479"
"""Without what looks like another: 0, O and Q, 1, I and L, 2 and Z, 5 and S, 6 and G, 8 and B."""
_CODE_LENGTH = 6
_SEEN = regex.compile(r"[\p{L}\p{N}]")
_LINK = regex.compile(r"@|://|www\.", regex.IGNORECASE)  # Markdown would make links of them
_UNSEEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}]")


def new_code() -> str:
    """A join code: one of 64 million."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def spoken_code(code: str) -> str:
    """A join code in two halves, as it is read aloud.

    Example:
        >>> spoken_code("ACD379")
        'ACD 379'
    """
    half = _CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def read_code(text: str) -> str:
    """The join code that somebody typed, with or without spaces, in capitals or not."""
    return "".join(text[:40].upper().replace("-", " ").split())


def checked_nickname(text: str) -> str:
    """A nickname without spaces around it.

    Raises:
        InputError: It has nothing that can be seen, or is too long.
    """
    if len(text) > LONGEST_NICKNAME:
        raise InputError(
            f"The nickname has {len(text):,} characters; the most is {LONGEST_NICKNAME}."
        )
    if not _SEEN.search(text):
        raise InputError("A nickname needs at least one letter or number.")
    if _LINK.search(text):
        raise InputError("A nickname has no addresses in it: leave out @, :// and www.")
    return " ".join(unicodedata.normalize("NFC", text).split())


def compared_nickname(nickname: str) -> str:
    """What two nicknames have in common that people cannot tell apart."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", nickname)).casefold()
