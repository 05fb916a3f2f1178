"""Tell what may stand behind each [MASK] of a text, with probabilities."""

import argparse
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.commands.texts import add_text_arguments, answer_texts
from tfplay.errors import InputError
from tfplay.tasks import fill, judge_filled

HELP = "fill in the masked words of a text"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    add_text_arguments(parser, "We are [MASK].")
    add_model_option(parser, default="masked-words")
    parser.add_argument(
        "--top", type=int, default=5, metavar="N", help="candidates a mask (default: %(default)s)"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Fills in the text, or each of many."""
    if options.top < 1:
        raise InputError(f"--top is {options.top}; it must be at least 1.")
    trained = open_trained(options.model, "masked-words")

    def answer(text: str) -> dict[str, Any]:
        masks = fill(trained, text, options.top)
        result = {
            "text": text,
            "masks": [[candidate._asdict() for candidate in candidates] for candidates in masks],
        }
        return with_judgement(result, judge_filled(trained, text, masks))

    return answer_texts(options, answer)
