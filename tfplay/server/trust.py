"""Which host names and which web pages the server answers.

Any page that somebody visits can send requests to addresses that only their browser reaches. The
browser says which page sent it (`Origin`), and which name it talks to (`Host`); the latter reveals
a foreign name that was pointed at this machine (DNS rebinding).
"""

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - a name to compare with


@dataclass(frozen=True)
class Trust:
    """The hosts and pages that the operator trusts in addition to this machine.

    Args:
        hosts: Names by which the server may be asked: `play.example.org`, `*.example.org`, `*`.
        origins: Names of hosts whose pages may ask; by these the server may be asked, too.
        any_origin: Pages from anywhere may ask, and unless `hosts` are given by any name.
    """

    hosts: Collection[str] = ()
    origins: Collection[str] = ()
    any_origin: bool = False

    def has_host(self, host: str | None, own: str | None) -> bool:
        """Whether the server may be asked by this name.

        Args:
            host: The `Host` header.
            own: The address of this machine at which the request arrived.
        """
        name = _name(f"//{host}") if host else None
        if name is None:
            return False
        is_free = self.any_origin and not self.hosts
        patterns = (*self.hosts, *self.origins)
        return is_free or _is_own(name, own) or any(_matches(name, each) for each in patterns)

    def has_origin(self, origin: str | None, host: str | None, own: str | None) -> bool:
        """Whether a page of this origin may ask; programs other than browsers send no origin.

        Args:
            origin: The `Origin` header.
            host: The `Host` header, which is trusted.
            own: The address of this machine at which the request arrived.
        """
        if origin is None or self.any_origin:
            return True
        name = _name(origin)
        if name is None:
            return False
        is_same = urlsplit(origin).netloc.lower() == (host or "").lower()
        return is_same or _is_own(name, own) or name in map(_plain, self.origins)


def _name(url: str) -> str | None:
    """The host of an origin; `None` if it is malformed or contains more than an origin."""
    try:
        parts: SplitResult = urlsplit(url)
        has_rest = parts.path or parts.query or parts.fragment or parts.username is not None
        _ = parts.port  # raises for one that is no number
    except ValueError:
        return None
    return None if has_rest or not parts.hostname else _plain(parts.hostname)


def _plain(name: str) -> str:
    """A name or address in the form that is compared: `::ffff:192.0.2.1` is 192.0.2.1."""
    name = name.strip().lower().rstrip(".").partition("%")[0]
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name
    return str(getattr(address, "ipv4_mapped", None) or address)


def _is_own(name: str, own: str | None) -> bool:
    machine = socket.gethostname().lower()
    names = _LOCAL | {machine, f"{machine}.local"}
    return name in names or (own is not None and name == _plain(own))


def _matches(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(_plain(pattern[1:]))
    return pattern == "*" or name == _plain(pattern)
