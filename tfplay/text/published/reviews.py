"""Film reviews, positive or negative."""

import re
import tarfile
import zipfile
from functools import partial
from pathlib import Path

from tfplay.text.examples import LabelledText
from tfplay.text.files import read_prose
from tfplay.text.formats.rows import tab_rows
from tfplay.text.published.base import GITHUB, CorpusPart, PublishedCorpus, Source

_POLARITY = (
    f"{GITHUB}/dennybritz/cnn-text-classification-tf/18762b459e21d9c70e5c242f8d43fc4e6db37a0d"
    "/data/rt-polaritydata"
)


def polarity(positive: Path, negative: Path) -> list[LabelledText]:
    """One file for each label, with a text a line."""
    return [
        LabelledText(line.strip(), label)
        for path, label in ((positive, "positive"), (negative, "negative"))
        for line in read_prose(path).removesuffix("\n").split("\n")
    ]


def sst2(path: Path, member: str) -> list[LabelledText]:
    """A table of a sentence and 0 or 1, below a header, in a ZIP archive."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(member).decode("utf-8")
    _, *rows = (cells for _, cells in tab_rows(member, text))
    return [
        LabelledText(sentence.strip(), ("negative", "positive")[int(label)])
        for sentence, label in rows
    ]


def imdb(path: Path, part: str) -> list[LabelledText]:
    """A file a review, in folders of their labels, in a TAR archive."""
    place = re.compile(rf"aclImdb/{part}/(pos|neg)/\d+_\d+\.txt")
    labels = {"pos": "positive", "neg": "negative"}
    reviews = []
    with tarfile.open(path) as archive:
        for member in archive:
            if found := place.fullmatch(member.name):
                text = archive.extractfile(member).read().decode("utf-8")
                words = text.replace("<br />", " ").split()
                reviews.append(LabelledText(" ".join(words), labels[found.group(1)]))
    return reviews


RT_POLARITY = PublishedCorpus(
    name="rt-polarity",
    title="Movie review sentences",
    task="classification",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    page="https://www.cs.cornell.edu/people/pabo/movie-review-data/",
    explanation="10,662 sentences of film critics, half of them positive and half negative "
    "(Pang and Lee, 2005, arXiv cs/0506075).",
    parts={
        "training": CorpusPart(
            (
                Source(
                    f"{_POLARITY}/rt-polarity.pos",
                    "4134882974a28d0c7b5151256f0e33a6169984ee7372c279e673f1114f475d58",
                    626_395,
                    "rt-polarity/rt-polarity.pos",
                ),
                Source(
                    f"{_POLARITY}/rt-polarity.neg",
                    "2d11cfbc790f1cd96d78339f41ce53ced1efa83cd22d37d6788fa3fe3d17e2fd",
                    612_506,
                    "rt-polarity/rt-polarity.neg",
                ),
            ),
            polarity,
        )
    },
)

_SST_2_ZIP = Source(
    "https://dl.fbaipublicfiles.com/glue/data/SST-2.zip",
    "d67e16fb55739c1b32cdce9877596db1c127dc322d93c082281f64057c16deaa",
    7_439_277,
    "sst-2/SST-2.zip",
)
SST_2 = PublishedCorpus(
    name="sst-2",
    title="Stanford Sentiment Treebank, two classes",
    task="classification",
    licence="none stated",
    licence_url="https://nlp.stanford.edu/sentiment/",
    page="https://nlp.stanford.edu/sentiment/",
    explanation="67,349 phrases of film reviews, positive or negative, and 872 sentences to "
    "validate on, as in GLUE (Socher et al., 2013).",
    parts={
        "training": CorpusPart((_SST_2_ZIP,), partial(sst2, member="SST-2/train.tsv")),
        "validation": CorpusPart((_SST_2_ZIP,), partial(sst2, member="SST-2/dev.tsv")),
    },
)

_IMDB_TAR = Source(
    "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
    "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
    84_125_825,
    "imdb/aclImdb_v1.tar.gz",
)
IMDB = PublishedCorpus(
    name="imdb",
    title="IMDB film reviews",
    task="classification",
    licence="none stated; its authors ask to be cited",
    licence_url="https://ai.stanford.edu/~amaas/data/sentiment/",
    page="https://ai.stanford.edu/~amaas/data/sentiment/",
    explanation="50,000 whole reviews by film lovers, positive or negative, half of them to test "
    "on (Maas et al., 2011).",
    parts={
        "training": CorpusPart((_IMDB_TAR,), partial(imdb, part="train")),
        "test": CorpusPart((_IMDB_TAR,), partial(imdb, part="test")),
    },
)
