"""Questions whose answers stand in a passage: what extractive question answering is trained on."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.examples import Question
from tfplay.text.files import read_json, read_utf8, refuse_garbled, require_ending
from tfplay.text.formats.rows import json_objects, write_json_lines
from tfplay.text.words import normalize


def read_questions(path: str | os.PathLike) -> list[Question]:
    """Reads questions; those that are said to have no answer are skipped.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end):

            - `.json`: SQuAD 1.1 or 2.0 (Rajpurkar et al., 2016, arXiv 1606.05250; 2018,
              arXiv 1806.03822).
            - `.jsonl`: an object a line with strings "context", "question" and "answer", or
              "answers" as in SQuAD. The whole number "answer_start", in characters, may be left
              out if the answer stands only once in its context.

    Returns:
        At least one question with the first of its answers, everything NFC-normalised.

    Raises:
        InputError: If the file is missing, empty, not text, not UTF-8, too big or damaged, or an
            answer does not stand in its context.

    Example:
        >>> read_questions("dev-v1.1.json")[0].answer
        'Denver Broncos'
    """
    name = Path(path).name
    read = _READERS[require_ending(path, tuple(_READERS))]
    questions = [
        _question(where, context, record.get("question"), *answers[0])
        for where, context, record in read(name, path)
        if (answers := _answers(where, record))
    ]
    if not questions:
        raise InputError(f"{name} has no question with an answer.")
    return questions


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


def _squad_records(name: str, path: str | os.PathLike) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """The place, the context, and what is asked about it, of each question."""
    number = 0
    data = read_json(path)
    try:
        for article in data["data"]:
            for paragraph in article["paragraphs"]:
                for record in paragraph["qas"]:
                    number += 1
                    yield f"{name}, question {number}", paragraph["context"], dict(record)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f'{name} is not in the format of SQuAD ("data", "paragraphs", "qas", "context") '
            f"after question {number}."
        ) from error


def _jsonl_records(name: str, path: str | os.PathLike) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    text = read_utf8(path)
    refuse_garbled(name, text)
    for line, record in json_objects(name, text):
        yield f"{name}, line {line}", record.get("context"), record


_READERS = {".json": _squad_records, ".jsonl": _jsonl_records}


def _answers(where: str, record: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Text and start of each answer; the start is None where the file does not say it."""
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
    raise InputError(f'{where} has no "answer" and no "answers".')


def _question(where: str, context: Any, question: Any, answer: Any, start: Any) -> Question:
    for what, value in (("context", context), ("question", question), ("answer", answer)):
        if not isinstance(value, str) or not value.strip():
            raise InputError(f"{where} has no {what}; it must be a string that is not empty.")
    if start is None:
        start = _only_place(where, context, answer)
    composed = Question(
        context=normalize(context),
        question=normalize(question).strip(),
        answer=normalize(answer),
        start=_composed_start(where, context, start),
    )
    return composed._replace(start=_checked_start(where, composed))


def _only_place(where: str, context: str, answer: str) -> int:
    start = context.find(answer)
    if start < 0:
        raise InputError(f"{where}: the answer {answer!r} does not stand in its context.")
    if context.find(answer, start + 1) >= 0:
        raise InputError(
            f"{where}: the answer {answer!r} stands more than once in its context; "
            '"answer_start" must say which is meant.'
        )
    return start


def _composed_start(where: str, context: str, start: Any) -> int:
    """Where a character of the context stands once the context is composed."""
    if isinstance(start, bool) or not isinstance(start, int) or not 0 <= start < len(context):
        raise InputError(
            f'{where}: "answer_start" is {start!r}; it must be a whole number from 0 to '
            f"{len(context) - 1}, the last character of the context."
        )
    return len(normalize(context[:start]))


def _checked_start(where: str, question: Question) -> int:
    """Where the answer really begins: up to two characters earlier than said.

    Tools that count in UTF-16 come out late after emoji and other rare characters.
    """
    said = question.start
    for start in range(said, max(said - 3, -1), -1):
        if question.context.startswith(question.answer, start):
            return start
    found = question.context[said : said + len(question.answer)]
    raise InputError(
        f"{where}: the answer {question.answer!r} does not stand in its context at character "
        f"{said}, but {found!r}."
    )
