"""What the configurations share: plain JSON, and one sentence for each impossible value."""

from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, Self

from tfplay.cutting import quoted
from tfplay.errors import InputError

MAX_SEED = 2**32 - 1


@dataclass(frozen=True)
class JsonConfig:
    """To and from a dictionary of plain JSON types; an unknown or missing name is an error."""

    def to_json(self) -> dict[str, Any]:
        """Returns the fields as a dictionary that `json.dumps` takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Builds the configuration back from `to_json`'s dictionary.

        Raises:
            InputError: A name is unknown, a needed one is missing, or a value is impossible.
        """
        if not isinstance(data, dict):
            raise InputError(f"A {cls.__name__} must be a JSON object, not {quoted(data)}.")
        unknown = data.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise InputError(f"{cls.__name__} has no field {quoted(min(unknown))}.")
        for field in fields(cls):
            if field.default is MISSING and field.name not in data:
                raise InputError(f"{cls.__name__} needs the field {field.name!r}.")
        return cls(**data)


def require_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    """Raises an `InputError` that names the value unless it is one of the choices."""
    if value not in choices:
        raise InputError(f"{name} is {quoted(value)}; it must be one of {', '.join(choices)}.")


def require_integer(name: str, value: Any, low: int, high: int) -> None:
    """Raises an `InputError` that names the value unless it is a whole number in the range."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InputError(
            f"{name} is {quoted(value)}; it must be a whole number from {low:,} to {high:,}."
        )


def require_between(name: str, value: Any, low: float, high: float) -> None:
    """Raises an `InputError` that names the value unless it is a number in the range."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise InputError(
            f"{name} is {quoted(value)}; it must be a number from {low:g} to {high:g}."
        )


def require_switch(name: str, value: Any) -> None:
    """Raises an `InputError` that names the value unless it is true or false."""
    if not isinstance(value, bool):
        raise InputError(f"{name} is {quoted(value)}; it must be true or false.")
