"""Two hundred lines in six scripts, made from a few sentences of each."""

import random

from tests.text.scripts import SCRIPTS

_MORE = {
    "Latin": "Don't go -- stay! I've 12345 x's; Straße, Łódź, đường phố Việt Nam: 50% off?!",
    "Devanagari": "क्‍षमा, ज़रूर! मैंने १२३ किताबें पढ़ीं; अंतरराष्ट्रीयकरण के विस्तार में।",
    "Arabic": "مُحَمَّدٌ رَسُولٌ، ٣٥ كتابًا؛ السلام عليكم ورحمة الله. پارسی زبان است",
    "Chinese": "今天(星期三)气温是25℃，「你好」世界！人工智能，深度学习。繁體字也可以",
    "Thai": "ปี พ.ศ. ๒๕๖๗ กรุงเทพฯ เป็นเมืองหลวง ผู้ใหญ่บ้านพูดว่า น้ำใจ",
    "mixed": "🙂🙃 ok👍🏽 a→b\tx ≤ y²  «q» e\u0301te\u0301 \U0001d4d0 🏳️‍🌈 Привет! שלום こんに",
}
NUM_LINES = 200

TALK = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": "Hi there\n"},
    {"role": "assistant", "content": " ok, नमस्ते"},
    {"role": "user", "content": "bye 👩‍👧"},
]
"""A conversation that the user goes on with."""


def lines() -> list[str]:
    """Lines of one to nine pieces of a script's sentences, each script as often as the others."""
    drawn = random.Random(0)
    pieces = {name: f"{text} {_MORE[name]}".split(" ") for name, text in SCRIPTS.items()}
    made = [*SCRIPTS.values(), *_MORE.values()]
    while len(made) < NUM_LINES:
        of_script = pieces[list(pieces)[len(made) % len(pieces)]]
        made.append(" ".join(drawn.choices(of_script, k=drawn.randint(1, 9))))
    return made
