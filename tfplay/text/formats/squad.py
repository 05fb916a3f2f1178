"""Questions whose answers stand in a passage: the data of extractive question answering."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.examples import Question
from tfplay.text.files import parse_json, read_utf8, refuse_garbled, require_ending
from tfplay.text.formats.passages import LONGEST, Passage
from tfplay.text.formats.rows import is_json_lines, json_objects, write_json_lines
from tfplay.text.report import BadRow, Report, counted
from tfplay.text.words import normalize

_WRONG_PLACE = "whose answer does not stand in its context where it is said to"


class _Asked(NamedTuple):
    """A question as it stands in the file."""

    where: str
    context: Any
    record: dict[str, Any]


def read_questions(path: str | os.PathLike, report: Report | None = None) -> list[Question]:
    """Reads questions; those that are said to have no answer are skipped.

    Where an answer starts is counted in characters. Tools that count UTF-16 units, UTF-8 bytes,
    line ends or accents otherwise, or are one or two off, are understood too: the answer is taken
    where it stands.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end):

            - `.json`: SQuAD 1.1 or 2.0 (Rajpurkar et al., 2016, arXiv 1606.05250; 2018,
              arXiv 1806.03822); or a list, also as "data", of objects as in a `.jsonl`; or what a
              `.jsonl` has.
            - `.jsonl`: an object a line with strings "context", "question" and "answer", or
              "answers" as in SQuAD. The whole number "answer_start", in characters, may be left
              out if the answer stands only once in its context.
        report: Records how many starts were moved and how many questions left out, and why.

    Returns:
        At least one question with the first of its answers that stands in the context, without
        space around it; everything NFC-normalised.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, or the answers of
            half of the questions do not stand in their contexts.

    Example:
        >>> read_questions("dev-v1.1.json")[0].answer
        'Denver Broncos'
    """
    name = Path(path).name
    report = Report() if report is None else report
    read = _READERS[require_ending(path, tuple(_READERS))]
    moved: list[str] = []
    num_unanswered = 0

    def answered() -> Iterator[_Asked | BadRow]:
        nonlocal num_unanswered
        for row in read(name, path, report):
            if isinstance(row, _Asked) and _answers(row) == []:
                num_unanswered += 1
            else:
                yield row

    questions = report.parse_all(name, answered(), partial(_question, moved))
    if not questions:
        raise InputError(f"{name} has no question with an answer.")
    if num_unanswered:
        report.notes.append(
            f"Besides, {counted(num_unanswered, 'question')} without an answer "
            f"{'was' if num_unanswered == 1 else 'were'} skipped."
        )
    if moved:
        report.notes.append(_moved_note(moved))
    return questions


def _moved_note(moved: list[str]) -> str:
    if len(moved) == 1:
        return (
            f"The answer of {moved[0]} does not stand where the file counts to and was taken where "
            "it stands."
        )
    return (
        f"{len(moved):,} answers do not stand where the file counts to and were taken where they "
        f"stand (the first: {moved[0]})."
    )


def write_questions(path: str | os.PathLike, questions: Iterable[Question]) -> None:
    """Writes a `.jsonl` file that `read_questions` reads."""
    require_ending(path, (".jsonl",))
    write_json_lines(
        Path(path),
        (
            {
                "context": question.context,
                "question": question.question,
                "answer": question.answer,
                "answer_start": question.start,
            }
            for question in questions
        ),
    )


def _squad_records(name: str, path: str | os.PathLike, report: Report) -> Iterator[_Asked | BadRow]:
    """Yields each question, or an error for what is not in SQuAD's format."""
    number = 0
    text = read_utf8(path, report)
    if is_json_lines(text):
        yield from _line_records(name, text)
        return
    data = parse_json(name, text)
    flat = data.get("data") if isinstance(data, dict) else data
    if isinstance(flat, list) and flat and all(map(_is_flat, flat)):
        yield from (
            _Asked(f"{name}, question {place}", record["context"], record)
            for place, record in enumerate(flat, start=1)
        )
        return

    def error() -> BadRow:
        return BadRow(
            name,
            ' is not in the format of SQuAD ("data", "paragraphs", "qas", "context") '
            f"after question {number}.",
            "not in the format of SQuAD",
        )

    for article in _list_in(data, "data", error):
        for paragraph in _list_in(article, "paragraphs", error):
            for record in _list_in(paragraph, "qas", error):
                if isinstance(record, dict) and "context" in paragraph:
                    number += 1
                    yield _Asked(f"{name}, question {number}", paragraph["context"], record)
                else:
                    yield record if isinstance(record, BadRow) else error()


def _is_flat(record: Any) -> bool:
    """Whether a question has its passage with it, as Hugging Face's SQuAD has."""
    return isinstance(record, dict) and {"context", "question"} <= record.keys()


def _list_in(value: Any, key: str, error: Callable[[], BadRow]) -> list[Any]:
    """The list under a key of an object, or an error if it is something else."""
    if isinstance(value, BadRow):
        return [value]
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else [error()]


def _jsonl_records(name: str, path: str | os.PathLike, report: Report) -> Iterator[_Asked | BadRow]:
    return _line_records(name, read_utf8(path, report))


def _line_records(name: str, text: str) -> Iterator[_Asked | BadRow]:
    refuse_garbled(name, text)
    for row in json_objects(name, text):
        if isinstance(row, BadRow):
            yield row
        else:
            line, record = row
            yield _Asked(f"{name}, line {line}", record.get("context"), record)


_READERS = {".json": _squad_records, ".jsonl": _jsonl_records}


def _answers(asked: _Asked) -> list[tuple[Any, Any]] | None:
    """Text and start of each answer; the start is None where the file does not say it."""
    record = asked.record
    if "answer" in record:
        return [(record["answer"], record.get("answer_start"))]
    match record.get("answers"):
        case list(answers):
            return [
                (answer.get("text"), answer.get("answer_start"))
                if isinstance(answer, dict)
                else (answer, None)
                for answer in answers
            ]
        case {"text": list(texts), "answer_start": list(starts)}:  # as Hugging Face writes it
            return list(zip(texts, starts, strict=False))
    return None


def _question(moved: list[str], asked: _Asked) -> Question:
    """The question with the first of its answers that can be used."""
    answers = _answers(asked)
    if answers is None:
        raise BadRow(asked.where, ' has no "answer" and no "answers".', "without an answer")
    first_error = None
    for answer, start in answers:
        try:
            return _answered(moved, asked, answer, start)
        except BadRow as error:
            first_error = first_error or error
    raise first_error


def _answered(moved: list[str], asked: _Asked, answer: Any, start: Any) -> Question:
    where, context, record = asked
    question = record.get("question")
    for what, value in (("context", context), ("question", question), ("answer", answer)):
        if not isinstance(value, str) or not value.strip():
            raise BadRow(
                where,
                f" has no {what}; it must be a string that is not empty.",
                f"without a{'n' if what == 'answer' else ''} {what}",
            )
    if len(context) > LONGEST:
        raise BadRow(
            where,
            f" has a context of {len(context):,} characters; the most is {LONGEST:,}.",
            "whose context is too long",
        )
    passage, wanted = _passage(context), normalize(answer.strip())
    if start is None:
        found = _only_place(where, passage, wanted)
    else:
        said = _checked_start(where, context, start) + len(answer) - len(answer.lstrip())
        found, is_moved = _place(where, passage, wanted, said)
        if is_moved:
            moved.append(where)
    return Question(passage.composed, normalize(question).strip(), wanted, found)


@lru_cache(maxsize=1)
def _passage(context: str) -> Passage:
    """The questions of a passage follow one another."""
    return Passage(context)


def _only_place(where: str, passage: Passage, answer: str) -> int:
    if answer not in passage.composed:
        raise BadRow(
            where, f": the answer {quoted(answer)} does not stand in its context.", _WRONG_PLACE
        )
    start = passage.only_place(answer)
    if start is None:
        raise BadRow(
            where,
            f": the answer {quoted(answer)} stands more than once in its context; "
            '"answer_start" must say which is meant.',
            "whose answer stands more than once in its context, without a start",
        )
    return start


def _checked_start(where: str, context: str, start: Any) -> int:
    is_number = isinstance(start, int) and not isinstance(start, bool)
    if not is_number or not 0 <= start < 4 * len(context):  # a letter has four bytes at most
        raise BadRow(
            where,
            f': "answer_start" is {quoted(start)}; it must be a whole number from 0 to '
            f"{len(context) - 1}, the last character of the context.",
            "whose answer_start is no place in the context",
        )
    return start


def _place(where: str, passage: Passage, answer: str, said: int) -> tuple[int, bool]:
    """Where the answer begins in the composed passage, and whether it had to be looked for."""
    if found := passage.find(answer, said):
        return found
    there = passage.text[said : said + len(answer)]
    raise BadRow(
        where,
        f": the answer {quoted(answer)} does not stand in its context at character {said}, but "
        f"{quoted(there)}.",
        _WRONG_PLACE,
    )
