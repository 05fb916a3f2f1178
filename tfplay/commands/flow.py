"""Write down a text's way through a model, as the Start page draws it."""

import argparse
from pathlib import Path
from typing import Any

from tfplay import explain
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.showing.flow import flow_of, save_flow
from tfplay.tasks import TASKS

HELP = "write down a text's way through a model: tokens, vectors, attention, answer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("text", help="what the model reads")
    add_model_option(parser, default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a file for it, as JSON")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Computes the flow; without a file it is the result itself."""
    text_tasks = [name for name, task in TASKS.items() if task.about.reads_text]
    trained = open_trained(options.model, *text_tasks)
    reading = TASKS[trained.task].read_typed(trained, options.text)
    flow = flow_of(
        trained, options.text, reading, explain.trace_arrays(trained.model, reading.inputs)
    )
    if options.out is None:
        return flow.to_json()
    save_flow(flow, options.out)
    return {"out": str(options.out)}
