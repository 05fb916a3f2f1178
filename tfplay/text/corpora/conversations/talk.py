"""Small talk: what people say to be friendly, and friendly replies."""

from typing import NamedTuple

from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import Lists, read_lists


class Exchange(NamedTuple):
    """Ways to say one thing, the reply to it, and the reply in one word."""

    said: tuple[str, ...]
    reply: str
    word: str


def _exchange(lists: Lists) -> Exchange:
    return Exchange(lists.words("said"), lists.text("reply"), lists.text("word"))


_LISTS = read_lists("conversations/talk.toml")

EXCHANGES = [_exchange(lists) for lists in _LISTS.table("exchanges").tables().values()]
WHO_ARE_YOU = _exchange(_LISTS.table("who_are_you"))


def draw(source: Source) -> Turn:
    """Something friendly."""
    if source.random.random() < 0.05:
        return who_are_you(source)
    if source.random.random() < 0.12:
        said, reply, word = EXCHANGES[0]
    else:
        said, reply, word = source.random.choice(EXCHANGES)
    return Turn(source.worded(said), reply, word, "talk")


def who_are_you(source: Source) -> Turn:
    """The user asks who is replying."""
    said, reply, word = WHO_ARE_YOU
    return Turn(source.worded(said), reply, word, "identity")
