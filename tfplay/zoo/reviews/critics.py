"""Sentences as critics write them, put together from words that praise and words that blame."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tfplay.text import LabelledText
from tfplay.text.corpora.draws import SLOT, as_sentences

_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = _LISTS["words"]
_OTHER = "other_"
_SIDES = {"positive": ("praise", "blame"), "negative": ("blame", "praise")}


def critics_sentence(label: str, generator: random.Random) -> LabelledText:
    """A sentence that praises or blames, drawn by the generator.

    Args:
        label: "positive" or "negative".
        generator: Draws its pattern and its words.
    """
    own, other = _SIDES[label]

    def word(slot: str) -> str:
        if slot in _WORDS["neutral"]:
            return generator.choice(_WORDS["neutral"][slot])
        side = other if slot.startswith(_OTHER) else own
        return generator.choice(_WORDS[side][slot.removeprefix(_OTHER)])

    pattern = generator.choice(_LISTS[label]["patterns"])
    return LabelledText(as_sentences(SLOT.sub(lambda match: word(match[1]), pattern)), label)
