"""Text of which nothing hides: characters that only steer are shown by their names."""

import regex

from tfplay.app.frame.plain import plain

_STEERING = regex.compile(r"[\p{Cc}\p{Bidi_Control}--[\n\t]]", regex.V1)


def visible(text: str) -> str:
    r"""The text with control characters, and those that turn the reading direction, spelled out.

    Example:
        >>> visible("a\x07b")
        'a␇b'
    """
    return _STEERING.sub(_spelled, text)


def shown(text: str) -> str:
    """Somebody's text as Markdown that shows it letter by letter, with nothing hidden."""
    return plain(visible(text))


def _spelled(match: regex.Match) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"
