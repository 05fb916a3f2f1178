"""A conversation as a published model reads it: its own template, in token ids.

The template is Jinja and writes text; which of the text is the template's, and which a message's,
must not be lost: special tokens that the template writes are special ids, those that a message
spells are not. So messages go through the template with marks around them: characters that Unicode
promises never to give a meaning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from tfplay.checkpoints.words.renderer import RENDERER
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer, Message
from tfplay.text.words import whole_characters

LONGEST_TALK = 2_000_000
"""Characters."""
_DIGITS = [chr(0xFDD0 + digit) for digit in range(10)]
_OPEN, _CLOSE, _BREAK = "\ufde0", "\ufde1", "\ufde2"
_MARK = regex.compile(r"\ufde0([\ufdd0-\ufdd9]+)|[\ufdd0-\ufdef]")


@dataclass(frozen=True)
class Conversation:
    """A conversation as a model reads it.

    Attributes:
        token_ids: All of it, special tokens among them.
        message_numbers: For each token the position of the message that it belongs to, with what
            the template writes around it; None for what belongs to none, such as what lets the
            assistant begin.
    """

    token_ids: list[int]
    message_numbers: list[int | None]


class _Written(NamedTuple):
    """A token that the template wrote, before it is told whose it is."""

    token_id: int
    message: int | None
    """The message whose text it is, if it is one's."""
    is_special: bool
    is_space: bool


def encode_conversation(
    tokenizer: LibraryTokenizer, messages: Sequence[Message], reply: bool = True
) -> Conversation:
    """The token ids of a conversation, written as the model's chat template says.

    Args:
        tokenizer: The model's vocabulary, with its template.
        messages: What was said so far.
        reply: Whether the assistant speaks next.

    Raises:
        InputError: There is no template, it cannot be used, or it refuses the conversation.

    Example::

        encode_conversation(tokenizer, [{"role": "user", "content": "Hello!"}]).token_ids
    """
    if not tokenizer.chat_template:
        raise InputError("This model has no chat template: it has not learned to converse.")
    if (length := sum(len(message["content"]) for message in messages)) > LONGEST_TALK:
        raise InputError(
            f"The conversation has {length:,} characters; {LONGEST_TALK:,} are the most."
        )
    special = tokenizer.special_tokens
    text = RENDERER.render(
        tokenizer.chat_template,
        {
            "messages": [
                {
                    "role": message["role"],
                    "content": _marked(tokenizer, message["content"], number),
                }
                for number, message in enumerate(messages)
            ],
            "add_generation_prompt": reply,
            "tools": None,
            "documents": None,
            "bos_token": special.start or "",
            "eos_token": special.end or "",
            "pad_token": special.pad or "",
            "unk_token": special.unknown or "",
        },
    )
    written = list(_written(tokenizer, whole_characters(text)))
    return Conversation([token.token_id for token in written], _numbers(written))


def _marked(tokenizer: LibraryTokenizer, content: str, number: int) -> str:
    """A message's text between marks that tell its number.

    Templates strip spaces around a text, so they stand outside. What spells a special token is
    broken up besides, should a template take the text apart.
    """
    content = _MARK.sub("\ufffd", whole_characters(content))
    core = content.strip()
    if not core:
        return content
    start = content.index(core)
    parts, last = [], 0
    for place, _, _ in tokenizer.find_special(core):
        parts += [core[last : place + 1], _BREAK]
        last = place + 1
    parts.append(core[last:])
    name = "".join(_DIGITS[int(digit)] for digit in str(number))
    behind = content[start + len(core) :]
    return f"{content[:start]}{_OPEN}{name}{''.join(parts)}{_CLOSE}{behind}"


def _written(tokenizer: LibraryTokenizer, text: str) -> Iterator[_Written]:
    """The tokens of what the template wrote."""
    owners = _owners(text)
    last = 0
    for start, end, token_id in tokenizer.find_special(text):
        if owners[start] is None:
            yield from _tokens(tokenizer, text, owners, last, start)
            yield _Written(token_id, None, is_special=True, is_space=False)
            last = end
    yield from _tokens(tokenizer, text, owners, last, len(text))


def _owners(text: str) -> list[int | None]:
    """For each character the number of the message between whose marks it stands."""
    owners: list[int | None] = [None] * len(text)
    opened: tuple[int, int] | None = None
    for mark in _MARK.finditer(text):
        if mark[1]:
            opened = mark.end(), int("".join(str(_DIGITS.index(each)) for each in mark[1]))
        elif mark[0] == _CLOSE and opened:
            start, number = opened
            owners[start : mark.start()] = [number] * (mark.start() - start)
            opened = None
    return owners


def _tokens(
    tokenizer: LibraryTokenizer, text: str, owners: list[int | None], start: int, end: int
) -> Iterator[_Written]:
    """The tokens of a part without special ones, its marks taken out."""
    places = list(range(start, end))
    for mark in _MARK.finditer(text, start, end):
        places[mark.start() - start : mark.end() - start] = [-1] * len(mark[0])
    places = [place for place in places if place >= 0]
    plain = "".join(text[place] for place in places)
    reader = tokenizer if start == 0 else tokenizer.continued
    for piece in reader.pieces(plain):
        covered = places[piece.start : piece.end]
        message = next((owners[place] for place in covered if owners[place] is not None), None)
        yield _Written(piece.token_id, message, False, plain[piece.start : piece.end].isspace())


def _numbers(written: Sequence[_Written]) -> list[int | None]:
    """Whose each token is: also what a template writes in front of a text and behind it.

    The first special token behind a text, with the space after it, ends the message; what stands
    between the last such end and the next text begins that one.
    """
    numbers = [token.message for token in written]
    said = [place for place, number in enumerate(numbers) if number is not None]
    gaps = [
        (before + 1, behind)
        for before, behind in zip([-1, *said], [*said, len(written)], strict=True)
        if behind - before > 1
    ]
    ends = {
        written[place].token_id
        for start, stop in gaps
        if start and (place := _first_special(written, start, stop)) is not None
    }
    for start, stop in gaps:
        head = start
        if start:
            head = _behind_end(written, start, stop)
            numbers[start:head] = [numbers[start - 1]] * (head - start)
        if stop < len(written):
            places = range(head, stop)
            closing = [place for place in places if written[place].token_id in ends]
            head = _behind_end(written, closing[-1], stop) if closing else head
            numbers[head:stop] = [numbers[stop]] * (stop - head)
    return numbers


def _first_special(written: Sequence[_Written], start: int, stop: int) -> int | None:
    return next((place for place in range(start, stop) if written[place].is_special), None)


def _behind_end(written: Sequence[_Written], start: int, stop: int) -> int:
    """The place behind the first special token and the space after it."""
    place = _first_special(written, start, stop)
    if place is None:
        return stop
    place += 1
    while place < stop and written[place].is_space:
        place += 1
    return place
