"""Texts and sentence pairs to begin with, so that no page starts empty."""

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import tfplay

PARAGRAPH = """\
The transformer reads a whole sentence at once. Each word looks at every other word and decides \
how much attention to pay to it; unbelievable as it sounds, translating, chatting and summarising \
all grow from this one idea.
हर शब्द दूसरे शब्दों को देखता है।"""

_DATE_FORMATS = ("%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%a %d.%m.%Y", "%d of %B, %Y")


@cache
def sample_pairs(count: int = 4000) -> str:
    """Dates as people write them, and as computers do: a language that a small model can learn.

    Returns:
        A line for each pair, with a tab between: "21 November 2026" and "2026 - 11 - 21".
    """
    generator = random.Random(0)
    days = (date(1950, 1, 1) + timedelta(generator.randrange(36_525)) for _ in range(count))
    return "\n".join(
        f"{day.strftime(generator.choice(_DATE_FORMATS))}\t{day:%Y - %m - %d}" for day in days
    )


@cache
def sample_text() -> str:
    """The source code of TFPlay's layers and models: a language of much structure and few words."""
    house = Path(tfplay.__file__).parent
    files = [file for room in ("layers", "models") for file in sorted((house / room).glob("*.py"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
