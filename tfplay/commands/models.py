"""List the trained models, newest first."""

import argparse
from typing import Any

from tfplay.store import Run, list_runs

HELP = "list the trained models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds nothing: the command has no arguments."""


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Lists every run in TFPLAY_HOME that has a trained model."""
    return {"models": [_describe(run) for run in list_runs() if run.is_usable]}


def _describe(run: Run) -> dict[str, Any]:
    result = run.status().result or {}
    return {
        "id": run.id,
        "title": run.title,
        "task": run.model.task,
        "architecture": run.model.config.architecture,
        "parameters": run.model.parameters,
        "validation_loss": result.get("validation_loss"),
        "path": str(run.path),
    }
