"""What the app needs of memory where it is hosted: it is run below a limit that a cgroup sets.

    python -m tests.benchmarks.hosting           # on Linux, as root

Prints one JSON object with two cases: `alone`, the app with one visitor on Start and on Attention,
below 1.2 GB; and `busy`, with five visitors on pages that ask shipped models, a reply of the chat
model and one training, below 2.7 GB. Of each case: `peak_mb`, the most memory that its processes
held at once: what each has for itself, and libraries, which they share, once; `killed`, how often
the system ended a process for want of memory; and what failed. The app runs with the image's
settings.
"""

import argparse
import json
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

import psutil

from tests.benchmarks.load import begin_training
from tests.browser.app_server import running_app
from tests.image import settings_of_image
from tests.jobs.processes import end_jobs
from tests.websocket_visitor import Visitor

MEGABYTE = 1_000_000
ALONE_MB, BUSY_MB = 1_200, 2_700
BUSY_PAGES = ("attention", "understand", "translate", "write", "chat")
SECONDS_OF_WORK = 40


class Limit:
    """A cgroup of version 1 or 2 whose processes together hold no more than so much memory."""

    def __init__(self, megabytes: int):
        root = Path("/sys/fs/cgroup")
        self._is_first_version = (root / "memory").is_dir()
        self.folder = (root / "memory" if self._is_first_version else root) / "tfplay-measured"
        self.folder.mkdir(exist_ok=True)
        name = "memory.limit_in_bytes" if self._is_first_version else "memory.max"
        (self.folder / name).write_text(str(megabytes * MEGABYTE))
        self.peak = 0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            own, shared = 0, [0]
            for pid in (self.folder / "cgroup.procs").read_text().split():
                with suppress(psutil.Error):  # it has just ended
                    memory = psutil.Process(int(pid)).memory_info()
                    own += memory.rss - memory.shared
                    shared.append(memory.shared)
            self.peak = max(self.peak, own + max(shared))

    def killed(self) -> int:
        """How many processes were ended for want of memory."""
        name = "memory.oom_control" if self._is_first_version else "memory.events"
        return int(re.search(r"oom_kill (\d+)", (self.folder / name).read_text())[1])

    def end(self) -> None:
        """Lets go of it, once its processes have ended."""
        self._ended.set()
        self.folder.rmdir()


@contextmanager
def limited_app(home: Path, limit: Limit) -> Iterator[str]:
    """Serves the app from within the cgroup, which this process enters only to start it."""
    outside = limit.folder.parent / "cgroup.procs"
    (limit.folder / "cgroup.procs").write_text(str(os.getpid()))
    with running_app(home) as address:
        outside.write_text(str(os.getpid()))
        yield address


def visit_alone(address: str, home: Path) -> list[str]:
    """One visitor looks at Start, and then at a page that loads TensorFlow and a shipped model."""
    with Visitor(address) as visitor:
        return visitor.open("").errors + visitor.open("attention").errors


def visit_busily(address: str, home: Path) -> list[str]:
    """Five visitors look at what models do, while one model is trained and one chats."""
    with Visitor(address) as first:
        errors = first.open("").errors
    begin_training(home)
    visitors = [Visitor(address) for _ in BUSY_PAGES]
    for visitor, page in zip(visitors, BUSY_PAGES, strict=True):
        visitor.__enter__()
        errors += visitor.open(page).errors
    message = {"role": "user", "content": "What is attention?"}
    body = json.dumps({"model": "chat", "messages": [message]}).encode()
    asked = Request(f"{address}/v1/chat/completions", body, {"Content-Type": "application/json"})
    with urlopen(asked, timeout=120) as answer:
        json.load(answer)
    end = time.monotonic() + SECONDS_OF_WORK
    while time.monotonic() < end:
        for visitor, page in zip(visitors, BUSY_PAGES, strict=True):
            errors += visitor.open(page).errors
    for visitor in visitors:
        visitor.__exit__()
    return errors


def measure(megabytes: int, visit) -> dict[str, object]:
    """Runs the app below a limit while it is visited."""
    limit = Limit(megabytes)
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        os.environ["TFPLAY_HOME"] = str(home)
        try:
            with limited_app(home, limit) as address:
                errors = visit(address, home)
        finally:
            end_jobs(home)
    figures = {
        "limit_mb": megabytes,
        "peak_mb": round(limit.peak / MEGABYTE),
        "killed": limit.killed(),
        "errors": errors[:3],
    }
    limit.end()
    return figures


def main() -> None:
    """Prints the figures as JSON."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    os.environ.update(settings_of_image() | {"TFPLAY_MONITOR": "off"})
    found = {"alone": measure(ALONE_MB, visit_alone), "busy": measure(BUSY_MB, visit_busily)}
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
