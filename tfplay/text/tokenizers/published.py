"""The published vocabularies of GPT-2 and BERT, from their own files."""

import os
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.files import read_json, read_utf8
from tfplay.text.tokenizers.base import SpecialTokens
from tfplay.text.tokenizers.byte_pair import BytePairTokenizer
from tfplay.text.tokenizers.wordpiece import WordPieceTokenizer

GPT2 = SpecialTokens(
    pad="<|endoftext|>",
    unknown=None,
    start="<|endoftext|>",
    end="<|endoftext|>",
    mask=None,
    system=None,
    user=None,
    assistant=None,
)
BERT = SpecialTokens(start="[CLS]", end="[SEP]", system=None, user=None, assistant=None)


def gpt2_tokenizer(
    vocabulary_file: str | os.PathLike, merges_file: str | os.PathLike
) -> BytePairTokenizer:
    """GPT-2's tokenizer (Radford et al. 2019).

    It gives OpenAI's own ids for NFC-normalised text, which nearly all text is.

    Args:
        vocabulary_file: `encoder.json`: token to id. May be gzipped.
        merges_file: `vocab.bpe`: a version line, then a merge a line. May be gzipped.

    Raises:
        InputError: If a file is missing, damaged, or not what it should be.
    """
    ids = read_json(vocabulary_file)
    if not isinstance(ids, dict) or set(ids.values()) != set(range(len(ids))):
        raise InputError(f"{Path(vocabulary_file).name} must give each token its own id from 0 up.")
    merges = read_utf8(merges_file).strip().split("\n")[1:]
    return BytePairTokenizer(sorted(ids, key=ids.get), merges, GPT2, word_pattern="gpt2")


def bert_tokenizer(vocabulary_file: str | os.PathLike) -> WordPieceTokenizer:
    """The tokenizer of BERT's uncased models (Devlin et al. 2018, arXiv:1810.04805).

    Args:
        vocabulary_file: `vocab.txt`: a token a line. May be gzipped.

    Raises:
        InputError: If the file is missing, damaged, or not a BERT vocabulary.
    """
    vocabulary = read_utf8(vocabulary_file).rstrip("\n").split("\n")
    return WordPieceTokenizer(vocabulary, BERT, word_pattern="bert", uncased=True)
