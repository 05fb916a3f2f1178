"""`/healthz` and `/metrics`, on a port of their own that the operator's machines alone reach."""

import ipaddress
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tfplay.counters import REGISTRY
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.hosting import is_hosted
from tfplay.jobs.queue import JobQueue
from tfplay.server.health import ailments, free_bytes
from tfplay.store.visitors import Visitors

SECONDS_OF_A_VISIT = 300
"""Who was seen within this time is here."""
_LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class MonitorAddress:
    """Where `/healthz` and `/metrics` answer: `TFPLAY_MONITOR`.

    Args:
        host: An address of this machine.
        port: A port of their own.
    """

    host: str
    port: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self | None:
        """The operator's choice; `None` if they are off, as they are by default.

        Raises:
            InputError: It is neither a port nor an address with one.

        Example:
            >>> MonitorAddress.from_environment({"TFPLAY_MONITOR": "9100"})
            MonitorAddress(host='127.0.0.1', port=9100)
        """
        text = environment.get("TFPLAY_MONITOR", "").strip()
        if text in ("", "off"):
            return None
        host, _, port = text.rpartition(":")
        try:
            host = str(ipaddress.ip_address(host.strip("[]") or _LOCAL))
            if not 1 <= int(port) <= 65_535:
                raise ValueError
        except ValueError as error:
            raise InputError(
                f"TFPLAY_MONITOR is {quoted(text)}; it must be off, a port such as 9100, or an "
                "address with one such as 0.0.0.0:9100."
            ) from error
        return cls(host, int(port))


class HomeCollector(Collector):
    """What is found out of the home whenever `/metrics` is asked for."""

    def collect(self) -> Iterator[Metric]:
        """Jobs, waiting, visitors and room on the disk."""
        queue = JobQueue(home())
        jobs = Counter("waiting" if job.pid is None else "running" for job in queue.jobs())
        by_state = GaugeMetricFamily("tfplay_jobs", "Trainings, by state.", labels=["state"])
        for state in ("waiting", "running"):
            by_state.add_metric([state], jobs[state])
        yield by_state
        yield _gauge(
            "tfplay_longest_wait_seconds",
            "For how long the training has waited that waits longest.",
            queue.longest_wait(),
        )
        if is_hosted():
            here = Visitors().count_seen(SECONDS_OF_A_VISIT)
            yield _gauge("tfplay_visitors", "Visitors seen within five minutes.", here)
        yield _gauge("tfplay_free_bytes", "What is left on the disk.", free_bytes())


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)


def tell_health(request: Request) -> Response:
    """200 if all is well, else 503 with what is not."""
    unwell = ailments()
    return JSONResponse({"unwell": unwell}, 503 if unwell else 200)


def tell_metrics(request: Request) -> Response:
    """All that is counted, in Prometheus' text form."""
    try:
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
    except (InputError, OSError) as error:
        return Response(str(error), 503)


def monitor_app() -> Starlette:
    """The two addresses as an application."""
    return Starlette(routes=[Route("/healthz", tell_health), Route("/metrics", tell_metrics)])


def serve_monitor(address: MonitorAddress) -> None:
    """Answers at an address for as long as this process lives, in a thread of its own."""
    REGISTRY.register(HomeCollector())
    ProcessCollector(registry=REGISTRY)
    config = uvicorn.Config(
        monitor_app(), address.host, address.port, log_level="warning", access_log=False
    )
    threading.Thread(target=uvicorn.Server(config).run, name="monitor", daemon=True).start()
