"""Logs for programs: a line of JSON an event, without what visitors wrote."""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

from tfplay.cutting import quoted
from tfplay.errors import InputError

_OURS = "tfplay"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, event, and of an error its kind and place.

    Words of an error, and of messages that libraries fill in, may be a visitor's: of errors only
    the class and where it was raised are told, and of libraries' messages only the pattern.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        is_ours = record.name.partition(".")[0] == _OURS
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if is_ours else str(record.msg),
        }
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            frames = traceback.extract_tb(error.__traceback__)
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        return json.dumps(line)


def set_up_logs(environment: Mapping[str, str]) -> None:
    """Has everything logged as `TFPLAY_LOG` says: `text`, as libraries do by themselves, or `json`.

    Raises:
        InputError: It is neither.
    """
    form = environment.get("TFPLAY_LOG", "").strip() or "text"
    if form not in ("text", "json"):
        raise InputError(f"TFPLAY_LOG is {quoted(form)}; it must be text or json.")
    if form == "text":
        return
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    names = [None, *logging.Logger.manager.loggerDict]  # Streamlit's have handlers of their own
    for handler in (each for name in names for each in logging.getLogger(name).handlers):
        handler.setFormatter(JsonLines())
