"""Published corpora by name: shown with licence and size first, then fetched.

Example:
    >>> corpus = PUBLISHED["wikigold"]
    >>> print(corpus.title, corpus.licence, corpus.num_bytes)
    WikiGold CC BY 4.0 318530

`fetch("wikigold", home() / "corpora")` gives the path of its file.
"""

from tfplay.text.published.base import CorpusPart, PublishedCorpus, Source
from tfplay.text.published.fetching import fetch, find
from tfplay.text.published.registry import PUBLISHED

__all__ = ["PUBLISHED", "CorpusPart", "PublishedCorpus", "Source", "fetch", "find"]
