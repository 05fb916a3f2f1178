"""The progress of a training, on standard error."""

import shutil
import sys
import time
from typing import Any

from tfplay.store import Status

SECONDS_BETWEEN_LINES = 5.0


class ProgressLine:
    """Shows progress: one changing line on a terminal, elsewhere a line every few seconds.

    A line with a validation result stays on both.
    """

    def __init__(self) -> None:
        self.message = None
        self.reading = None
        self.last_line = time.monotonic()

    def show(self, status: Status) -> None:
        """Shows the status of a run that is being trained: a new message, or else the progress."""
        text, stays = "", False
        if status.reading != self.reading:
            told = (status.reading or "").removeprefix(self.reading or "").strip()
            self.reading = status.reading
            print(told, file=sys.stderr, flush=True)
        if status.state == "running" and status.message != self.message:
            text = self.message = status.message
        elif status.state == "running":
            text, stays = describe(status.progress), status.progress["validation_loss"] is not None

        if sys.stderr.isatty():
            width = shutil.get_terminal_size().columns - 1
            end = "\n" if stays else ""
            print(f"\r\x1b[K{text:.{width}}", end=end, file=sys.stderr, flush=True)
        elif stays or (text and time.monotonic() - self.last_line > SECONDS_BETWEEN_LINES):
            print(text, file=sys.stderr, flush=True)
            self.last_line = time.monotonic()


def describe(progress: dict[str, Any]) -> str:
    """The fields of a `tfplay.training.Progress` in one line.

    Example:
        >>> describe(run.status().progress)
        'step ... of ... · loss ... · validation ... · ... tokens/s · ... left'
    """
    parts = [f"step {progress['step']:,} of {progress['steps']:,}", f"loss {progress['loss']:.3f}"]
    if progress["validation_loss"] is not None:
        parts.append(f"validation {progress['validation_loss']:.3f}")
    if progress["tokens_per_second"]:  # 0 until it is known
        minutes, seconds = divmod(round(progress["remaining_seconds"]), 60)
        parts.append(f"{progress['tokens_per_second']:,.0f} tokens/s")
        parts.append(f"{minutes}:{seconds:02} left")
    return " · ".join(parts)
