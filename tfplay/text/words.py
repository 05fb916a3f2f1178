"""How a text is split into words before it becomes tokens: one pattern for each way."""

import unicodedata
from itertools import chain, groupby

import regex

# Python's own \w ends a Hindi word at its first vowel sign. Here a letter is a letter, a mark
# (vowel signs, accents), a digit, or one of the two joiners that shape conjuncts.
LETTER = r"[\p{L}\p{M}\p{N}\u200c\u200d]"

# BERT's punctuation is all of ASCII that is no letter, digit or space, and Unicode's punctuation.
_BERT_PUNCTUATION = r"!-/:-@\[-`{-~\p{P}"
_BERT_CJK = (
    r"\u4E00-\u9FFF\u3400-\u4DBF\U00020000-\U0002A6DF\U0002A700-\U0002B73F"
    r"\U0002B740-\U0002B81F\U0002B820-\U0002CEAF\uF900-\uFAFF\U0002F800-\U0002FA1F"
)

_PATTERNS = {
    "character": r"(?s:.)",
    # Letters with inner apostrophes ("don't"), a line break, or one mark such as "," or "।".
    "word": rf"{LETTER}+(?:['’]{LETTER}+)*|\n|\S",
    # https://github.com/google-research/bert/blob/master/tokenization.py
    "bert": rf"[{_BERT_PUNCTUATION}]|[{_BERT_CJK}]|[^\s{_BERT_PUNCTUATION}{_BERT_CJK}]+",
    # https://github.com/openai/gpt-2/blob/master/src/encoder.py
    "gpt2": r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    # GPT-2's with marks and joiners kept in their word, as the original cuts Hindi at vowel signs;
    # and each digit separate, without which a small model cannot learn to add.
    "gpt2-all-scripts": (
        r"'s|'t|'re|'ve|'m|'ll|'d| ?[\p{L}\p{M}\u200c\u200d]+| ?\p{N}"
        r"| ?[^\s\p{L}\p{M}\p{N}\u200c\u200d]+|\s+(?!\S)|\s+"
    ),
}

WORD_PATTERNS = {name: regex.compile(pattern) for name, pattern in _PATTERNS.items()}

GLUE = "##"
"""Stands before a token that is written without a space after the token before it."""


_HALF_A_PAIR = regex.compile(r"\p{Cs}")
_MANY_MARKS = regex.compile(r"\p{M}{31,}+")


def normalize(text: str) -> str:
    """One spelling for texts that look alike: Unicode's composed form, NFC.

    Half a surrogate pair, which is no character, becomes U+FFFD. The time grows as the text does,
    also for a letter with a million accents.
    """
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_marks_in_order, whole_characters(text)))


def whole_characters(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair, which is no character."""
    return _HALF_A_PAIR.sub("\ufffd", text)


def _marks_in_order(marks: regex.Match) -> str:
    """The marks as NFC orders them, by combining class.

    Python moves one mark past the other until they are, which takes the square of their number, and
    lets no other thread run meanwhile.
    """
    apart = "".join(unicodedata.normalize("NFD", mark) for mark in marks.group())
    runs = groupby(apart, key=lambda mark: unicodedata.combining(mark) > 0)  # a 0 never moves
    return "".join(chain.from_iterable(sorted(run, key=unicodedata.combining) for _, run in runs))


def glued_words(text: str) -> list[str]:
    """Splits a text into words that remember where there was no space before them.

    A line break is a word too, and the first word of a line is never glued.

    Example:
        >>> glued_words("Well, he said: no.")
        ['Well', '##,', 'he', 'said', '##:', 'no', '##.']
    """
    words = []
    end_of_last = -1
    for match in WORD_PATTERNS["word"].finditer(text):
        word = match.group()
        touches_last = match.start() == end_of_last and word != "\n"
        words.append(GLUE + word if touches_last else word)
        end_of_last = -1 if word == "\n" else match.end()
    return words


def join_glued_words(words: list[str]) -> str:
    """The text that `glued_words` split, with every run of spaces as one space."""
    text = "".join(word.removeprefix(GLUE) if is_glued(word) else " " + word for word in words)
    return text.replace(" \n", "\n").replace("\n ", "\n").removeprefix(" ")


def is_glued(token: str) -> bool:
    """Whether the token is written without a space before it; "##" alone is two hash signs."""
    return token.startswith(GLUE) and token != GLUE
