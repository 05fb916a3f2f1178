"""Find the entities of a text, or whatever tags a model has learned."""

import argparse
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.commands.texts import add_text_arguments, answer_texts
from tfplay.tasks import tag
from tfplay.text.limits import LONGEST_READ, require_length

HELP = "tag the words of a text and find its entities"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    add_text_arguments(parser)
    add_model_option(parser, default="names")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Tags the text, or each of many."""
    trained = open_trained(options.model, "tagging")

    def answer(text: str) -> dict[str, Any]:
        require_length(text, LONGEST_READ)
        tags = tag(trained, text)
        result = {
            "text": tags.text,
            "words": tags.words,
            "tags": tags.tags,
            "entities": [entity._asdict() for entity in tags.entities],
        }
        return with_judgement(result, trained.judge(tags.text, tags.certainty))

    return answer_texts(options, answer)
