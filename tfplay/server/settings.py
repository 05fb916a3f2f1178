"""The operator's settings for the addresses under /v1."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from tfplay.config.base import require_integer
from tfplay.cutting import quoted
from tfplay.errors import InputError

_INTEGERS = {
    "requests_a_minute": "TFPLAY_API_RATE",
    "streams": "TFPLAY_API_STREAMS",
    "seconds": "TFPLAY_API_SECONDS",
    "most_bytes": "TFPLAY_API_BYTES",
    "proxies": "TFPLAY_API_PROXIES",
}
_SWITCH = {"on": True, "off": False}


@dataclass(frozen=True)
class ApiSettings:
    """The operator's settings for the addresses under /v1.

    Args:
        is_on: `TFPLAY_API`, `on` or `off`: whether they answer at all.
        key: `TFPLAY_API_KEY`: what clients must send as their key; none is asked for without.
        requests_a_minute: `TFPLAY_API_RATE`: how many each address may send, all at once or one
            after the other; 0 is as many as it likes.
        streams: `TFPLAY_API_STREAMS`: how many replies are generated at once; the others wait.
        seconds: `TFPLAY_API_SECONDS`: how long a client may take to send a request, and to read
            what it is sent.
        most_bytes: `TFPLAY_API_BYTES`: the longest request.
        proxies: `TFPLAY_API_PROXIES`: how many proxies stand in front. So many entries of
            `X-Forwarded-For` are believed, from its end; without, an address is that of the
            connection.

    Raises:
        InputError: A value is impossible.
    """

    is_on: bool = True
    key: str = field(default="", repr=False)
    requests_a_minute: int = 300
    streams: int = 4
    seconds: int = 20
    most_bytes: int = 262_144
    proxies: int = 0

    def __post_init__(self) -> None:
        require_integer("TFPLAY_API_RATE", self.requests_a_minute, 0, 1_000_000)
        require_integer("TFPLAY_API_STREAMS", self.streams, 1, 256)
        require_integer("TFPLAY_API_SECONDS", self.seconds, 1, 3600)
        require_integer("TFPLAY_API_BYTES", self.most_bytes, 1024, 100_000_000)
        require_integer("TFPLAY_API_PROXIES", self.proxies, 0, 16)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The settings from the environment; what is missing or empty there has its default."""
        given = {
            field_name: _integer(environment[name])
            for field_name, name in _INTEGERS.items()
            if environment.get(name, "").strip()
        }
        switch = environment.get("TFPLAY_API", "").strip().lower() or "on"
        if switch not in _SWITCH:
            raise InputError(f"TFPLAY_API is {quoted(switch)}; it must be on or off.")
        key = environment.get("TFPLAY_API_KEY", "").strip()
        return cls(is_on=_SWITCH[switch], key=key, **given)


def _integer(text: str) -> int | str:
    """The number in a text; other text is kept, so that the check can name it."""
    try:
        return int(text)
    except ValueError:
        return text
