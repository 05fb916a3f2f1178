"""Words that belong together, and sentences that say so, from things.toml and life.toml."""

from typing import NamedTuple

from tfplay.text.corpora.lists import Lists, read_lists


class Relation(NamedTuple):
    """Rows of words that decide one another, and patterns in which they meet."""

    rows: list[dict[str, str]]
    patterns: tuple[str, ...]
    """A slot with a question mark, as "{animal?}", may be masked: the rest of the sentence, on
    both sides of it, decides its words."""


def _relation(lists: Lists) -> Relation:
    if "sequences" in lists:
        rows = _neighbours(lists.rows("sequences"))
    elif "rows" in lists:
        rows = lists.filled_slots()
    else:
        rows = [{}]  # only the pronouns of a person decide one another
    return Relation(rows, lists.words("patterns"))


def _neighbours(sequences: tuple[tuple[str, ...], ...]) -> list[dict[str, str]]:
    """Each word of a sequence with the word before it and the word after it."""
    return [
        {"first": first, "second": second, "third": third}
        for words in sequences
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    ]


RELATIONS = [
    _relation(lists)
    for file in ("masked_words/things.toml", "masked_words/life.toml")
    for lists in read_lists(file).tables().values()
]
