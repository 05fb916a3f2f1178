"""The app as a process of its own: `tfplay app` on the command line, `tfplay.open` in Python."""

import atexit
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import IO, Self
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import tfplay
from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.store.models import find_model

_SCRIPT = "streamlit_app.py"
_STARTS_WITHIN = 60.0
_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_TO_END = 10.0

_running: list["RunningApp"] = []
"""The app that `open` started, if it did."""


class RunningApp:
    """An app that this process started; it ends with this process.

    Attributes:
        address: Where a browser finds it.

    Raises:
        InputError: The app is not installed here, the port is in use, or it did not start.

    Example::

        with RunningApp() as app:
            print(app.address)
    """

    def __init__(self, port: int = 0, host: str = "localhost", log: IO[str] | int | None = None):
        """Starts the app and waits until it answers.

        Args:
            port: Where it listens; 0 is any that is free.
            host: To whom: `"localhost"` is this machine alone, `"0.0.0.0"` whoever can reach it.
            log: Where to it writes; `None` is where this process does.
        """
        port = _free_port(port, host)
        self.address = f"http://{'localhost' if host == '0.0.0.0' else host}:{port}"
        self._process = subprocess.Popen(_command(port, host), stdout=log, stderr=log)
        atexit.register(self.close)
        try:
            self._wait_until_healthy()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def page(self, model: str) -> str:
        """The address of a model's own page.

        Args:
            model: The model's id.
        """
        return f"{self.address}/models?run={quote(model)}"

    def wait(self) -> None:
        """Waits until it has ended."""
        self._process.wait()

    def close(self) -> None:
        """Ends it; what it trains goes on."""
        atexit.unregister(self.close)
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + _STARTS_WITHIN
        while self.is_running and time.monotonic() < deadline:
            try:
                with urlopen(f"{self.address}/_stcore/health", timeout=1):
                    return
            except (URLError, TimeoutError):
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        raise InputError(f"The app did not start at {self.address}; what it wrote says why.")


def open(name: str, browser: bool = True) -> RunningApp:  # noqa: A001
    """Shows a model in the app, which is started unless this process has done so before.

    Args:
        name: A model's name, a run's id or a model's folder in `TFPLAY_HOME`.
        browser: Have the browser open the model's page; its address is printed in any case.

    Returns:
        The app; it ends with `close()`, or with this process.

    Raises:
        InputError: There is no such model, or the app cannot be started.

    Example::

        app = tfplay.open("translator")
        app.close()
    """
    model = open_model(name)
    if find_model(model.id) is None:
        raise InputError(
            f"The app knows no model {model.id!r}: it shows what is in TFPLAY_HOME and what comes "
            "with TFPlay."
        )
    if not _running or not _running[0].is_running:
        _running[:] = [RunningApp(log=subprocess.DEVNULL)]
    address = _running[0].page(model.id)
    print(f"{model.title}: {address}")
    if browser:
        webbrowser.open(address)
    return _running[0]


def entry_script() -> Path:
    """The app's script: beside the package, as in the repository, or where it was installed.

    Raises:
        InputError: It is at neither place.
    """
    beside = Path(tfplay.__file__).parents[1] / _SCRIPT
    if beside.is_file():
        return beside
    try:
        installed = files("tfplay") or ()
    except PackageNotFoundError:
        installed = ()
    for file in installed:
        if file.name == _SCRIPT and (path := Path(str(file.locate()))).is_file():
            return path.resolve()
    raise InputError(
        f"The app's pages are not installed beside the package in {Path(tfplay.__file__).parent}; "
        "`pip install tfplay` into an environment brings both."
    )


def _command(port: int, host: str) -> Sequence[str]:
    address = [] if host == "0.0.0.0" else ["--server.address", host]
    script = str(entry_script())
    return [
        *(sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)),
        *address,
    ]


def _free_port(port: int, host: str) -> int:
    """The port, or a free one for 0.

    Raises:
        InputError: It is in use, or this machine has no such address.
    """
    with socket.socket() as probe:
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"The app cannot listen at {host}, port {port}: {error}; another --port would do."
            ) from error
        return probe.getsockname()[1]
