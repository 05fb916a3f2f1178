"""Real text from elsewhere, on which shipped models are judged: none of it comes with TFPlay.

Each data set is read in two parts: one to learn on when a model's answers can be trusted, and one
to measure that on. No model has learned from either.
"""

import csv
import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import regex

from tfplay.text import LabelledText, Pair, TaggedSentence, read_conll, read_questions
from tfplay.zoo.open_data import open_data
from tfplay.zoo.tatoeba import groups_in_part

MOST_EXAMPLES = 500
"""Of each part: for a figure of two digits."""


@dataclass(frozen=True)
class RealText:
    """A data set that somebody else collected.

    Attributes:
        name: Its folder, by which figures name it.
        metric: The score of the task that is told.
        split: Reads its folder: the examples to learn on and those to measure on.
    """

    name: str
    metric: str
    split: Callable[[Path], tuple[Sequence[Any], Sequence[Any]]]

    def read(self) -> tuple[list[Any], list[Any]]:
        """The examples to learn on, and those to measure on, the same on every machine.

        Raises:
            InputError: The data set is not on this machine.
        """
        learned, measured = self.split(open_data(self.name))
        return _drawn(learned), _drawn(measured)


def _drawn(examples: Iterable[Any]) -> list[Any]:
    return sorted(examples, key=lambda example: _hash(repr(example)))[:MOST_EXAMPLES]


def _hash(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4])


def _halves(examples: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    halves: tuple[list[Any], list[Any]] = ([], [])
    for example in examples:
        halves[_hash(repr(example)) >> 8 & 1].append(example)
    return halves


def _film_reviews(folder: Path) -> tuple[list[LabelledText], list[LabelledText]]:
    return _halves(
        LabelledText(line.strip(), label)
        for label, ending in (("positive", "pos"), ("negative", "neg"))
        for line in (folder / f"rt-polarity.{ending}").read_text("utf-8").splitlines()
    )


def _news(folder: Path) -> tuple[list[LabelledText], list[LabelledText]]:
    """Classes that the model has too; nothing is learned from them, as their licence asks."""
    classes = {"2": "sports", "3": "money", "4": "science"}
    with gzip.open(folder / "test.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    return [], [
        LabelledText(f"{title}. {text}", classes[number])
        for number, title, text in rows
        if number in classes
    ]


def _wikipedia_names(folder: Path) -> tuple[list[TaggedSentence], list[TaggedSentence]]:
    """The third of the documents that no model has learned; other kinds of names are none."""
    text = (folder / "wikigold.conll.txt").read_text(encoding="utf-8")
    documents = [each for each in text.split("-DOCSTART- O\n") if each.strip()]
    with TemporaryDirectory() as place:
        path = Path(place, "wikigold.conll")
        path.write_text("".join(each for each in documents if _hash(each) % 3 == 2), "utf-8")
        sentences = read_conll(path)
    return _halves(
        sentence._replace(
            tags=tuple(tag if tag[2:] in ("PER", "LOC", "ORG") else "O" for tag in sentence.tags)
        )
        for sentence in sentences
    )


def _wikipedia_questions(folder: Path) -> tuple[list[Any], list[Any]]:
    """The questions on articles 1 to 16, and those on 17 to 24."""
    path = folder / "xquad-en-first-half.json"
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    with TemporaryDirectory() as place:
        parts = []
        for number, some in enumerate((articles[:16], articles[16:])):
            part = Path(place, f"{number}.json")
            part.write_text(json.dumps({"data": some}), encoding="utf-8")
            parts.append(read_questions(part))
    return parts[0], parts[1]


def _wikipedia_sentences(folder: Path) -> tuple[list[str], list[str]]:
    """Whole sentences, without the words that the data set has taken out."""
    parts = []
    for name in ("valid", "test"):
        with gzip.open(folder / f"{name}.txt.gz", "rt", encoding="utf-8") as stream:
            lines = [line.strip() for line in stream if not line.startswith(" =")]
        sentences = [each for line in lines for each in regex.split(r"(?<= \.) ", line)]
        parts.append([each for each in sentences if each.endswith(" .") and "<unk>" not in each])
    return parts[0], parts[1]


def _everyday_pairs(folder: Path) -> tuple[list[Pair], list[Pair]]:
    """The first pair of each group of sentences that no model has learned."""
    lines = (folder / "hin.txt").read_text(encoding="utf-8").splitlines()
    groups = groups_in_part([Pair(*line.split("\t")[:2]) for line in lines], held_out=True)
    return _halves(min(group, key=lambda pair: pair.source) for group in groups)


REAL_TEXT = {
    "answers": RealText("xquad", "exact_match", _wikipedia_questions),
    "entities": RealText("wikigold", "f1", _wikipedia_names),
    "masked-words": RealText("wikitext2-valid-test", "accuracy", _wikipedia_sentences),
    "names": RealText("wikigold", "f1", _wikipedia_names),
    "reviews": RealText("rt-polarity", "accuracy", _film_reviews),
    "sentiment": RealText("rt-polarity", "accuracy", _film_reviews),
    "topics": RealText("ag-news-test", "accuracy", _news),
    "translator": RealText("en-hi-tatoeba", "chrf", _everyday_pairs),
}
"""Real text for the shipped models that have some, by their names."""
