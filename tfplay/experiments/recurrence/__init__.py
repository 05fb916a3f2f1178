"""A transformer beside a recurrent network: is recurrence slow, forgetful, hard to train?"""

from tfplay.experiments.recurrence.findings import findings
from tfplay.experiments.recurrence.result import (
    GRU,
    RECURRENCE,
    RESULT,
    STEPS,
    TRANSFORMER,
    NetworkMeasures,
    RecurrenceResult,
    shipped_result,
)

__all__ = [
    "GRU",
    "RECURRENCE",
    "RESULT",
    "STEPS",
    "TRANSFORMER",
    "NetworkMeasures",
    "RecurrenceResult",
    "findings",
    "shipped_result",
]
