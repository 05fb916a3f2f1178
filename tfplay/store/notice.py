"""A sentence or two of the operator's, which every visitor reads above each page."""

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.store.files import write_json
from tfplay.text.files import read_json

LONGEST_NOTICE = 400  # characters


def read_notice() -> str:
    """What the operator has to say; nothing as a rule.

    Raises:
        InputError: The file is damaged.
    """
    path = home() / "notice.json"
    if not path.exists():
        return ""
    words = read_json(path).get("words")
    if not isinstance(words, str) or len(words) > LONGEST_NOTICE:
        raise InputError("The operator's notice is damaged: notice.json must be written anew.")
    return words


def write_notice(words: str) -> None:
    """Says something on every page; an empty text says nothing any more.

    Raises:
        InputError: It is too long, or cannot be written.
    """
    words = words.strip()
    if len(words) > LONGEST_NOTICE:
        raise InputError(
            f"The notice has {len(words):,} characters; {LONGEST_NOTICE} are the most."
        )
    write_json(home() / "notice.json", {"words": words})
