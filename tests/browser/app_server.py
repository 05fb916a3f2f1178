"""The app as a visitor meets it: a server of its own and a real browser."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 60  # seconds


@contextmanager
def running_app(home: Path, *options: str, scheme: str = "http", port: int = 0) -> Iterator[str]:
    """Serves the app with its runs in `home`; yields its address."""
    port = port or free_port()
    address = f"{scheme}://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    server = subprocess.Popen(
        [*command, "--server.port", str(port), *options],
        cwd=ROOT,
        env=os.environ | {"TFPLAY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(server, address)
        yield address
    finally:
        server.terminate()
        server.wait()


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def running_site(folder: Path) -> Iterator[str]:
    """Another site than the app's, which serves what is in a folder; yields its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    site = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(server: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start within {STARTS_WITHIN} seconds.")
