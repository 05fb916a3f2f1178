import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request

from tfplay.server.errors import ApiError
from tfplay.server.fairness import MOST_WAITING_OF_ONE, Buckets, Slots, address_of


def run(work):
    """In a thread of its own: in this one Playwright may keep a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def request(peer, forwarded=(), state=None):
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    scope = {"type": "http", "client": (peer, 1), "headers": headers, "state": state or {}}
    return Request(scope)


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", ["203.0.113.5"], 0, "192.0.2.1"),
        ("192.0.2.1", ["10.9.9.9, 203.0.113.5"], 1, "203.0.113.5"),
        ("192.0.2.1", ["10.9.9.9", "203.0.113.5, 192.0.2.8"], 2, "203.0.113.5"),
        ("192.0.2.1", ["203.0.113.5"], 2, "192.0.2.1"),
        ("192.0.2.1", [], 1, "192.0.2.1"),
        ("::ffff:192.0.2.1", [], 0, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", [], 0, "2001:db8:1:2::/64"),
        ("::1", [], 0, "::/64"),
        ("192.0.2.1", ["203.0.113.5:4711"], 1, "203.0.113.5"),
        ("192.0.2.1", ["[2001:db8:1:2::6]:4711"], 1, "2001:db8:1:2::/64"),
    ],
)
def test_only_what_the_proxies_themselves_wrote_is_believed(peer, forwarded, proxies, address):
    assert address_of(request(peer, forwarded), proxies) == address


def test_the_connection_counts_and_not_what_the_server_made_of_a_header():
    forged = request("203.0.113.5", state={"peer": ("127.0.0.1", 50000)})
    assert address_of(forged, 0) == "127.0.0.1"


def test_a_bucket_empties_and_grows_back():
    now = 0.0
    buckets = Buckets(60, clock=lambda: now)
    for _ in range(60):
        assert buckets.wait("a", 1) == 0
        buckets.use("a", 1)
    assert buckets.wait("a", 1) == 1
    assert buckets.wait("b", 60) == 0
    now = 2.5
    buckets.use("a", 2)
    assert buckets.wait("a", 1) == 1
    now = 1000.0
    assert buckets.wait("a", 60) == 0
    assert buckets.wait("a", 61) > 0


def test_what_is_used_beyond_the_bottom_is_waited_for():
    now = 0.0
    buckets = Buckets(100, seconds=10, clock=lambda: now)
    buckets.use("a", 150)
    assert buckets.wait("a", 1) == 6  # 51 grow back in 5.1 s
    now = 5.0
    assert buckets.wait("a", 1) == 1


def test_never_more_than_the_slots_and_addresses_take_turns():
    order, most = [], 0

    async def reply(slots, address, running):
        nonlocal most
        async with slots.taken(address):
            running.append(address)
            most = max(most, len(running))
            order.append(address)
            await asyncio.sleep(0)
            running.remove(address)

    async def all_at_once():
        slots, running = Slots(2), []
        await asyncio.gather(*(reply(slots, address, running) for address in "aaaaaaabbc"))

    run(all_at_once())
    assert most == 2
    assert "".join(order) == "aa" + "abc" + "ab" + "aaa"


def test_who_goes_away_while_waiting_leaves_the_place_to_the_next():
    async def leave():
        slots, served = Slots(1), []

        async def reply(name):
            async with slots.taken(name):
                served.append(name)

        async with slots.taken("first"):
            waiting = [asyncio.create_task(reply(name)) for name in "abc"]
            await asyncio.sleep(0)
            waiting[0].cancel()
            await asyncio.sleep(0)
        waiting[1].cancel()  # its turn has come, but it does not know yet
        await asyncio.gather(*waiting, return_exceptions=True)
        async with asyncio.timeout(1), slots.taken("last"):
            served.append("last")
        return served

    assert run(leave()) == ["c", "last"]


def test_one_address_cannot_fill_the_whole_queue():
    async def crowd():
        slots = Slots(1)
        async with slots.taken("a"):

            async def wait(address):
                async with slots.taken(address):
                    pass

            waiting = [asyncio.create_task(wait("a")) for _ in range(MOST_WAITING_OF_ONE)]
            await asyncio.sleep(0)
            with pytest.raises(ApiError) as error:
                await wait("a")
            other = asyncio.create_task(wait("b"))
            await asyncio.sleep(0)
        await asyncio.gather(*waiting, other)
        return error.value

    assert run(crowd()).status == 503
