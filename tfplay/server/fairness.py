"""Limits of requests by address, and whose turn it is."""

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.requests import Request

from tfplay.server.errors import ApiError

MOST_ADDRESSES = 10_000
MOST_WAITING = 128
MOST_WAITING_OF_ONE = 64
LONGEST_WAIT = 60
"""Seconds."""


def address_of(request: Request, proxies: int) -> str:
    """The address that a request counts for.

    Args:
        request: A request, whose sender can write anything into its headers.
        proxies: Number of proxies in front, each of which appends the address that asked it.

    Returns:
        An address of version 4, or the first half of one of version 6: one customer's network.
    """
    peer = getattr(request.state, "peer", request.client)
    address = peer[0] if peer else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    named = [each.strip() for each in forwarded if each.strip()]
    if proxies and len(named) >= proxies:
        address = named[-proxies]
    return _network(address)


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
    """A bucket of tokens for each address: a request takes one, and they grow back with time.

    Args:
        a_minute: How many a bucket holds, and how many grow back in a minute.
        clock: Seconds.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic):
        self._size = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> None:
        """Takes a token.

        Raises:
            ApiError: No token is left.
        """
        now = self._clock()
        left, before = self._buckets.pop(address, (float(self._size), now))
        left = min(self._size, left + (now - before) * self._size / 60)
        is_taken = left >= 1
        self._buckets[address] = (left - is_taken, now)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        if not is_taken:
            wait = math.ceil((1 - left) * 60 / self._size)
            raise ApiError(
                429,
                f"You have sent more than {self._size:,} requests within a minute; please try "
                f"again in {wait} s.",
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
