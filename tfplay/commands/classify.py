"""Tell which class a text belongs to, with the probability of each."""

import argparse
from typing import Any

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
    [probabilities] = classify(open_trained(options.model, "classification"), [options.text])
    label = max(probabilities, key=probabilities.get)
    return {"text": options.text, "label": label, "probabilities": probabilities}
