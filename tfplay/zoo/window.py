"""How much of its context a chat model really uses: recall by the length of the conversation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product, takewhile
from random import Random

from tfplay.tasks import TrainedModel
from tfplay.tasks.chat.format import encode_messages
from tfplay.tasks.chat.task import replies_exactly
from tfplay.text import Message
from tfplay.text.corpora import CORPORA

STEP = 16
"""Lengths are counted in multiples of this many tokens."""

SHORTEST = 128
"""Tokens; that shorter conversations are recalled is among a shipped model's figures."""

AT_LEAST = 0.9
"""The share of names that must be recalled, as for the other figures of recall."""

_BETWEEN = ("recall-6", "sums", "unknown")
"""Parts of the corpus that the turns between come from: talk, sums, what it does not know."""

_NAMES = (
    *("Ada", "Ravi", "Maria", "Tom", "Mira", "Kavita", "Zorimel", "Belor"),
    *("Anna", "Omar", "Priya", "David", "Lena", "Arjun", "Dorwil", "Kalpel"),
)


def measure_recall(trained: TrainedModel, seed: int = 1) -> dict[int, float]:
    """The share of conversations in which a name is recalled, by how long they are.

    The name is told first and asked for last; turns about other things stand between, of one kind
    in each conversation.

    Args:
        trained: A chat model that has learned the corpus `conversations`.
        seed: Draws the conversations.

    Returns:
        The share by length in tokens, the answer's among them, up to the model's whole context.
    """
    whole = replace(trained, window=None)
    conversations, lengths = [], []
    for part, drawn in product(_BETWEEN, (seed, seed + 1)):
        turns, random = _turns(part, drawn), Random(drawn)
        for most, name in product(range(SHORTEST, whole.context + 1, STEP), _NAMES):
            conversation = _conversation(whole, name, turns, most, random)
            length = _length(whole, conversation)
            conversations.append(conversation)
            lengths.append(-(-length // STEP) * STEP)
    right: dict[int, list[bool]] = defaultdict(list)
    for length, is_right in zip(lengths, replies_exactly(whole, conversations), strict=True):
        right[length].append(is_right)
    return {length: sum(each) / len(each) for length, each in sorted(right.items())}


def filled_to(
    trained: TrainedModel, conversation: Sequence[Message], most: int
) -> Sequence[Message]:
    """A long conversation without so many turns before its last that it fits a length.

    The first two turns stay in any case: they tell what the last one asks for.

    Args:
        trained: The model, whose tokens count.
        conversation: Turns of the user and the assistant, perhaps after a system prompt.
        most: Tokens, the last reply's among them.
    """
    before, last = conversation[:-2], conversation[-2:]
    shortest = 4 + len(conversation) % 2
    while len(before) > shortest and _length(trained, [*before, *last]) > most:
        before = before[:-2]
    return [*before, *last]


def usable_window(recall: dict[int, float]) -> int:
    """The longest conversation up to which a model recalls what it was told.

    Args:
        recall: The result of `measure_recall`.

    Returns:
        Tokens, the answer's among them; 0 if it recalls too little already of the shortest.
    """
    recalled = takewhile(lambda length: recall[length] >= AT_LEAST, sorted(recall))
    return max(recalled, default=0)


def _turns(part: str, seed: int) -> list[list[Message]]:
    """Pairs of a message and its reply in which nobody tells or asks a name."""
    pairs = [
        conversation[place : place + 2]
        for conversation in CORPORA["conversations"].examples(part, 300, seed)
        if conversation[0]["role"] != "system"  # it decides how the replies sound
        for place in range(0, len(conversation) - 1, 2)
    ]
    return [pair for pair in pairs if not any(_is_of_names(each["content"]) for each in pair)]


def _is_of_names(text: str) -> bool:
    return "name" in text.lower() or text.startswith("Nice to meet you,")


def _conversation(
    trained: TrainedModel,
    name: str,
    turns: Sequence[Sequence[Message]],
    most: int,
    random: Random,
) -> list[Message]:
    """A conversation of at most this many tokens that ends with the question and its answer."""
    fact = [
        {"role": "user", "content": f"My name is {name}."},
        {"role": "assistant", "content": f"Nice to meet you, {name}."},
    ]
    question = {"role": "user", "content": "What is my name?"}
    answer = {"role": "assistant", "content": f"Your name is {name}."}
    between: list[Message] = []
    while True:
        more = [*between, *random.choice(turns)]
        if _length(trained, [*fact, *more, question, answer]) > most:
            return [*fact, *between, question, answer]
        between = more


def _length(trained: TrainedModel, conversation: Sequence[Message]) -> int:
    """How many tokens a conversation is, its last reply's among them."""
    return len(encode_messages(trained.tokenizer, conversation)) - 1
