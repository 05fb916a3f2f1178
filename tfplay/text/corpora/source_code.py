"""The source code of TFPlay's layers and models: a language of much structure and few words."""

from pathlib import Path

import tfplay
from tfplay.text.corpora.base import Corpus


def _generate(part: str, count: int, seed: int) -> list[str]:
    """The first lines, which only make sense in their own order."""
    house = Path(tfplay.__file__).parent
    files = [file for room in ("layers", "models") for file in sorted((house / room).glob("*.py"))]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    return lines[:count]


SOURCE_CODE = Corpus(
    name="source-code",
    title="TFPlay's own source code",
    task="language-model",
    explanation="The source code of TFPlay's own layers and models. A model will learn to write "
    "something that looks like Python.",
    generate=_generate,
    parts=("training",),
)
