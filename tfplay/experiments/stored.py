"""The form in which measurements come with TFPlay: a JSON object that says its format."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from tfplay.errors import InputError

FORMAT = 1
"""Changes whenever older files can no longer be read."""

Value = TypeVar("Value")


def stored(measured: Any) -> dict[str, Any]:
    """A dataclass of measurements as a dictionary that `json.dumps` takes."""
    return {"format": FORMAT} | asdict(measured)


def stored_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that `stored` gave, without the format.

    Raises:
        InputError: They were written in another format.
    """
    fields = dict(data)
    if (written := fields.pop("format")) != FORMAT:
        raise InputError(f"This was measured in format {written}, not in {FORMAT}.")
    return fields


def by_number(table: Mapping[str, Value]) -> dict[int, Value]:
    """A table whose keys were numbers before JSON made them texts."""
    return {int(number): value for number, value in table.items()}
