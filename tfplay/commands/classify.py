"""Tell which class a text belongs to, with the probability of each."""

import argparse
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.tasks import classify
from tfplay.text.words import normalize

HELP = "tell the class of a text: its sentiment, its topic"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("text", type=normalize, metavar="TEXT")
    add_model_option(parser, default="sentiment")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Classifies the text."""
    trained = open_trained(options.model, "classification")
    [probabilities] = classify(trained, [options.text])
    label = max(probabilities, key=probabilities.get)
    result = {"text": options.text, "label": label, "probabilities": probabilities}
    return with_judgement(result, trained.judge(options.text, probabilities[label]))
