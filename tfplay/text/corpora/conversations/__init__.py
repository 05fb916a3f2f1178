"""Conversations in which the history matters: users ask for what they told before."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

CONVERSATIONS = Corpus(
    name="conversations",
    title="Conversations",
    task="chat",
    explanation=(
        "Users tell names (most of them made up), cities, pets and plans, correct themselves, and "
        "ask for all of it later; they add and compare numbers, ask what the words of transformers "
        "mean, and chat. A system prompt makes a mathematics teacher, a pirate, or one who answers "
        "in capitals or in one word."
    ),
    generate=made_by("conversations.parts"),
    parts=(
        "training",
        "held-out",
        *(f"recall-{distance}" for distance in range(7)),
        "corrections",
        "sums",
        "system-prompts",
        "notes",
        "unknown",
        "long-names",
        "long-corrections",
        "long-sums",
    ),
)
