"""Tell which class a text belongs to, with the probability of each."""

import argparse
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.commands.texts import add_text_arguments, answer_texts
from tfplay.tasks import classify

HELP = "tell the class of a text: its sentiment, its topic"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    add_text_arguments(parser)
    add_model_option(parser, default="reviews")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Classifies the text, or each of many."""
    trained = open_trained(options.model, "classification")

    def answer(text: str) -> dict[str, Any]:
        [probabilities] = classify(trained, [text])
        label = max(probabilities, key=probabilities.get)
        result = {"text": text, "label": label, "probabilities": probabilities}
        return with_judgement(result, trained.judge(text, probabilities[label]))

    return answer_texts(options, answer)
