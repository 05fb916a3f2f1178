"""Descriptions of published corpora, available before anything is fetched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.formats import (
    write_conll,
    write_labelled,
    write_lines,
    write_pairs,
    write_questions,
)

GITHUB = "https://raw.githubusercontent.com"

_FORMATS = {
    "language-model": (".txt", write_lines),
    "masked-words": (".txt", write_lines),
    "classification": (".csv", write_labelled),
    "tagging": (".conll", write_conll),
    "answers": (".jsonl", write_questions),
    "translation": (".tsv", write_pairs),
}


@dataclass(frozen=True)
class Source:
    """One file as its publisher serves it.

    Attributes:
        url: Where it is served; for GitHub at one commit, so that it does not change.
        sha256: Hash of its bytes, in hexadecimal: computed from a file equal to the one served, or
            as TensorFlow Datasets and Hugging Face Datasets record it.
        num_bytes: Size of the file.
        mirror: Its path in a mirror folder, where it may also be gzipped (`.gz` added).
    """

    url: str
    sha256: str
    num_bytes: int
    mirror: str


@dataclass(frozen=True)
class CorpusPart:
    """What a corpus has for one purpose, such as training.

    Attributes:
        sources: The files it is in.
        read: Makes the paths of these files, in this order -> examples of the corpus' task.
    """

    sources: tuple[Source, ...]
    read: Callable[..., list[Any]]


@dataclass(frozen=True)
class PublishedCorpus:
    """A corpus that others published.

    Attributes:
        name: The name on the command line.
        title: The title that people read.
        task: Name of the task it is for.
        licence: Its licence, in a few words.
        licence_url: Where the licence stands.
        page: Where its authors describe it.
        explanation: Its content, in a sentence or two.
        parts: Its parts by name; the first is for training.
        languages: From which language into which, if it is translations.
    """

    name: str
    title: str
    task: str
    licence: str
    licence_url: str
    page: str
    explanation: str
    parts: Mapping[str, CorpusPart]
    languages: tuple[str, str] | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """All files to fetch, each once."""
        return tuple(dict.fromkeys(s for part in self.parts.values() for s in part.sources))

    @property
    def num_bytes(self) -> int:
        """The bytes to fetch."""
        return sum(source.num_bytes for source in self.sources)

    def file(self, folder: Path, part: str | None = None) -> Path:
        """Where a part, or else the first, is kept in a folder once it is in its task's format.

        Raises:
            InputError: There is no such part.
        """
        part = part or next(iter(self.parts))
        if part not in self.parts:
            raise InputError(
                f"The corpus {self.name!r} has no part {part!r}; it has {', '.join(self.parts)}."
            )
        ending, _ = _FORMATS[self.task]
        return folder / self.name / f"{part}{ending}"

    def write(self, path: Path, examples: list[Any]) -> None:
        """Writes examples to a file in the task's format."""
        _, write = _FORMATS[self.task]
        write(path, examples)
