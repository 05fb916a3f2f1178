"""Splits into training and validation examples, without overlap."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import regex

from tfplay.errors import InputError
from tfplay.text.examples import Pair
from tfplay.text.words import normalize


def split_pairs(
    pairs: Sequence[Pair], validation_fraction: float, seed: int
) -> tuple[list[Pair], list[Pair]]:
    """Splits sentence pairs so that no sentence, on either side, is in both parts.

    Pairs that share a source or a target, letter case and punctuation aside, stay together: the
    connected components of the pairs are dealt out, in an order drawn by `seed` and equal on every
    machine. Validation never gets more than its fraction, but at least one pair.

    Args:
        pairs: All pairs.
        validation_fraction: The validation share of the pairs, from 0 (none) to below 1.
        seed: Draws the components and shuffles the pairs.

    Returns:
        Training pairs and validation pairs, both shuffled.

    Raises:
        InputError: If the fraction is outside its range, or all pairs hang together.
    """
    _check_fraction(validation_fraction)
    return _deal(components(pairs), len(pairs), validation_fraction, seed)


def references_by_source(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    """All translations of each source, without repeats: any of them counts as right."""
    references = defaultdict(dict)
    for pair in pairs:
        references[pair.source][pair.target] = None
    return {source: list(targets) for source, targets in references.items()}


def split_grouped(
    examples: Sequence[Any], key: Callable[[Any], Hashable], validation_fraction: float, seed: int
) -> tuple[list[Any], list[Any]]:
    """Splits examples so that those with equal keys stay on one side.

    Args:
        examples: All examples.
        key: What examples must not share across the split, such as their text.
        validation_fraction: The validation share of the examples, from 0 (none) to below 1.
        seed: Draws the split and shuffles the examples.

    Returns:
        Training examples and validation examples, both shuffled.

    Raises:
        InputError: If the fraction is outside its range, or all examples have one key.
    """
    _check_fraction(validation_fraction)
    groups = defaultdict(list)
    for example in examples:
        groups[key(example)].append(example)
    return _deal(list(groups.values()), len(examples), validation_fraction, seed)


def split_text(text: str, validation_fraction: float) -> tuple[str, str]:
    """Splits a text: the first part is for training, the last for validation.

    Raises:
        InputError: If the fraction is not from 0 to below 1.
    """
    _check_fraction(validation_fraction)
    cut = int(len(text) * (1 - validation_fraction))
    return text[:cut], text[cut:]


def _deal(
    groups: list[list[Any]], count: int, validation_fraction: float, seed: int
) -> tuple[list[Any], list[Any]]:
    """Deals out whole groups; validation gets at most its share, but at least one group."""
    generator = random.Random(seed)
    generator.shuffle(groups)
    room = max(1, round(validation_fraction * count)) if validation_fraction else 0
    training, validation = [], []
    for group in groups:
        fits = len(validation) + len(group) <= room
        (validation if fits else training).extend(group)
    if not training or (validation_fraction and not validation):
        raise InputError(
            f"Of {count} example{'s' * (count != 1)} none can be set aside for validation: "
            "there must be at least two that share nothing."
        )
    generator.shuffle(training)
    generator.shuffle(validation)
    return training, validation


def _check_fraction(validation_fraction: float) -> None:
    if not 0 <= validation_fraction < 1:
        raise InputError(
            f"The validation fraction is {validation_fraction}, but must be from 0 to below 1."
        )


def components(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs, grouped so that no two groups share a sentence (union-find)."""
    sources = [("source", bare(pair.source)) for pair in pairs]
    targets = [("target", bare(pair.target)) for pair in pairs]
    parent = {sentence: sentence for sentence in sources + targets}

    def root(sentence: tuple[str, str]) -> tuple[str, str]:
        while parent[sentence] != sentence:
            parent[sentence] = parent[parent[sentence]]  # a shorter path for the next look-up
            sentence = parent[sentence]
        return sentence

    for source, target in zip(sources, targets, strict=True):
        parent[root(target)] = root(source)
    groups = defaultdict(list)
    for source, pair in zip(sources, pairs, strict=True):
        groups[root(source)].append(pair)
    return list(groups.values())


def bare(sentence: str) -> str:
    """The sentence without letter case and punctuation, or as it is if that is all it has."""
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", normalize(sentence).casefold())
    return " ".join(words) or sentence
