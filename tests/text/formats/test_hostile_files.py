"""No file, whatever it is made of, costs its reader more than its length is worth."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.growth import MOST_GROWTH, growth, hostile_text
from tfplay.errors import InputError
from tfplay.text import (
    read_conll,
    read_conversations,
    read_images,
    read_labelled,
    read_lines,
    read_pairs,
    read_questions,
)
from tfplay.text.formats.tables import read_table

pytestmark = pytest.mark.flaky(reruns=1)  # times are measured, on a machine that is shared

READERS = {
    "labelled.csv": read_labelled,
    "labelled.tsv": read_labelled,
    "labelled.jsonl": read_labelled,
    "pairs.csv": read_pairs,
    "pairs.tsv": read_pairs,
    "pairs.jsonl": read_pairs,
    "pairs.json": read_pairs,
    "pairs.tmx": read_pairs,
    "pairs.txt": read_pairs,
    "texts.label": read_labelled,
    "words.conll": read_conll,
    "chats.jsonl": read_conversations,
    "lines.txt": read_lines,
    "squad.json": read_questions,
    "questions.jsonl": read_questions,
    "pictures.csv": read_images,
    "table.csv": lambda path: read_table(path, has_header=True),
    "table.tsv": lambda path: read_table(path, has_header=True),
}
KINDS = ("combining marks", "Hangul jamo", "far planes", "spaces", "line breaks", "ends and quotes")


def _table(cells: Callable[[int], tuple[str, ...]], separator: str) -> Callable[[int], str]:
    def table(size: int) -> str:
        rows = "\n".join(separator.join(cells(number)) for number in range(size // 16))
        return rows or "a"

    return table


def _json_lines(record: Callable[[int], object]) -> Callable[[int], str]:
    return lambda size: "\n".join(json.dumps(record(number)) for number in range(size // 64))


def _passages(size: int) -> str:
    """One long passage with many questions on it."""
    context = "The cafe\u0301 is open. " * (size // 38)
    questions = [
        {"question": "Which?", "answers": [{"text": "open", "answer_start": 19 * number + 13}]}
        for number in range(size // 200)
    ]
    return json.dumps({"data": [{"paragraphs": [{"context": context, "qas": questions}]}]})


FILES = {
    **{kind: lambda size, kind=kind: hostile_text(kind, size) for kind in KINDS},
    "many labels": _table(lambda number: (f"text {number}", f"label {number}"), ","),
    "many columns": lambda size: ",".join(f"c{number}" for number in range(size // 8)) + "\n1",
    "many tabs": lambda size: "\t".join(f"c{number}" for number in range(size // 8)) + "\n1",
    "many tags": _table(lambda number: (f"word{number}", f"B-T{number}"), "\t"),
    "one sentence": _table(lambda number: ("word", "I-PER"), " "),
    "an open quote": lambda size: 'text,label\n"' + "a\n" * (size // 2),
    "quotes in a cell": lambda size: 'text,label\n"' + '""' * (size // 2) + '",a\nb,c',
    "one long cell": lambda size: "text,label\n" + "a " * (size // 2) + ",a\nb,c",
    "deep lists": lambda size: "[" * size,
    "deep objects": lambda size: '{"a":' * (size // 5),
    "texts and labels": _json_lines(lambda number: {"text": f"t{number}", "label": f"l{number}"}),
    "one conversation": lambda size: json.dumps(
        [
            {"role": ("user", "assistant")[number % 2], "content": "yes"}
            for number in range(size // 40)
        ]
    ),
    "a picture": lambda size: "7" + ",0" * (size // 2) + "\n3" + ",1" * (size // 2),
}


@pytest.mark.parametrize("name", READERS)
def test_no_file_costs_its_reader_more_than_its_length(name: str, tmp_path: Path):
    def read(path: Path) -> None:
        with contextlib.suppress(InputError):
            READERS[name](path)

    def write(size: int, kind: str) -> Path:
        path = tmp_path / f"{size} {name}"
        path.write_text(FILES[kind](size), encoding="utf-8")
        return path

    times = {kind: growth(read, lambda size, kind=kind: write(size, kind)) for kind in FILES}
    assert {kind: each for kind, each in times.items() if each >= MOST_GROWTH} == {}


def test_many_questions_on_a_long_passage_cost_no_more_than_their_number(tmp_path: Path):
    def write(size: int) -> Path:
        path = tmp_path / f"{size}.json"
        path.write_text(_passages(size), encoding="utf-8")
        return path

    assert growth(read_questions, write) < MOST_GROWTH
