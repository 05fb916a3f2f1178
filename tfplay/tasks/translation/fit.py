"""Checks whether sentence pairs fit what a translator has learned, before it translates them."""

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text import Pair
from tfplay.text.formats.columns import spread

MOST_UNKNOWN = 0.5
"""If more than this share of the source's tokens is unknown, the language is another."""

_SCRIPTS = {
    name: regex.compile(rf"\p{{Script={name}}}")
    for name in (
        *("Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi"),
        *("Gujarati", "Tamil", "Telugu", "Kannada", "Malayalam", "Thai", "Georgian", "Armenian"),
        *("Han", "Hiragana", "Katakana", "Hangul", "Ethiopic", "Khmer", "Lao", "Myanmar"),
        *("Sinhala", "Tibetan"),
    )
}
_CHARACTERS = 20_000  # looked at on each side
_CLEAR = 0.6  # share of the letters
_FEW_WORDS = 20


def check_pairs(trained: TrainedModel, learned: Sequence[Pair], pairs: Sequence[Pair]) -> list[str]:
    """Refuses pairs that the model cannot have learned, and reports doubts.

    Args:
        trained: A model that learned translation.
        learned: Some of what it learned from; may be empty, if that is gone.
        pairs: The pairs that it shall be evaluated on.

    Returns:
        A sentence for each doubt: two languages of one script are no proof.

    Raises:
        InputError: The letters of the sources are not those that it learned to read, or the
            columns are the other way round.
    """
    some = spread(pairs)
    sources, targets = [pair.source for pair in some], [pair.target for pair in some]
    if learned:
        own = [pair.source for pair in learned], [pair.target for pair in learned]
        _check_scripts(*(main_script(side) for side in (*own, sources, targets)))
        if _are_swapped(*own, sources, targets):
            return [
                "The columns seem to be the other way round: their words are those of the "
                "language into which this model translates, and back; source and target can be "
                "chosen by --columns source=2,target=1."
            ]
    tokenizer = trained.source_tokenizer
    token_ids = [token_id for ids in tokenizer.tokenize_batch(sources[:200]) for token_id in ids]
    unknown = sum(token_id == tokenizer.unknown_id for token_id in token_ids)
    if token_ids and unknown > MOST_UNKNOWN * len(token_ids):
        raise InputError(
            f"This model does not know {unknown:,} of the first {len(token_ids):,} tokens of the "
            f"sources, such as in {quoted(sources[0])}: they are not in the language that it "
            "translates from."
        )
    return []


def main_script(texts: Iterable[str]) -> str | None:
    """The script of most letters, such as "Latin"; `None` if there are few letters, or several.

    Example:
        >>> main_script(["नमस्ते", "OK, ठीक है"])
        'Devanagari'
    """
    letters = regex.sub(r"\P{L}", "", "".join(texts)[:_CHARACTERS])
    counts = Counter({name: len(script.findall(letters)) for name, script in _SCRIPTS.items()})
    japanese = counts["Hiragana"] + counts["Katakana"]
    if japanese > 0.1 * len(letters):
        counts["Japanese"] = japanese + counts["Han"]
    name, count = counts.most_common(1)[0]
    return name if letters and count >= _CLEAR * len(letters) else None


def _check_scripts(
    own_source: str | None, own_target: str | None, source: str | None, target: str | None
) -> None:
    if None in (own_source, source) or own_source == source:
        if None not in (own_target, target) and own_target != target:
            raise InputError(
                f"This model translates into {own_target} letters, but the targets of the file "
                f"are in {target} letters: another column, or another file, is needed."
            )
        return
    if source == own_target:
        raise InputError(
            f"The columns are the other way round: this model translates from {own_source} to "
            f"{own_target} letters, and the sources of the file are in {source} letters; choose "
            "the columns, such as --columns source=2,target=1."
        )
    raise InputError(
        f"This model translates from {own_source} letters, but the sources of the file are in "
        f"{source} letters: another column, or another file, is needed."
    )


def _are_swapped(
    own_sources: list[str], own_targets: list[str], sources: list[str], targets: list[str]
) -> bool:
    """Whether the words of each side are those that the model has seen on the other side."""
    read, written = _words(own_sources), _words(own_targets)
    from_words, to_words = _words(sources), _words(targets)
    if min(map(len, (read, written, from_words, to_words))) < _FEW_WORDS:
        return False
    right = len(from_words & read) + len(to_words & written)
    return len(from_words & written) + len(to_words & read) > 2 * right


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in regex.findall(r"[\p{L}\p{M}]+", text)}
