"""Point at the answer to a question in a passage."""

import argparse
from pathlib import Path
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.errors import InputError
from tfplay.tasks import answer, text_asked
from tfplay.text.files import read_utf8
from tfplay.text.limits import LONGEST_READ, require_length

HELP = "find the answer to a question in a passage"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument("--context", metavar="TEXT", help="the passage")
    parser.add_argument("--context-file", type=Path, metavar="FILE", help="or the file it is in")
    add_model_option(parser, default="answers")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Answers the question."""
    if (options.context is None) == (options.context_file is None):
        raise InputError("Give the passage with --context, or its file with --context-file.")
    context = read_utf8(options.context_file) if options.context is None else options.context
    if not context.strip():
        raise InputError("The passage is empty; give the text in which the answer stands.")
    require_length(context, LONGEST_READ, "The passage")
    trained = open_trained(options.model, "answers")
    found = answer(trained, options.question, context)
    result = {
        "question": options.question,
        "answer": found.text,
        "start": found.start,
        "end": found.end,
        "probability": found.probability,
    }
    asked = text_asked(options.question, context)
    return with_judgement(result, trained.judge(asked, found.certainty))
