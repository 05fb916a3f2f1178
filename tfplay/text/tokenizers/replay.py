"""Learning a vocabulary merge by merge: slow and readable, with every score on the way.

Real vocabularies are learned by the `tokenizers` library. What is learned here by count is the
same, as long as a text is plain ASCII: there a character is a byte.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from tfplay.errors import InputError
from tfplay.text.tokenizers.base import VISIBLE_SPACES
from tfplay.text.words import GLUE, WORD_PATTERNS, glued_words, normalize

LONGEST_TEXT = 4000
"""The most characters of a replay: each merge counts all pairs anew."""

Tokens = tuple[str, ...]


class MergePair(NamedTuple):
    """Two neighbouring tokens that may be merged."""

    left: str
    right: str
    count: int
    """How often they stand side by side."""
    ratio: float
    """count / (count of left x count of right): how much oftener than chance, but for a factor."""
    gain: float
    """The increase in the text's log-likelihood if they are merged, in nats."""
    merged: str
    """The token that they become."""


class MergeStep(NamedTuple):
    """The state of a vocabulary, and what may be merged next."""

    splits: dict[str, Tokens]
    """The tokens of each distinct word."""
    vocabulary: Tokens
    """The tokens so far, in the order in which they came."""
    num_tokens: int
    """The number of tokens in the whole text."""
    candidates: tuple[MergePair, ...]
    """The best first: the first is what is merged. Empty if there is nothing left to merge."""


class Replay(NamedTuple):
    """A vocabulary being learned."""

    words: list[str]
    """The words of the text, in order."""
    steps: list[MergeStep]
    """The first is before any merge."""

    def tokens(self, step: int) -> list[str]:
        """The whole text in the tokens of a step."""
        splits = self.steps[step].splits
        return [token for word in self.words for token in splits[word]]


RULES: dict[str, Callable[[MergePair], float]] = {
    "count": lambda pair: pair.count,
    "ratio": lambda pair: pair.ratio,
    "gain": lambda pair: pair.gain,
}
"""Rules for choosing the next merge: the most frequent pair (BPE, Sennrich et al., 2015,
arXiv:1508.07909); or, as WordPiece (Schuster and Nakajima, 2012), whose trainer was never
published, by likelihood: what each merge gains (ratio), or what all of them do together (gain)."""


def replay_merges(text: str, kind: str, rule: str, most_merges: int = 100) -> Replay:
    """Learns a vocabulary from a text, and keeps every step.

    Args:
        text: At most 4,000 characters.
        kind: `"byte-pair"`: words keep the space before them, and fall into characters (GPT-2's
            into bytes). `"wordpiece"`: all characters but a word's first are marked "##".
        rule: One of `RULES`.
        most_merges: The number of merges after which learning ends.

    Raises:
        InputError: There is no text, or too much.

    Example:
        >>> replay = replay_merges("low low lower", "byte-pair", "count")
        >>> replay.steps[0].candidates[0].merged, replay.tokens(1)[:3]
        ('lo', ['lo', 'w', '␣'])
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"The text has {len(text):,} characters; a replay takes {LONGEST_TEXT:,} at most."
        )
    words = _WORDS[kind](normalize(text))
    if not words:
        raise InputError("There is no text to learn a vocabulary from.")
    counts = Counter(words)
    splits = {word: _LETTERS[kind](word) for word in counts}
    vocabulary = tuple(sorted(set(chain.from_iterable(splits.values()))))
    steps = []
    for _ in range(most_merges):
        candidates = _candidates(splits, counts, vocabulary, RULES[rule])
        steps.append(MergeStep(splits, vocabulary, _num_tokens(splits, counts), candidates))
        if not candidates:
            return Replay(words, steps)
        best = candidates[0]
        splits = {word: merge_pair(tokens, best) for word, tokens in splits.items()}
        vocabulary = tuple(dict.fromkeys((*vocabulary, best.merged)))
    candidates = _candidates(splits, counts, vocabulary, RULES[rule])
    steps.append(MergeStep(splits, vocabulary, _num_tokens(splits, counts), candidates))
    return Replay(words, steps)


def merge_pair(tokens: Tokens, pair: MergePair) -> Tokens:
    """A word's tokens after every such pair, from the left, has become one token."""
    merged, position = [], 0
    while position < len(tokens):
        is_pair = tokens[position : position + 2] == (pair.left, pair.right)
        merged.append(pair.merged if is_pair else tokens[position])
        position += 2 if is_pair else 1
    return tuple(merged)


def _candidates(
    splits: dict[str, Tokens],
    counts: Counter[str],
    vocabulary: Sequence[str],
    score: Callable[[MergePair], float],
) -> tuple[MergePair, ...]:
    """All pairs, the best first; of equal ones that of the older tokens, as the library has it."""
    singles, pairs, doubles = Counter(), Counter(), Counter()
    for word, tokens in splits.items():
        for token, run in groupby(tokens):
            length = len(list(run))
            singles[token] += length * counts[word]
            doubles[token] += length // 2 * counts[word]  # "aaa" has "aa" twice, but one to merge
        for pair in pairwise(tokens):
            pairs[pair] += counts[word]
    candidates, total = [], singles.total()
    for (left, right), count in pairs.items():
        candidate = MergePair(
            left,
            right,
            count,
            ratio=count / (singles[left] * singles[right]),
            gain=0.0,
            merged=left + right.removeprefix(GLUE),
        )
        times = count if left != right else doubles[left]
        candidates.append(candidate._replace(gain=_gain(candidate, times, singles, total)))
    age = {token: index for index, token in enumerate(vocabulary)}
    candidates.sort(key=lambda pair: (-score(pair), -pair.count, age[pair.left], age[pair.right]))
    return tuple(candidates)


def _gain(pair: MergePair, times: int, singles: Counter[str], total: int) -> float:
    """The increase of log L = sum_t n_t log(n_t / N), with n_t / N each token's probability."""
    after = {token: singles[token] for token in (pair.left, pair.right, pair.merged)}
    before = sum(map(_n_log_n, after.values())) - _n_log_n(total)
    after[pair.left] -= times
    after[pair.right] -= times
    after[pair.merged] += times
    return sum(map(_n_log_n, after.values())) - _n_log_n(total - times) - before


def _n_log_n(count: int) -> float:
    return count * math.log(count) if count else 0.0


def _num_tokens(splits: dict[str, Tokens], counts: Counter[str]) -> int:
    return sum(counts[word] * len(tokens) for word, tokens in splits.items())


def _byte_pair_words(text: str) -> list[str]:
    words = WORD_PATTERNS["gpt2-all-scripts"].findall(text)
    return [word.translate(VISIBLE_SPACES) for word in words]


def _word_pieces(text: str) -> list[str]:
    return [word.removeprefix(GLUE).translate(VISIBLE_SPACES) for word in glued_words(text)]


_WORDS = {"byte-pair": _byte_pair_words, "wordpiece": _word_pieces}
_LETTERS: dict[str, Callable[[str], Tokens]] = {
    "byte-pair": tuple,
    "wordpiece": lambda word: (word[0], *(GLUE + letter for letter in word[1:])),
}
