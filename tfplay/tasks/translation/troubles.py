"""Why a translation goes wrong, as far as it can be measured in the model."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.translation.trace import TranslationTrace
from tfplay.tasks.translation.translate import Translation

SHORTEST_REPEAT = 3  # tokens; two stand together twice in many a good sentence
UNSURE = 0.5


@dataclass(frozen=True)
class Troubles:
    """What can be measured of a translation that may have gone wrong.

    Attributes:
        sink_share: Share of its attention on the source that the model gave to punctuation and the
            end token, averaged over layers, heads and steps; from 0 to 1.
        sink_even_share: The same share if the model had looked at all tokens evenly.
        num_unknown_read: Unknown tokens in the source.
        num_unknown_written: Unknown tokens that it wrote; they have no letters to show.
        repeated_ids: The longest row of tokens that it wrote more than once; none if there is none.
        num_repeats: How often it wrote it; 0 if it did not.
        unsure_steps: Steps, from 0, at which the token written had a probability below a half.
        is_finished: Whether it ended with an end token.
    """

    sink_share: float
    sink_even_share: float
    num_unknown_read: int
    num_unknown_written: int
    repeated_ids: list[int]
    num_repeats: int
    unsure_steps: list[int]
    is_finished: bool


def find_troubles(
    trained: TrainedModel, translation: Translation, trace: TranslationTrace
) -> Troubles:
    """Measures what may have gone wrong in a translation.

    Args:
        trained: The model that made it.
        translation: The result of `translate`.
        trace: The result of `look_inside` for it.
    """
    tokenizer, source = trained.tokenizer, trained.source_tokenizer
    is_sink = np.array(
        [
            token_id in source.end_ids or _is_punctuation(source.detokenize([token_id]))
            for token_id in translation.source_ids
        ]
    )
    on_source = trace.cross_attention.mean(axis=(0, 1, 2))
    repeated, count = longest_repeat(translation.target_ids)
    return Troubles(
        sink_share=float(on_source[is_sink].sum() / on_source.sum()),
        sink_even_share=float(is_sink.mean()),
        num_unknown_read=_count(source.unknown_id, translation.source_ids),
        num_unknown_written=_count(tokenizer.unknown_id, translation.target_ids),
        repeated_ids=repeated,
        num_repeats=count,
        unsure_steps=np.flatnonzero(trace.written_probabilities < UNSURE).tolist(),
        is_finished=tokenizer.end_id in translation.target_ids,
    )


def _count(wanted: int | None, token_ids: Sequence[int]) -> int:
    return sum(token_id == wanted for token_id in token_ids)


def longest_repeat(token_ids: Sequence[int]) -> tuple[list[int], int]:
    """The longest row of at least three tokens that stands more than once, and how often.

    Its occurrences may overlap; of equally long ones it is the most frequent.

    Example:
        >>> longest_repeat([5, 7, 2, 3, 5, 7, 2])
        ([5, 7, 2], 2)
    """

    def most_frequent(length: int) -> tuple[tuple[int, ...], int]:
        starts = range(len(token_ids) - length + 1)
        rows = Counter(tuple(token_ids[start : start + length]) for start in starts)
        return rows.most_common(1)[0]

    # What begins a row that stands twice stands twice too, so the lengths can be bisected.
    lengths = range(SHORTEST_REPEAT, len(token_ids))
    length = SHORTEST_REPEAT - 1
    length += bisect_left(lengths, True, key=lambda each: most_frequent(each)[1] == 1)
    if length < SHORTEST_REPEAT:
        return [], 0
    row, count = most_frequent(length)
    return list(row), count


def _is_punctuation(text: str) -> bool:
    marks = text.strip()
    return bool(marks) and all(unicodedata.category(mark).startswith("P") for mark in marks)
