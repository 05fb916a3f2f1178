"""Find the entities of a text, or whatever tags a model has learned."""

import argparse
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.tasks import tag
from tfplay.text.limits import LONGEST_READ, require_length

HELP = "tag the words of a text and find its entities"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("text", metavar="TEXT")
    add_model_option(parser, default="entities")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Tags the text."""
    require_length(options.text, LONGEST_READ)
    trained = open_trained(options.model, "tagging")
    tags = tag(trained, options.text)
    result = {
        "text": tags.text,
        "words": tags.words,
        "tags": tags.tags,
        "entities": [entity._asdict() for entity in tags.entities],
    }
    return with_judgement(result, trained.judge(tags.text, tags.certainty))
