"""How much each visitor may use where strangers share a server: `TFPLAY_HOSTED=1`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from tfplay.config.base import require_integer
from tfplay.counters import REFUSALS
from tfplay.cutting import quoted
from tfplay.errors import InputError

PREFIX = "TFPLAY_HOSTED_"
"""Of the environment's names of the limits: `TFPLAY_HOSTED_STEPS` is `steps`."""

_SWITCH = {"on": True, "off": False}
_HIGHEST = 10**12


class LimitError(InputError):
    """A visitor asks for more than a limit allows.

    Args:
        limit: The limit's name, one of `Limits`' fields.
        sentence: What was asked for and what is allowed.
    """

    def __init__(self, limit: str, sentence: str):
        super().__init__(sentence)
        self.limit = limit
        REFUSALS.labels(limit).inc()


@dataclass(frozen=True)
class Limits:
    """What each visitor may use of a server that strangers share.

    A visitor is a cookie, which anybody can throw away; so all visitors of one address together may
    use only so many times as much.

    Args:
        visitors_an_address: So many times a visitor's share is that of an address.
        tabs: Tabs open at once.
        waiting_jobs: Trainings that wait.
        running_jobs: Trainings at work at once.
        minutes: A training is at work before it is stopped; it can go on in its next turn.
        steps: Steps of a training.
        parameters: Of a model that is trained.
        batch_tokens: Tokens of a batch: sequences times context.
        upload_mb: Megabytes uploaded within an hour.
        stored_mb: Megabytes kept: runs with their data, conversations, lessons, copies of models.
        snapshots: Snapshots that have not expired.
        chats: Conversations kept.
        lessons: Lessons that are being written, or were.
        classes: Classes open at once.
        class_codes: Wrong join codes of classes typed within an hour.
        api_tokens: Tokens that `/v1` writes within a minute, by address.
        days: What was not changed for so long is deleted.
        fetching: `on` or `off`: whether visitors may have published corpora and models fetched.
        imports: `on` or `off`: whether visitors may add models, which everybody sees.

    Raises:
        InputError: A value is impossible.

    Example:
        >>> Limits.from_environment({"TFPLAY_HOSTED_STEPS": "200"}).steps
        200
    """

    visitors_an_address: int = 10
    tabs: int = 12
    waiting_jobs: int = 4
    running_jobs: int = 1
    minutes: int = 20
    steps: int = 5_000
    parameters: int = 12_000_000
    batch_tokens: int = 16_384
    upload_mb: int = 100
    stored_mb: int = 500
    snapshots: int = 20
    chats: int = 200
    lessons: int = 50
    classes: int = 5
    class_codes: int = 20
    api_tokens: int = 20_000
    days: int = 30
    fetching: bool = False
    imports: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.type is int:
                require_integer(setting(field.name), getattr(self, field.name), 1, _HIGHEST)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The limits from the environment; what is missing or empty there has its default."""
        read = {int: _number, bool: _switch}
        given = {}
        for field in fields(cls):
            if text := environment.get(setting(field.name), "").strip():
                given[field.name] = read[field.type](field.name, text)
        return cls(**given)

    def require(self, limit: str, value: int, what: str) -> None:
        """Raises a `LimitError` if there are more than the limit allows.

        Args:
            limit: Name of a field.
            value: How many there are.
            what: What is counted, as in "steps in a training".
        """
        if value > (most := getattr(self, limit)):
            raise LimitError(limit, f"{value:,} {what} are too many here; the most is {most:,}.")


def setting(field_name: str) -> str:
    """The name of a limit in the environment.

    Example:
        >>> setting("steps")
        'TFPLAY_HOSTED_STEPS'
    """
    return PREFIX + field_name.upper()


def is_hosted() -> bool:
    """Whether strangers share this server: the environment's `TFPLAY_HOSTED` is 1."""
    return os.environ.get("TFPLAY_HOSTED", "0") not in ("", "0")


def limits_here() -> Limits | None:
    """The limits of this server; `None` where those who use it know each other.

    Raises:
        InputError: A limit in the environment is impossible.
    """
    return Limits.from_environment(os.environ) if is_hosted() else None


def may_fetch() -> bool:
    """Whether visitors may have published corpora and models fetched to this server."""
    limits = limits_here()
    return limits is None or limits.fetching


def may_import() -> bool:
    """Whether visitors may add models of their own to this server."""
    limits = limits_here()
    return limits is None or limits.imports


def _number(name: str, text: str) -> int | str:
    """The number in a text; other text is kept, so that the check can name it."""
    try:
        return int(text)
    except ValueError:
        return text


def _switch(name: str, text: str) -> bool:
    if text.lower() not in _SWITCH:
        raise InputError(f"{setting(name)} is {quoted(text)}; it must be on or off.")
    return _SWITCH[text.lower()]
