"""How far a visitor has come in each lesson: a small file a visitor, which nobody else opens."""

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.store.files import write_json
from tfplay.text.files import read_json


@dataclass(frozen=True)
class Progress:
    """How far a visitor has come in a lesson.

    Attributes:
        step: Where they were last, from 1; 0 is nowhere yet.
        guesses: What they guessed, by the step's number.
        is_done: Whether they came to the end.
    """

    step: int = 0
    guesses: dict[str, str] = field(default_factory=dict)
    is_done: bool = False


def kept_progress(visitor: str) -> dict[str, Progress]:
    """How far a visitor has come, by the lesson's name; a damaged file is as good as none.

    Args:
        visitor: The visitor's secret; only a digest of it names the file.
    """
    path = _path(visitor)
    try:
        kept = read_json(path) if path.exists() else {}
        return {name: _read(each) for name, each in kept.items()}
    except (InputError, AttributeError, TypeError):
        return {}


def keep_progress(visitor: str, progress: dict[str, Progress]) -> None:
    """Keeps how far a visitor has come.

    Raises:
        InputError: It cannot be written, for example to a full disk.
    """
    write_json(_path(visitor), {name: asdict(each) for name, each in progress.items()})


def _read(kept: dict[str, Any]) -> Progress:
    progress = Progress(**kept)
    if not isinstance(progress.step, int) or not isinstance(progress.guesses, dict):
        raise TypeError
    return progress


def _path(visitor: str) -> Path:
    return home() / "lessons" / f"{hashlib.sha256(visitor.encode()).hexdigest()[:32]}.json"
