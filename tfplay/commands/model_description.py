"""What the commands tell of a model."""

from typing import Any

from tfplay.store import Model


def describe(model: Model) -> dict[str, Any]:
    """Its name, what it can do, how large it is and where it lies."""
    return {
        "id": model.id,
        "title": model.title,
        "task": model.task,
        "architecture": model.config.architecture,
        "parameters": model.parameters,
        "path": str(model.path),
    }
