"""The texts that a command answers: one on the command line, or the lines of a file."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfplay.commands.progress import SECONDS_BETWEEN_LINES
from tfplay.errors import InputError
from tfplay.text.files import read_prose
from tfplay.text.words import normalize

STANDARD_INPUT = "-"


def add_text_arguments(parser: argparse.ArgumentParser, example: str = "") -> None:
    """Adds the text, or the file that has many."""
    told = f'such as "{example}"; ' if example else ""
    parser.add_argument(
        "text",
        nargs="?",
        type=normalize,
        metavar="TEXT",
        help=f"{told}{STANDARD_INPUT} reads one a line from standard input",
    )
    parser.add_argument("--file", type=Path, metavar="FILE", help="a file with a text a line")


def answer_texts(
    options: argparse.Namespace, answer: Callable[[str], dict[str, Any]]
) -> dict[str, Any]:
    """The answer to the text; to many texts, a list of them as "answers".

    Args:
        options: Those of `add_text_arguments`.
        answer: Answers one text.

    Raises:
        InputError: There is no text, or there are two sources of texts.
    """
    if (options.text is None) == (options.file is None):
        raise InputError(
            f"Give a text, or --file with a text a line, or {STANDARD_INPUT} for standard input."
        )
    if options.file is None and options.text != STANDARD_INPUT:
        return answer(options.text)
    texts = _lines(options.file)
    answers, told = [], time.monotonic()
    for number, text in enumerate(texts, start=1):
        answers.append(answer(text))
        if time.monotonic() - told > SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            print(f"{number:,} of {len(texts):,}", file=sys.stderr, flush=True)
    return {"answers": answers}


def _lines(file: Path | None) -> list[str]:
    """The lines that are not blank; of standard input if there is no file."""
    whole = normalize(sys.stdin.read()) if file is None else read_prose(file)
    lines = [line.strip() for line in whole.split("\n") if line.strip()]
    if not lines:
        raise InputError("Standard input has no text.")
    return lines
