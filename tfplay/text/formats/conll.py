"""Words with a tag each: what a tagger of names and other spans is trained on."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.examples import TaggedSentence
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.rows import write_plain_lines


def read_conll(path: str | os.PathLike) -> list[TaggedSentence]:
    """Reads tagged sentences: a word a line, and a blank line between sentences.

    Args:
        path: A `.conll`, `.txt` or `.tsv` file in UTF-8, plain or gzipped (`.gz` at the end).
            Columns have a tab or spaces between; the word is the first and the tag the last. A tag
            is "O", or "B-" or "I-" and the kind of span. Lines of "-DOCSTART-" are skipped.

    Returns:
        At least one sentence, words NFC-normalised. Tags are IOB2, in which "B-" begins every
        span; in IOB1, which is understood too, it only parts two neighbours of one kind
        (Ramshaw and Marcus, 1995, arXiv cmp-lg/9505040).

    Raises:
        InputError: If the file is missing, empty, not text, not UTF-8, too big or damaged, a line
            has no tag or an unknown one, or no word is in a span.

    Example:
        >>> read_conll("wikigold.conll.txt")[0].words[:3]
        ('010', 'is', 'the')
    """
    name = Path(path).name
    require_ending(path, (".conll", ".txt", ".tsv"))
    sentences, words, tags = [], [], []
    for line, content in enumerate([*read_prose(path).split("\n"), ""], start=1):
        word, tag = _word_and_tag(f"{name}, line {line}", content)
        if word:
            words.append(word)
            tags.append(tag)
        elif words:
            sentences.append(TaggedSentence(tuple(words), to_iob2(tags)))
            words, tags = [], []
    if all(tag == "O" for sentence in sentences for tag in sentence.tags):
        raise InputError(f"{name} tags no word as part of a span; there must be some B- or I-.")
    return sentences


def write_conll(path: str | os.PathLike, sentences: Iterable[TaggedSentence]) -> None:
    """Writes a `.conll` file that `read_conll` reads; words have no tabs and line breaks."""
    require_ending(path, (".conll",))
    write_plain_lines(
        Path(path),
        (
            "".join(f"{word}\t{tag}\n" for word, tag in zip(*sentence, strict=True))
            for sentence in sentences
        ),
    )


def to_iob2(tags: Sequence[str]) -> tuple[str, ...]:
    """The same spans, each beginning with "B-".

    Example:
        >>> to_iob2(["I-PER", "I-PER", "O", "I-LOC"])
        ('B-PER', 'I-PER', 'O', 'B-LOC')
    """
    previous = ["O", *tags]
    return tuple(
        f"B-{tag[2:]}" if tag.startswith("I-") and before[2:] != tag[2:] else tag
        for before, tag in zip(previous, tags, strict=False)
    )


def _word_and_tag(where: str, line: str) -> tuple[str, str]:
    """The first and the last column, both empty if the line ends a sentence."""
    cells = (cell.strip(" ") for cell in line.split("\t" if "\t" in line else " "))
    columns = [cell for cell in cells if cell]
    if not columns or columns[0] == "-DOCSTART-":
        return "", ""
    if len(columns) == 1:
        raise InputError(f"{where} has one column, {columns[0]!r}; it needs a word and a tag.")
    tag = columns[-1]
    if tag != "O" and not (tag[:2] in ("B-", "I-") and tag[2:]):
        raise InputError(
            f"{where} has the tag {tag!r}; it must be O, or B- or I- and the kind of span (B-PER)."
        )
    return columns[0], tag
