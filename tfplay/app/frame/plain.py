"""Text that is shown as it is, letter by letter."""

import re

_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>$:&]")


def plain(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return _MARKDOWN.sub(r"\\\g<0>", text)
