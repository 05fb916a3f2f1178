"""Start the app: all pages, in the browser, until Ctrl-C."""

import argparse
import signal
import sys
import webbrowser
from typing import Any

from tfplay.running import RunningApp

HELP = "start the app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument(
        "--port", type=int, default=8501, metavar="N", help="0 is any free one (default: 8501)"
    )
    parser.add_argument(
        "--host",
        default="localhost",
        metavar="ADDRESS",
        help="0.0.0.0 lets other machines in (default: localhost, this machine alone)",
    )
    parser.add_argument("--browser", action="store_true", help="open the browser, too")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Starts the app and waits for its end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: the app ends with us
    with RunningApp(options.port, options.host, log=sys.stderr) as app:
        print(f"TFPlay is at {app.address}; Ctrl-C ends it.", file=sys.stderr)
        if options.browser:
            webbrowser.open(app.address)
        app.wait()
    return {"address": app.address}
