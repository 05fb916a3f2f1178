"""How long a text may be: checked before anything is done with it."""

from tfplay.errors import InputError

CHARACTERS_A_TOKEN = 64
"""More characters than tokens have on average in any language and vocabulary."""

LONGEST_READ = 1_000_000
"""The most characters of a text that a model reads part by part."""


def longest_text(max_sequence_length: int) -> int:
    """The most characters that a context can need; a longer text cannot fit.

    Args:
        max_sequence_length: The tokens that a model reads at once.

    Example:
        >>> longest_text(256)
        16384
    """
    return CHARACTERS_A_TOKEN * max_sequence_length


def require_length(text: str, longest: int, what: str = "The text") -> None:
    """Checks the length of a text; to be called before the text is normalised or tokenized.

    Args:
        text: A visitor's text.
        longest: The most characters that it may have.
        what: How the error names the text.

    Raises:
        InputError: The text is longer.
    """
    if len(text) > longest:
        raise InputError(f"{what} has {len(text):,} characters; the most is {longest:,}.")
