"""SentencePiece's `.model` files: what is in them, and the same as a `tokenizer.json`.

The fields are those of https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tfplay.checkpoints.words.merges import merges_by_score
from tfplay.checkpoints.words.protobuf import fields
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import file_size

SPACE = "▁"
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
"""Kinds of pieces."""
UNIGRAM, BPE = 1, 2
_KINDS_OF_MODEL = {3: "word", 4: "char"}
MOST_SCORE = 1e9
_MOST_BYTES = 64_000_000
_MOST_PIECES = 1_000_000


class SentencePiece(NamedTuple):
    """A token with what it is worth."""

    text: str
    score: float
    kind: int = NORMAL


@dataclass(frozen=True)
class SentencePieceModel:
    """What a `.model` file says.

    Attributes:
        pieces: A piece's id is its position.
        kind: `UNIGRAM` or `BPE`.
        byte_fallback: Whether what has no piece becomes bytes.
        charsmap: How characters are normalised, in SentencePiece's own compiled form; often empty.
        adds_space: Whether a space is put before the text.
        removes_spaces: Whether spaces around the text, and all but one between words, are removed.
    """

    pieces: Sequence[SentencePiece]
    kind: int = UNIGRAM
    byte_fallback: bool = False
    charsmap: bytes = b""
    adds_space: bool = True
    removes_spaces: bool = True

    def of_kind(self, *kinds: int) -> list[str]:
        """The texts of the pieces of these kinds."""
        return [piece.text for piece in self.pieces if piece.kind in kinds]


def read_sentence_piece(path: Path) -> SentencePieceModel:
    """What a `.model` file says.

    Raises:
        InputError: It is missing, damaged, or of a kind that is not read.
    """
    if (size := file_size(path)) > _MOST_BYTES:
        raise InputError(
            f"{path.name} has {size:,} bytes; such a file has {_MOST_BYTES:,} at most."
        )
    try:
        return parse_sentence_piece(path.read_bytes())
    except InputError as error:
        raise InputError(f"{path.name} is no SentencePiece model: {error}") from error


def parse_sentence_piece(content: bytes) -> SentencePieceModel:
    """What the bytes of a `.model` file say; see `read_sentence_piece`."""
    pieces: list[SentencePiece] = []
    trainer: dict[int, Any] = {}
    normalizer: dict[int, Any] = {}
    for number, value in fields(content):
        if number == 1 and isinstance(value, bytes):
            pieces.append(_piece(value, len(pieces)))
        elif number == 2 and isinstance(value, bytes):
            trainer = dict(fields(value))
        elif number == 3 and isinstance(value, bytes):
            normalizer = dict(fields(value))
        if len(pieces) > _MOST_PIECES:
            raise InputError(f"It has more than {_MOST_PIECES:,} pieces.")
    _require_different(pieces)
    kind = trainer.get(3, UNIGRAM)
    if not pieces:
        raise InputError("It has no pieces.")
    if kind not in (UNIGRAM, BPE):
        name = _KINDS_OF_MODEL.get(kind, quoted(kind))
        raise InputError(f"It is of the kind {name}; Unigram and BPE are read.")
    if trainer.get(24, False):
        raise InputError("It writes the space behind a word, which is not read.")
    charsmap = normalizer.get(2, b"")
    return SentencePieceModel(
        pieces,
        kind,
        byte_fallback=bool(trainer.get(35, False)),
        charsmap=charsmap if isinstance(charsmap, bytes) else b"",
        adds_space=bool(normalizer.get(3, True)),
        removes_spaces=bool(normalizer.get(4, True)),
    )


def _require_different(pieces: Sequence[SentencePiece]) -> None:
    places: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        if piece.text in places:
            first = places[piece.text]
            raise InputError(f"Piece {number} is {quoted(piece.text)}, as piece {first} is.")
        places[piece.text] = number


def _piece(message: bytes, number: int) -> SentencePiece:
    values = dict(fields(message))
    text, score, kind = values.get(1), values.get(2, 0.0), values.get(3, NORMAL)
    try:
        spelled = text.decode() if isinstance(text, bytes) else ""
    except UnicodeDecodeError as error:
        raise InputError(f"Piece {number} is {quoted(text)}, no text.") from error
    if not isinstance(score, float) or not abs(score) < MOST_SCORE or not isinstance(kind, int):
        raise InputError(f"Piece {number} is {quoted(spelled)} with the score {quoted(score)}.")
    if not spelled:
        raise InputError(f"Piece {number} is {quoted(text)}, no text.")
    return SentencePiece(spelled, score, kind)


def as_tokenizer_json(
    model: SentencePieceModel,
    special: Collection[str] = (),
    own_ids: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """The same vocabulary as the content of a `tokenizer.json`.

    Args:
        model: What the `.model` file says.
        special: Tokens that are special besides the control pieces.
        own_ids: The id of each piece, where another file gives them, as Marian's.
    """
    hidden = {*model.of_kind(CONTROL, UNKNOWN, BYTE, UNUSED), *special}
    defined = [text for text in model.of_kind(USER_DEFINED) if text not in hidden]
    pieces = _renumbered(model, own_ids) if own_ids else list(model.pieces)
    if model.kind == UNIGRAM:
        scored: dict[str, Any] = {
            "type": "Unigram",
            "unk_id": _unknown_id(pieces),
            "vocab": _hard_to_reach(pieces, hidden),
        }
    else:
        ids = {piece.text: number for number, piece in enumerate(pieces)}
        normal = {
            piece.text: piece.score
            for piece in pieces
            if piece.kind == NORMAL and piece.text not in hidden
        }
        unknown = model.of_kind(UNKNOWN)
        scored = {
            "type": "BPE",
            "unk_token": unknown[0] if unknown else None,
            "fuse_unk": True,
            "ignore_merges": bool(defined),
            "vocab": ids,
            "merges": merges_by_score(normal, ids),
        }
    special_pieces = {*model.of_kind(CONTROL, UNKNOWN), *special}
    return {
        "model": scored | {"byte_fallback": model.byte_fallback},
        "added_tokens": [
            {"id": number, "content": piece.text, "special": True}
            for number, piece in enumerate(pieces)
            if piece.text in special_pieces
        ],
        "normalizer": _sequence("normalizers", _normalizers(model)),
        "pre_tokenizer": _sequence("pretokenizers", _splitters(model, defined)),
        "decoder": _sequence("decoders", _decoders(model)),
    }


def _renumbered(model: SentencePieceModel, own_ids: Mapping[str, int]) -> list[SentencePiece]:
    """The pieces by other ids; a token that is no piece is never made of a text."""
    known = {piece.text: piece for piece in model.pieces}
    ordered = sorted(own_ids, key=lambda token: own_ids[token])
    return [known.get(token, SentencePiece(token, 0.0, UNUSED)) for token in ordered]


def _unknown_id(pieces: Sequence[SentencePiece]) -> int | None:
    return next((n for n, piece in enumerate(pieces) if piece.kind == UNKNOWN), None)


def _hard_to_reach(
    pieces: Sequence[SentencePiece], hidden: Collection[str]
) -> list[list[str | float]]:
    """The scores, with hidden pieces worth less than all their letters together.

    SentencePiece never makes one of a text that spells it; the `tokenizers` library knows no such
    thing.
    """
    normal = [piece.score for piece in pieces if piece.text not in hidden and piece.kind == NORMAL]
    longest = max((len(piece.text) for piece in pieces), default=0)
    lowest = (min(normal, default=0.0) - 10) * (longest + 1)
    return [
        [piece.text, lowest if piece.text in hidden or piece.kind == UNUSED else piece.score]
        for piece in pieces
    ]


def _normalizers(model: SentencePieceModel) -> list[dict[str, Any]]:
    """What happens to spaces, in SentencePiece's order."""
    parts: list[dict[str, Any]] = []
    if model.removes_spaces:
        parts += [_replace({"Regex": r"\A +| +\z"}, ""), _replace({"Regex": " {2,}"}, " ")]
    parts.append(_replace({"String": " "}, SPACE))
    if model.adds_space:
        parts.append({"type": "Prepend", "prepend": SPACE})
    return parts


def _splitters(model: SentencePieceModel, defined: Sequence[str]) -> list[dict[str, Any]]:
    """Where words begin, if no piece reaches across; and pieces that stand for themselves."""
    parts: list[dict[str, Any]] = []
    if defined:
        pattern = "|".join(map(re.escape, sorted(defined, key=len, reverse=True)))
        behavior = {"behavior": "Isolated", "invert": False}
        parts.append({"type": "Split", "pattern": {"Regex": pattern}} | behavior)
    if not any(SPACE in piece.text[1:] for piece in model.pieces):
        parts.append(
            {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "never", "split": True}
        )
    return parts


def _decoders(model: SentencePieceModel) -> list[dict[str, Any]]:
    parts = [_replace({"String": SPACE}, " "), {"type": "ByteFallback"}, {"type": "Fuse"}]
    if model.adds_space:
        parts.append({"type": "Strip", "content": " ", "start": 1, "stop": 0})
    return parts


def _replace(pattern: dict[str, str], content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": pattern, "content": content}


def _sequence(name: str, parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    return {"type": "Sequence", name: parts} if parts else None
