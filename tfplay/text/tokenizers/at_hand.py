"""GPT-2's and BERT's vocabularies, if their files are on this machine; nothing is fetched."""

import os
from collections.abc import Iterator
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.tokenizers.base import Tokenizer
from tfplay.text.tokenizers.published import bert_tokenizer, gpt2_tokenizer

_GPT2_FILES = (
    ("encoder.json.gz", "vocab.bpe"),  # as OpenAI published it
    ("encoder.json", "vocab.bpe"),
    ("vocab.json", "merges.txt"),  # in the cache of huggingface_hub
    ("vocabulary.json", "merges.txt"),  # in the cache of keras-nlp's presets
)
_BERT_FILES = ("vocab.txt", "vocabulary.txt")
_GPT2_SIZE, _BERT_SIZE = 50_257, 30_522


def published_at_hand() -> dict[str, Tokenizer]:
    """GPT-2's and BERT's tokenizers, if their vocabularies are found.

    They are looked for in the folder that the environment's `TFPLAY_DATA` names, and in the caches
    of `huggingface_hub` and of keras-nlp's presets.
    """
    found: dict[str, Tokenizer] = {}
    for folder in _folders():
        if "GPT-2" not in found and (gpt2 := _gpt2_in(folder)):
            found["GPT-2"] = gpt2
        if "BERT" not in found and (bert := _bert_in(folder)):
            found["BERT"] = bert
    return found


def _folders() -> Iterator[Path]:
    """Where vocabularies may lie, in a fixed order."""
    if data := os.environ.get("TFPLAY_DATA"):
        yield from sorted(path for path in Path(data).glob("*") if path.is_dir())
    hub = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser() / "hub"
    kaggle = Path(os.environ.get("KAGGLEHUB_CACHE", "~/.cache/kagglehub")).expanduser()
    yield from sorted(hub.glob("models--*/snapshots/*"))
    yield from sorted(kaggle.glob("models/keras/*/keras/*/*/assets/tokenizer"))


def _gpt2_in(folder: Path) -> Tokenizer | None:
    for names in _GPT2_FILES:
        files = [folder / name for name in names]
        if all(map(Path.is_file, files)):
            return _of_size(_GPT2_SIZE, gpt2_tokenizer, *files)
    return None


def _bert_in(folder: Path) -> Tokenizer | None:
    for name in _BERT_FILES:
        if (folder / name).is_file():
            return _of_size(_BERT_SIZE, bert_tokenizer, folder / name)
    return None


def _of_size(size: int, load, *files: Path) -> Tokenizer | None:
    """The tokenizer, if it is what it seems: other models' files have the same names."""
    try:
        tokenizer = load(*files)
    except InputError:
        return None
    return tokenizer if tokenizer.vocabulary_size == size else None
