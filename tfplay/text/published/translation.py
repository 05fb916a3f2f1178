"""Sentences and their translations."""

from pathlib import Path

from tfplay.text.examples import Pair
from tfplay.text.files import read_prose
from tfplay.text.formats import read_pairs
from tfplay.text.published.base import GITHUB, CorpusPart, PublishedCorpus, Source

_MULTI30K = f"{GITHUB}/multi30k/dataset/a3d2e0d26b56f3846f66a952536ffed4e401d05a/data/task1/raw"

ENGLISH_HINDI = PublishedCorpus(
    name="tatoeba-english-hindi",
    title="Tatoeba, English to Hindi",
    task="translation",
    licence="CC BY 2.0 FR",
    licence_url="https://creativecommons.org/licenses/by/2.0/fr/",
    page="https://www.manythings.org/anki/",
    explanation="3,117 everyday sentences and their translations by volunteers, in 2026.",
    parts={
        "training": CorpusPart(
            (
                Source(
                    f"{GITHUB}/devpatel0005/Hindi-English-Language-Translation"
                    "/e1e9682ff81f20d744904e316e7049fb4f4b8320/hin.txt",
                    "d67859600040fd07f9c61351d3e508e9e5bea928fc0a3bede75e1aaefda4f3c4",
                    610_350,
                    "en-hi-tatoeba/hin.txt",
                ),
            ),
            read_pairs,
        )
    },
    languages=("English", "Hindi"),
)


def aligned_pairs(source: Path, target: Path) -> list[Pair]:
    """Two files with a sentence a line, the same number of lines each."""
    lines = zip(_lines(source), _lines(target), strict=True)
    return [Pair(" ".join(left.split()), " ".join(right.split())) for left, right in lines]


def _lines(path: Path) -> list[str]:
    return read_prose(path).removesuffix("\n").split("\n")


def _multi30k(file: str, sha256: str, num_bytes: int) -> Source:
    return Source(f"{_MULTI30K}/{file}", sha256, num_bytes, f"multi30k/{file}")


_MULTI30K_ENGLISH = {
    "training": _multi30k(
        "train.en.gz", "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f", 568_929
    ),
    "validation": _multi30k(
        "val.en.gz", "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28", 21_650
    ),
    "test": _multi30k(
        "test_2016_flickr.en.gz",
        "611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9",
        21_077,
    ),
}
_MULTI30K_GERMAN = {
    "training": _multi30k(
        "train.de.gz", "726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6", 637_044
    ),
    "validation": _multi30k(
        "val.de.gz", "f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a", 24_681
    ),
    "test": _multi30k(
        "test_2016_flickr.de.gz",
        "9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8",
        22_890,
    ),
}
_MULTI30K_FRENCH = {
    "training": _multi30k(
        "train.fr.gz", "622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c", 604_242
    ),
    "validation": _multi30k(
        "val.fr.gz", "ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9", 23_001
    ),
    "test": _multi30k(
        "test_2016_flickr.fr.gz",
        "6d326e188d259fb1d04ac19eae3af956559b3a0b93d7635e56c90987c40c8b90",
        22_310,
    ),
}


def _multi30k_pair(language: str, targets: dict[str, Source]) -> PublishedCorpus:
    return PublishedCorpus(
        name=f"multi30k-english-{language.lower()}",
        title=f"Multi30k, English to {language}",
        task="translation",
        licence="none stated for the text; its pictures are for non-commercial research",
        licence_url="https://github.com/multi30k/dataset",
        page="https://github.com/multi30k/dataset",
        explanation="Captions of 31,014 pictures, translated by professionals, with the test of "
        "2016, on which many papers report BLEU (Elliott et al., 2016, arXiv 1605.00459).",
        parts={
            part: CorpusPart((source, targets[part]), aligned_pairs)
            for part, source in _MULTI30K_ENGLISH.items()
        },
        languages=("English", language),
    )


ENGLISH_GERMAN = _multi30k_pair("German", _MULTI30K_GERMAN)
ENGLISH_FRENCH = _multi30k_pair("French", _MULTI30K_FRENCH)
