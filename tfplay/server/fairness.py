"""Limits of requests by address, and whose turn it is."""

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from starlette.requests import HTTPConnection

from tfplay.counters import REFUSALS
from tfplay.server.errors import ApiError

MOST_ADDRESSES = 10_000
MOST_WAITING = 128
MOST_WAITING_OF_ONE = 64
LONGEST_WAIT = 60
"""Seconds."""


def address_of(request: HTTPConnection, proxies: int) -> str:
    """The address that a request counts for.

    Args:
        request: A request or a connection, whose sender can write anything into its headers.
        proxies: Number of proxies in front, each of which appends the address that asked it.

    Returns:
        An address of version 4, or the first half of one of version 6: one customer's network.
    """
    peer = getattr(request.state, "peer", request.client)
    forwarded = request.headers.getlist("x-forwarded-for")
    return counted_address(peer[0] if peer else "", forwarded, proxies)


def counted_address(peer: str, forwarded: Sequence[str], proxies: int) -> str:
    """The address that whoever is at the other end of a connection counts for.

    Args:
        peer: The address of the connection.
        forwarded: The values of its headers `X-Forwarded-For`.
        proxies: As `address_of` takes it.

    Returns:
        As `address_of`.

    Example:
        >>> counted_address("192.0.2.1", ["10.9.9.9, 203.0.113.5"], proxies=1)
        '203.0.113.5'
    """
    named = [each.strip() for each in ",".join(forwarded).split(",") if each.strip()]
    return _network(named[-proxies] if proxies and len(named) >= proxies else peer)


def _network(address: str) -> str:
    for text in (address, address.rpartition(":")[0].strip("[]")):  # some proxies add the port
        try:
            parsed = ipaddress.ip_address(text)
        except ValueError:
            continue
        parsed = getattr(parsed, "ipv4_mapped", None) or parsed
        if parsed.version == 4:
            return str(parsed)
        return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
    return address[:64]


class Buckets:
    """A bucket for each address or visitor, out of which they use; it fills again with time.

    Args:
        size: How much a bucket holds.
        seconds: In which an empty one is full again.
        clock: Seconds.

    Example:
        >>> buckets = Buckets(size=1)
        >>> buckets.use("203.0.113.5", 1)
        >>> buckets.wait("203.0.113.5", 1)
        60
    """

    def __init__(
        self, size: float, seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ):
        self.size = size
        self._seconds = seconds
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, amount: float) -> int:
        """Whole seconds until as much is in this bucket; 0 if it is now."""
        return max(0, math.ceil((amount - self._left(name)) * self._seconds / self.size))

    def use(self, name: str, amount: float) -> None:
        """Takes as much out; what is not there is owed."""
        left = self._left(name) - amount
        self._buckets.pop(name, None)
        self._buckets[name] = (left, self._clock())
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)

    def _left(self, name: str) -> float:
        now = self._clock()
        left, before = self._buckets.get(name, (self.size, now))
        return min(self.size, left + (now - before) * self.size / self._seconds)


def too_many(limit: str, sentence: str, wait: int) -> ApiError:
    """Tells that a bucket is empty, and for how long.

    Args:
        limit: By which the refusal is counted.
        sentence: What was too many, without its full stop.
        wait: Seconds.
    """
    REFUSALS.labels(limit).inc()
    return ApiError(
        429,
        f"{sentence}; please try again in {wait} s.",
        "rate_limit_exceeded",
        {"Retry-After": str(wait)},
    )


class Slots:
    """A number of slots for replies at once; those who wait take turns by address.

    Args:
        count: The number of slots.
    """

    def __init__(self, count: int):
        self._free = count
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def taken(self, address: str) -> AsyncIterator[None]:
        """Holds a slot.

        Raises:
            ApiError: Too many wait already, or it took too long.
        """
        await self._take(address)
        try:
            yield
        finally:
            self._give_back()

    async def _take(self, address: str) -> None:
        if self._free:
            self._free -= 1
            return
        mine = len(self._waiting.get(address, ()))
        if sum(map(len, self._waiting.values())) >= MOST_WAITING or mine >= MOST_WAITING_OF_ONE:
            raise _busy()
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(turn)
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():  # its turn came at the same moment
                self._give_back()
            else:
                self._leave(address, turn)
            if isinstance(error, TimeoutError):
                raise _busy() from error
            raise

    def _leave(self, address: str, turn: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(address, deque())
        if turn in waiting:
            waiting.remove(turn)
        if not waiting:
            self._waiting.pop(address, None)

    def _give_back(self) -> None:
        while self._waiting:
            address, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[address] = turns  # at the end: the other addresses come first
            if not turn.done():  # its client has gone away
                turn.set_result(None)
                return
        self._free += 1


def _busy() -> ApiError:
    return ApiError(
        503,
        "The models are busy with the requests of others; please try again.",
        "overloaded",
        {"Retry-After": "5"},
    )
