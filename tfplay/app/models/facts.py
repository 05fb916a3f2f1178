"""What is known of a model without loading it."""

from tfplay.store import Model
from tfplay.tasks import TASKS

ORIGINS = {"trained": "trained here", "shipped": "came with TFPlay", "opened": "brought here"}
"""Where a model is from, in words."""


def task_title(model: Model) -> str:
    """What the model has learned, in words."""
    return TASKS[model.task].about.title if model.task in TASKS else model.task.capitalize()


def float32_bytes(model: Model) -> int:
    """Bytes of its weights once they are loaded."""
    return 4 * model.parameters


def megabytes(num_bytes: float) -> str:
    """Bytes as people say them, from a tenth of a megabyte on."""
    return f"{num_bytes / 1e6:,.0f} MB" if num_bytes >= 10e6 else f"{num_bytes / 1e6:.1f} MB"
