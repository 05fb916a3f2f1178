"""Add a model: a bundle of another TFPlay, published files, or a Keras file."""

import argparse
import sys
from pathlib import Path
from typing import Any

from tfplay.checkpoints.keras_files.opening import is_keras_file, open_keras_file
from tfplay.checkpoints.keras_files.reading import Question
from tfplay.commands.model_description import describe
from tfplay.errors import InputError
from tfplay.store import Model, Origin, add_model, keep_keras_model
from tfplay.text.files import read_utf8

HELP = "add a model from its files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the action takes."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help="a folder, a .zip, a .gguf, a .keras or a .weights.h5 file",
    )
    parser.add_argument("--name", required=True, help="the name to keep it under")
    parser.add_argument("--title", help="what people call it (default: its own or its name)")
    parser.add_argument("--licence", default="", help="under which it was published")
    parser.add_argument(
        "--vocabulary",
        type=Path,
        help="of a Keras file's model: its words, one a line; of a translation, of what it writes",
    )
    parser.add_argument(
        "--source-vocabulary",
        type=Path,
        help="of a Keras file's translation: the words of what it reads, one a line",
    )
    parser.add_argument(
        "--answer",
        type=_answer,
        action="append",
        default=[],
        metavar="NAME=ANSWER",
        help="what a Keras file cannot tell; without it the recipe's usual is assumed",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Adds the model and tells what it is."""
    is_told = options.title or options.licence
    origin = Origin(options.title or options.name, options.licence) if is_told else None
    if options.path.is_file() and is_keras_file(options.path):
        return describe(_add_keras_file(options, origin or Origin(options.name)))
    if options.vocabulary or options.source_vocabulary or options.answer:
        raise InputError(
            "--vocabulary, --source-vocabulary and --answer are for Keras files alone."
        )
    return describe(add_model(options.path, options.name, origin))


def _add_keras_file(options: argparse.Namespace, origin: Origin) -> Model:
    """Adds the model, and says what it was taken for and what of it is assumed."""
    found = open_keras_file(options.path, dict(options.answer))
    print(found.sentence, file=sys.stderr)
    for question in found.questions:
        print(_told(question), file=sys.stderr)
    words, source_words = (
        read_utf8(path).split("\n") if path else None
        for path in (options.vocabulary, options.source_vocabulary)
    )
    return keep_keras_model(found, options.name, origin, words, source_words)


def _told(question: Question) -> str:
    """A question with the options that answer it."""
    choices = ", ".join(f"{answer} ({told})" for answer, told in question.choices.items())
    return f"{question.text} --answer {question.name}={question.answer}; it can be {choices}."


def _answer(text: str) -> tuple[str, str]:
    name, sign, answer = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=ANSWER")
    return name, answer
