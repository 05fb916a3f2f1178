"""The numbers of the Tokens page: no model computes them, but counting does."""

import re
from collections import Counter
from itertools import pairwise
from math import log

from tests.pages.numbers.lesson import Lesson, Numbers
from tests.pages.shown import component, table


def side_by_side(lesson: Lesson) -> Numbers:
    text = lesson.query["text"]
    ids = lesson.tokenizer.tokenize(text)
    own, *_ = component(lesson.app, "rows")["rows"]
    yield "ids", [token[1] for token in own["tokens"]], ids
    counts = table(lesson.app, "characters per token").iloc[0]
    yield "tokens", counts["tokens"], len(ids)
    yield "characters per token", counts["characters per token"], len(text) / len(ids)
    yield "different tokens", counts["different tokens"], len(set(ids))
    yield "vocabulary", counts["vocabulary"], lesson.plain.config.vocabulary_size


def merge_by_merge(lesson: Lesson) -> Numbers:
    """The neighbours in "low lower lowest" before the first merge."""
    words = ["low", "lower", "lowest"]
    spelled = {
        "byte pairs": [list("low"), list("␣lower"), list("␣lowest")],
        "WordPiece": [[word[0], *(f"##{letter}" for letter in word[1:])] for word in words],
    }
    for frame, (kind, letters) in zip(lesson.app.dataframe, spelled.items(), strict=True):
        singles = Counter(letter for word in letters for letter in word)
        pairs = Counter(pair for word in letters for pair in pairwise(word))
        for name, count, ratio, gain in frame.value[["pair", "count", "ratio", "gain"]].to_numpy():
            left, right = pair = tuple(name.split(" + "))
            yield f"count of {name}, {kind}", count, pairs[pair]
            yield f"ratio of {name}, {kind}", ratio, count / (singles[left] * singles[right])
            merged = singles - Counter({left: count, right: count}) + Counter({pair: count})
            yield f"gain of {name}, {kind}", gain, likelihood(merged) - likelihood(singles)


def likelihood(counts: Counter) -> float:
    """Its logarithm, of a text in which each token's probability is its share."""
    return sum(count * log(count / counts.total()) for count in counts.values())


def how_large(lesson: Lesson) -> Numbers:
    frame = table(lesson.app, "embedding parameters")
    width = lesson.plain.config.hidden_dim
    yield "parameters", frame["embedding parameters"], frame["vocabulary (V)"] * width
    yield "scores", frame["attention scores a head"], frame["tokens (T)"] ** 2


def new_words(lesson: Lesson) -> Numbers:
    frame = table(lesson.app, "word")
    own = frame.columns[1]
    space = " " if lesson.tokenizer.kind == "byte-pair" else ""
    for word, cut in frame[["word", own]].to_numpy():
        count = len(lesson.tokenizer.tokenize(space + word))
        yield f"tokens of {word}", re.search(r"\((\d+)\)$", cut)[1], count


def special_tokens(lesson: Lesson) -> Numbers:
    [read, *_] = component(lesson.app, "special")["rows"]
    first, *_ = lesson.inputs.values()
    yield "ids", [token[1] for token in read["tokens"]], first


NUMBERS = {
    "Side by side": side_by_side,
    "Merge by merge": merge_by_merge,
    "How large a vocabulary": how_large,
    "New and misspelt words": new_words,
    "Special tokens and chats": special_tokens,
}
