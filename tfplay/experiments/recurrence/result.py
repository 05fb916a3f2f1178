"""What was measured of a transformer and a GRU, kept as JSON; needs no Keras."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from tfplay.experiments.stored import by_number, stored, stored_fields
from tfplay.text.files import read_json

RESULT = Path(__file__).parent / "result.json"
"""What came with TFPlay."""

STEPS = 500
"""Training steps of each network."""

RECURRENCE = "recurrence"
"""What the comparison is called, beside the exercises' names."""

TRANSFORMER, GRU = "transformer", "GRU"


@dataclass(frozen=True)
class NetworkMeasures:
    """What was measured of one network.

    Attributes:
        parameters: Numbers that it learns.
        steps: After which it was tested, in order.
        recall: For each of these steps, the share of answers that were right, by distance.
        gradients: Length of the gradient of an answer's loss by what was said, by distance, with
            the first weights.
        token_seconds: Seconds a token takes in training, by the sequences' length.
    """

    parameters: int
    steps: Sequence[int]
    recall: Sequence[Sequence[float]]
    gradients: Sequence[float]
    token_seconds: Mapping[int, float]


@dataclass(frozen=True)
class RecurrenceResult:
    """A transformer and a GRU of the same size, trained on the same sequences.

    Attributes:
        settings: What was trained: the task's numbers, steps, batch size, learning rate and seed.
        distances: How many tokens ago each question's answer was said.
        networks: What was measured, by the network's name.
        made: The day, as in "2026-11-30".
        device: What it was measured on.
        version: TFPlay's.
    """

    settings: Mapping[str, float]
    distances: Sequence[int]
    networks: Mapping[str, NetworkMeasures]
    made: str
    device: str
    version: str

    def to_json(self) -> dict[str, Any]:
        """The result as a dictionary that `json.dumps` takes."""
        return stored(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The result that `to_json` gave.

        Raises:
            InputError: It was written in another format.
        """
        fields = stored_fields(data)
        fields["networks"] = {name: _network(each) for name, each in fields["networks"].items()}
        return cls(**fields)


def _network(fields: dict[str, Any]) -> NetworkMeasures:
    return NetworkMeasures(**fields | {"token_seconds": by_number(fields["token_seconds"])})


@cache
def shipped_result() -> RecurrenceResult | None:
    """The measurement that came with TFPlay; `None` if there is none."""
    return RecurrenceResult.from_json(read_json(RESULT)) if RESULT.is_file() else None
