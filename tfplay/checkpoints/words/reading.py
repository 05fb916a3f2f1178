"""The vocabulary beside a published model's weights, whatever its files are."""

import base64
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tfplay.checkpoints.sources.base import Source
from tfplay.checkpoints.words.files import (
    MOST_BYTES,
    bert_json,
    byte_level_json,
    read_merges_txt,
    read_vocab_json,
    read_vocab_txt,
)
from tfplay.checkpoints.words.gguf_words import gguf_charsmap, gguf_words
from tfplay.checkpoints.words.roles import named_tokens, special_tokens, tokens_by_id
from tfplay.checkpoints.words.sentence_piece import (
    CONTROL,
    UNKNOWN,
    USER_DEFINED,
    SentencePieceModel,
    as_tokenizer_json,
    read_sentence_piece,
)
from tfplay.checkpoints.words.splits import split_of
from tfplay.checkpoints.words.templates import template_of_tokens
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer
from tfplay.text.files import read_utf8
from tfplay.untrusted import read_record, require_small

_BERT = {"unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "pad": "[PAD]", "mask": "[MASK]"}
_GPT2 = {"bos": "<|endoftext|>", "eos": "<|endoftext|>"}
_MARIAN = {"eos": "</s>", "unk": "<unk>", "pad": "<pad>"}
_USUAL = {
    "bos": ("<s>", "<bos>", "[BOS]"),
    "eos": ("</s>", "<eos>", "[EOS]", "<|endoftext|>"),
    "unk": ("<unk>", "[UNK]"),
    "pad": ("<pad>", "[PAD]"),
    "mask": ("<mask>", "[MASK]"),
    "cls": ("[CLS]",),
    "sep": ("[SEP]",),
}
"""How special tokens are usually spelled, for files that do not say."""

_OWN_NUMBERS = (
    *("albert", "barthez", "big_bird", "camembert", "deberta-v2", "m2m_100", "mbart", "nllb-moe"),
    *("pegasus", "rembert", "xglm", "xlm-roberta", "xlm-roberta-xl", "xlnet"),
)
"""Families whose models do not take text and ids as SentencePiece's file has them."""


class _Words(NamedTuple):
    """A vocabulary as it was found."""

    data: dict[str, Any]
    """The content of a `tokenizer.json`."""
    named: Mapping[str, str]
    """The token of each role, as far as the vocabulary itself tells."""
    charsmap: bytes = b""


def read_words(source: Source) -> LibraryTokenizer:
    """The vocabulary beside a published model's weights.

    It is taken from the first of these that is there: the metadata of a GGUF file,
    `tokenizer.json`, SentencePiece's files (Marian's two among them), GPT-2's `vocab.json` and
    `merges.txt`, BERT's `vocab.txt`; in a Keras preset they have names of their own. Which tokens
    are special, and the chat template, come from the small files beside them.

    Raises:
        InputError: There is no vocabulary, it is damaged, or its files contradict each other.
    """
    return _tokenizer(source, _found(source))


def _found(source: Source) -> _Words:
    """The vocabulary of the first files that are there."""
    if source.kind == "gguf":
        data, named = gguf_words(source.config)
        return _Words(data, named, gguf_charsmap(source.config))
    files = _by_name(source)
    record = _record(files, "tokenizer.json", MOST_BYTES)
    if "model" in record:
        return _Words(record, {})
    if "source.spm" in files and "vocab.json" in files:
        return _marian(files)
    for name in ("tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "vocabulary.spm"):
        if name in files:
            return _sentence_piece(source, files, read_sentence_piece(files[name]))
    for name in ("vocab.json", "vocabulary.json"):
        if name in files and "merges.txt" in files:
            return _byte_pairs(source, files, read_vocab_json(files[name]))
    for name in ("vocab.txt", "vocabulary.txt"):
        if name in files:
            return _bert(files, files[name], record)
    raise InputError(
        f"{source.path} has no vocabulary that can be read, such as a tokenizer.json; its files "
        f"are {quoted(sorted(files))}."
    )


def _tokenizer(source: Source, words: _Words) -> LibraryTokenizer:
    files = _by_name(source)
    about = _record(files, "tokenizer_config.json")
    ids = _ids(words.data)
    named = {
        name: token for name, tokens in _USUAL.items() for token in tokens[::-1] if token in ids
    }
    spelling = {token_id: token for token, token_id in ids.items()}
    starts = tokens_by_id({"bos_token_id": source.config.get("decoder_start_token_id")}, spelling)
    named = starts | named | tokens_by_id(source.config, spelling)
    named |= tokens_by_id(_record(files, "generation_config.json"), spelling)
    named |= {name: token for name, token in words.named.items() if token in ids}
    if source.kind == "gguf":
        named = dict(words.named)
    named |= named_tokens(_record(files, "special_tokens_map.json")) | named_tokens(about)
    special = special_tokens(named, ids)
    template = _chat_template(source, files, about)
    if template is None:
        template = template_of_tokens(special)
    charsmap = base64.b64encode(words.charsmap).decode() if words.charsmap else None
    return LibraryTokenizer(words.data, special, template, _size(source), charsmap)


def _by_name(source: Source) -> dict[str, Path]:
    """The files by their last name; one in the model's own folder before one of the same name."""
    names = sorted(source.files, key=lambda name: -name.count("/"))
    return {PurePosixPath(name).name: source.files[name] for name in names}


def _record(files: Mapping[str, Path], name: str, most_bytes: int = 2_000_000) -> dict[str, Any]:
    return read_record(files[name], most_bytes) if name in files else {}


def _ids(data: Mapping[str, Any]) -> dict[str, int]:
    """The id of each token, as far as the file is what it should be."""
    model, added = data["model"], data.get("added_tokens")
    vocab = model.get("vocab") if isinstance(model, Mapping) else None
    ids: dict[str, int] = {}
    if isinstance(vocab, Mapping):
        ids |= vocab
    elif isinstance(vocab, list):
        ids |= {
            str(entry[0]): n
            for n, entry in enumerate(vocab)
            if isinstance(entry, list | tuple) and entry
        }
    for token in added if isinstance(added, list) else ():
        if isinstance(token, Mapping) and {"content", "id"} <= token.keys():
            ids[str(token["content"])] = token["id"]
    return {token: each for token, each in ids.items() if type(each) is int}


def _size(source: Source) -> int | None:
    """The rows that the model has for tokens, if a file tells."""
    for record in (source.config, source.config.get("config"), source.config.get("text_config")):
        for name in ("vocab_size", "vocabulary_size"):
            if isinstance(record, Mapping) and type(record.get(name)) is int:
                return record[name]
    return None


def _marian(files: Mapping[str, Path]) -> _Words:
    """Marian's vocabulary: one file has the pieces of its source, another the ids of both."""
    model, ids = read_sentence_piece(files["source.spm"]), read_vocab_json(files["vocab.json"])
    data = as_tokenizer_json(model, special=_MARIAN.values(), own_ids=ids)
    data["added_tokens"] += [
        {"id": ids[token], "content": token, "special": False}
        for token in ids
        if token.startswith(">>") and token.endswith("<<")  # the language to write
    ]
    return _Words(data, _MARIAN, model.charsmap)


def _byte_pairs(source: Source, files: Mapping[str, Path], ids: dict[str, int]) -> _Words:
    """GPT-2's vocabulary, or one that splits words in a way of its own."""
    is_qwen = str(source.config.get("model_type")).startswith("qwen")
    split = split_of("qwen2" if is_qwen else "gpt-2")
    data = byte_level_json(ids, read_merges_txt(files["merges.txt"]), split)
    return _Words(data | {"added_tokens": _added(files)}, _GPT2)


def _sentence_piece(source: Source, files: Mapping[str, Path], model: SentencePieceModel) -> _Words:
    if (family := source.config.get("model_type")) in _OWN_NUMBERS:
        raise InputError(
            f"A model of the family {family} cleans text or numbers pieces in its own way: its "
            "tokenizer.json is needed."
        )
    about = _record(files, "tokenizer_config.json")
    template = _chat_template(source, files, about) or ""
    written = [piece for piece in model.of_kind(USER_DEFINED) if piece in template]
    data = as_tokenizer_json(model, special=written)
    data["added_tokens"] += _added(files)
    control = set(model.of_kind(CONTROL, UNKNOWN))
    named = {name: token for name, tokens in _USUAL.items() for token in tokens if token in control}
    return _Words(data, named, model.charsmap)


def _added(files: Mapping[str, Path]) -> list[dict[str, Any]]:
    """The tokens that small files add to a vocabulary."""
    added = {
        token: {"id": token_id, "content": token, "special": True}
        for token, token_id in _record(files, "added_tokens.json").items()
    }
    told = _record(files, "tokenizer_config.json").get("added_tokens_decoder")
    for token_id, token in told.items() if isinstance(told, Mapping) else ():
        if isinstance(token, Mapping) and token_id.isdecimal() and len(token_id) < 10:
            added[str(token.get("content"))] = {**token, "id": int(token_id)}
    return list(added.values())


def _bert(files: Mapping[str, Path], path: Path, keras: Mapping[str, Any]) -> _Words:
    """BERT's vocabulary, in the case that the files beside it tell."""
    about = _record(files, "tokenizer_config.json")
    tokens = read_vocab_txt(path)
    settings = keras.get("config")
    settings = settings if isinstance(settings, Mapping) else {}
    lowercase = about.get("do_lower_case", settings.get("lowercase", _is_uncased(tokens)))
    named = _BERT | named_tokens(about)
    data = bert_json(
        tokens,
        lowercase=bool(lowercase),
        unknown=named["unk"],
        special=named.values(),
        strip_accents=about.get("strip_accents", settings.get("strip_accents")),
        chinese_characters=about.get("tokenize_chinese_chars", True) is not False,
    )
    if settings and lowercase:  # Keras folds case as Unicode's NFKC_Casefold does
        parts = [{"type": "NFKC"}, data["normalizer"]]
        data["normalizer"] = {"type": "Sequence", "normalizers": parts}
    return _Words(data, _BERT)


def _is_uncased(tokens: list[str]) -> bool:
    return all(token == token.lower() for token in tokens if not token.startswith("["))


def _chat_template(
    source: Source, files: Mapping[str, Path], about: Mapping[str, Any]
) -> str | None:
    """How the model reads a conversation, if a file tells; of several ways the default one."""
    if "chat_template.jinja" in files:
        require_small(files["chat_template.jinja"], 1_000_000)
        return read_utf8(files["chat_template.jinja"])
    template = about.get("chat_template") or source.config.get("tokenizer.chat_template")
    template = template or _record(files, "chat_template.json").get("chat_template")
    if isinstance(template, list):
        template = next(
            (
                each.get("template")
                for each in template
                if isinstance(each, Mapping) and each.get("name") == "default"
            ),
            template,
        )
    if template is not None and not isinstance(template, str):
        raise InputError(f"The chat template is {quoted(template)}, not a text.")
    return template
