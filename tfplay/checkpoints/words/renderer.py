"""Asks the process that renders chat templates, and ends it when it takes too much."""

import atexit
import json
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import psutil

from tfplay.cutting import cut_text
from tfplay.errors import InputError

MOST_SECONDS = 1.5
MOST_BYTES = 150_000_000
"""Of memory of the process; some 25 million are Python's and Jinja's."""
_SECONDS_BETWEEN_LOOKS = 0.01
_SCRIPT = Path(__file__).with_name("rendering.py")


class Renderer:
    """A process that renders templates one after the other, started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        atexit.register(self.close)

    def render(self, template: str, variables: Mapping[str, Any]) -> str:
        """The text that a template makes of its variables.

        Args:
            template: In Jinja, of anybody.
            variables: What can be written as JSON.

        Raises:
            InputError: The template is damaged, does what it must not, refuses the conversation,
                or takes too long or too much memory.
        """
        with self._lock:
            answer = self._ask(json.dumps({"template": template, "variables": variables}))
        if "text" in answer:
            return answer["text"]
        if "refusal" in answer:
            reason = _one_line(answer["refusal"])
            raise InputError(f"The model's chat template refuses the conversation: {reason}")
        raise InputError(f"The model's chat template cannot be used: {_one_line(answer['error'])}.")

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, question: str) -> dict[str, str]:
        process = self._running()
        answered, reasons = threading.Event(), list[str]()
        watcher = threading.Thread(
            target=_watch, args=(process, answered, reasons), name="chat template", daemon=True
        )
        watcher.start()
        try:
            asked, told = _pipes(process)
            asked.write(question + "\n")
            asked.flush()
            answer = told.readline()
        except OSError:  # it ended before it had read the question
            answer = ""
        except BaseException:  # an answer that nobody waits for must not be the next one's
            self.close()
            raise
        finally:
            answered.set()
            watcher.join()
        if reasons or not answer.endswith("\n"):
            self.close()
            return {"error": reasons[0] if reasons else "it ended the process that renders it"}
        return json.loads(answer)

    def _running(self) -> subprocess.Popen[str]:
        """The process, ready to be asked."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", _SCRIPT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            _pipes(self._process)[1].readline()
        return self._process


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    """Where the process is asked, and where it answers."""
    assert process.stdin and process.stdout  # it was started with both
    return process.stdin, process.stdout


def _watch(process: subprocess.Popen[str], answered: threading.Event, reasons: list[str]) -> None:
    """Ends the process if it takes too much before it has answered, and says why."""
    latest = time.monotonic() + MOST_SECONDS
    while not answered.wait(_SECONDS_BETWEEN_LOOKS):
        if time.monotonic() > latest:
            reasons.append(f"it takes more than {MOST_SECONDS:g} seconds")
        elif _memory(process.pid) > MOST_BYTES:
            reasons.append(f"it takes more than {MOST_BYTES // 1_000_000} MB of memory")
        if reasons:
            process.kill()
            return


def _memory(pid: int) -> int:
    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:  # it has just ended
        return 0


def _one_line(text: str) -> str:
    return cut_text(" ".join(text.split()).rstrip("."), 200)


RENDERER = Renderer()
