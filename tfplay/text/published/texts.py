"""Plain texts, for language models and masked words."""

from pathlib import Path

from tfplay.text.files import read_prose
from tfplay.text.published.base import GITHUB, CorpusPart, PublishedCorpus, Source

_WIKITEXT = (
    f"{GITHUB}/pytorch/examples/77f55b912142e11fcfdf5b530231fb9c52f181e8"
    "/word_language_model/data/wikitext-2"
)


def prose(path: Path) -> list[str]:
    """All lines of a text, the blank ones too."""
    return read_prose(path).removesuffix("\n").split("\n")


def paragraphs(path: Path) -> list[str]:
    """The lines of WikiText that are neither blank nor a heading such as "= Robert Boulter ="."""
    lines = (line.strip() for line in prose(path))
    return [line for line in lines if line and not (line[0] == line[-1] == "=")]


TINY_SHAKESPEARE = PublishedCorpus(
    name="tiny-shakespeare",
    title="Tiny Shakespeare",
    task="language-model",
    licence="public domain",
    licence_url="https://github.com/karpathy/char-rnn",
    page="https://github.com/karpathy/char-rnn",
    explanation="A million characters of Shakespeare's plays, the usual first text of a small "
    "language model.",
    parts={
        "training": CorpusPart(
            (
                Source(
                    f"{GITHUB}/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e"
                    "/data/tinyshakespeare/input.txt",
                    "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
                    1_115_394,
                    "tinyshakespeare/input.txt",
                ),
            ),
            prose,
        )
    },
)

BOTCHAN = PublishedCorpus(
    name="botchan",
    title="Botchan, in English",
    task="language-model",
    licence="Project Gutenberg licence",
    licence_url="https://www.gutenberg.org/policy/license.html",
    page="https://github.com/google/sentencepiece",
    explanation="Natsume Soseki's novel of a young teacher, on which SentencePiece shows how "
    "subwords are learned.",
    parts={
        "training": CorpusPart(
            (
                Source(
                    f"{GITHUB}/google/sentencepiece/273449044caa593c2fd7eb7550cb3ab2cff93f1a"
                    "/data/botchan.txt",
                    "464bd5300c24fce16fcc4555d4231a57632caae4d0090ad6aa92854a3b227ba7",
                    278_779,
                    "botchan/botchan.txt",
                ),
            ),
            prose,
        )
    },
)

NAMES = PublishedCorpus(
    name="names",
    title="Given names",
    task="language-model",
    licence="MIT",
    licence_url="https://github.com/karpathy/makemore/blob/master/LICENSE",
    page="https://github.com/karpathy/makemore",
    explanation="32,033 given names, one a line, for the smallest of language models.",
    parts={
        "training": CorpusPart(
            (
                Source(
                    f"{GITHUB}/karpathy/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4"
                    "/names.txt",
                    "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
                    228_145,
                    "names/names.txt",
                ),
            ),
            prose,
        )
    },
)

WIKITEXT_2 = PublishedCorpus(
    name="wikitext-2",
    title="WikiText-2, validation and test",
    task="masked-words",
    licence="CC BY-SA 3.0",
    licence_url="https://creativecommons.org/licenses/by-sa/3.0/",
    page="https://www.salesforce.com/products/einstein/ai-research/"
    "the-wikitext-dependency-language-modeling-dataset/",
    explanation="Good articles of Wikipedia, words set apart by spaces, a paragraph a line; rare "
    "words are <unk> (Merity et al., 2016, arXiv 1609.07843).",
    parts={
        "validation": CorpusPart(
            (
                Source(
                    f"{_WIKITEXT}/valid.txt",
                    "f0737ed31fc1329026e95cb8b98e19c2a182c39c240ab909dc31abf2f8af58e8",
                    1_121_681,
                    "wikitext2-valid-test/valid.txt",
                ),
            ),
            paragraphs,
        ),
        "test": CorpusPart(
            (
                Source(
                    f"{_WIKITEXT}/test.txt",
                    "d790b833ef8cf03a90db7bf1271b7520b83c45ce07ba3c1a9699df81e239eca0",
                    1_256_449,
                    "wikitext2-valid-test/test.txt",
                ),
            ),
            paragraphs,
        ),
    },
)
