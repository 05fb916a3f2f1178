"""English as people type it: contracted, without capitals, without a mark at the end."""

import random
import re

from tfplay.text.examples import Pair

_CONTRACTIONS = tuple(
    (re.compile(rf"\b{long}\b"), short)
    for long, short in (
        ("cannot", "can't"),
        ("Let us", "Let's"),
        (r"([Dd])o not", r"\1on't"),
        (r"(do|Do|did|Did|is|Is|are|Are|was|Was|were|Were|has|have|had)(es)? not", r"\1\2n't"),
        (r"(should|could|would) not", r"\1n't"),
        ("will not", "won't"),
        ("I am", "I'm"),
        (r"(I|[Yy]ou|[Hh]e|[Ss]he|[Ww]e|[Tt]hey) will", r"\1'll"),
        (r"(I|[Yy]ou|[Ww]e|[Tt]hey) have (?=never|just|already|lost|been|seen)", r"\1've "),
        (r"([Yy]ou|[Ww]e|[Tt]hey) are", r"\1're"),
        (r"([Hh]e|[Ss]he|[Ii]t|[Tt]hat|[Ww]hat|[Ww]here|[Ww]ho|[Tt]here) is", r"\1's"),
        (r"I would like", "I'd like"),
    )
)
_LATIN = re.compile("[A-Za-z]")


def contracted(english: str) -> str:
    """The sentence with every contraction that is usual.

    Example:
        >>> contracted("I do not know where he is.")
        "I don't know where he's."
    """
    for long, short in _CONTRACTIONS:
        english = long.sub(short, english)
    return english


def as_typed(pair: Pair, draw: random.Random) -> Pair:
    """The pair with its English contracted or, more rarely, in small letters without a mark.

    What has a word in Latin letters in Hindi too keeps its capitals, or the word would differ.
    """
    source = contracted(pair.source) if draw.random() < 0.4 else pair.source
    if draw.random() < 0.08 and not _LATIN.search(pair.target):
        source = source.lower().rstrip(".?!")
    return Pair(source, pair.target)
