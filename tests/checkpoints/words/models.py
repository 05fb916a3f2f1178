"""Vocabulary files as they are published, learned from a few lines."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import sentencepiece

from tests.checkpoints.words.lines import lines
from tests.text.vocabularies import byte_level, word_pieces
from tfplay.checkpoints.sources.base import Source


@cache
def sentence_piece(kind: str, byte_fallback: bool = False, rule: str = "nmt_nfkc", **more) -> bytes:
    """A `.model` file of SentencePiece, Unigram or BPE."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines()),
        model_writer=model,
        model_type=kind,
        vocab_size=900,
        hard_vocab_limit=False,
        byte_fallback=byte_fallback,
        character_coverage=0.98,
        normalization_rule_name=rule,
        remove_extra_whitespaces=rule != "identity",
        minloglevel=2,
        **more,
    )
    return model.getvalue()


def source(folder: Path, kind: str = "hugging-face", config: dict | None = None, **files: Any):
    """A model's folder with these files: bytes, text, or what becomes JSON; "_" stands for "."."""
    placed = {}
    for name, content in files.items():
        path = folder / "".join(name.rsplit("_", 1)[:1] + ["."] + name.rsplit("_", 1)[1:])
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(
                content if isinstance(content, str) else json.dumps(content), encoding="utf-8"
            )
        placed[path.name] = path
    return Source(folder, kind, config or {}, {}, placed)


def gguf_of_sentence_piece(kind: str, **settings) -> dict[str, Any]:
    """The entries of a GGUF file with the vocabulary of a `.model` file."""
    read = sentencepiece.SentencePieceProcessor(model_proto=sentence_piece(kind, **settings))
    ids = range(read.vocab_size())
    return {
        "tokenizer.ggml.model": {"bpe": "llama", "unigram": "t5"}[kind],
        "tokenizer.ggml.tokens": tuple(read.id_to_piece(each) for each in ids),
        "tokenizer.ggml.scores": [read.get_score(each) for each in ids],
        "tokenizer.ggml.token_type": [
            2
            if read.is_unknown(each)
            else 3
            if read.is_control(each)
            else 6
            if read.is_byte(each)
            else 1
            for each in ids
        ],
        "tokenizer.ggml.remove_extra_whitespaces": False,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.ggml.unknown_token_id": 0,
    }


def gguf_of_byte_pairs(pre: str = "gpt-2") -> dict[str, Any]:
    """The entries of a GGUF file with a vocabulary of byte pairs."""
    model = byte_level()["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    return {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": pre,
        "tokenizer.ggml.tokens": tuple(tokens),
        "tokenizer.ggml.token_type": [3 if token.startswith("<|") else 1 for token in tokens],
        "tokenizer.ggml.merges": tuple(" ".join(merge) for merge in model["merges"]),
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
    }


def gguf_of_word_pieces() -> dict[str, Any]:
    """The entries of a GGUF file with a vocabulary of BERT's, whose words begin with "▁"."""
    ids = word_pieces()["model"]["vocab"]
    tokens = sorted(ids, key=ids.get)
    return {
        "tokenizer.ggml.model": "bert",
        "tokenizer.ggml.tokens": tuple(
            token
            if token.startswith("[") and len(token) > 1
            else token.removeprefix("##")
            if token.startswith("##")
            else f"▁{token}"
            for token in tokens
        ),
        "tokenizer.ggml.token_type": [
            3 if token.startswith("[") and len(token) > 1 else 1 for token in tokens
        ],
        "tokenizer.ggml.unknown_token_id": ids["[UNK]"],
        "tokenizer.ggml.bos_token_id": ids["[CLS]"],
        "tokenizer.ggml.seperator_token_id": ids["[SEP]"],
        "tokenizer.ggml.padding_token_id": ids["[PAD]"],
        "tokenizer.ggml.mask_token_id": ids["[MASK]"],
    }
