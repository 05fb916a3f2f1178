"""A snapshot's record: what is seen, of which model, for how long, and what its maker says."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hmac import compare_digest
from typing import Any, Self

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.sharing import clock
from tfplay.store.conversations import Conversation
from tfplay.store.digest import digest

VERSION = 1
"""Of the record's schema; a record of a later one is refused."""
LONGEST_TITLE, LONGEST_NOTE = 100, 1000
"""Characters."""
MOST_CHOICES, LONGEST_CHOICE = 100, 200_000
"""Of a view: parameters, and characters of each; the longest are texts that were typed."""

ID = re.compile(r"[0-9a-f]{32}")
"""128 random bits."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class View:
    """What is seen, as far as it does not follow from the model.

    Attributes:
        page: The page, as its address names it.
        choices: Every choice of the page's address, and what was typed, by the parameter's name.
        conversation: What is said, as `Conversation.to_json` has it; `None` on most pages.
    """

    page: str
    choices: Mapping[str, str] = field(default_factory=dict)
    conversation: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if len(self.choices) > MOST_CHOICES:
            raise InputError(f"A view has {MOST_CHOICES} choices at most, not {len(self.choices)}.")
        for name, value in self.choices.items():
            if len(value) > LONGEST_CHOICE:
                raise InputError(
                    f"The view's {quoted(name)} has {len(value):,} characters; a snapshot keeps "
                    f"{LONGEST_CHOICE:,} at most."
                )


@dataclass(frozen=True)
class Snapshot:
    """A view and its model as they were when somebody gave them away; it never changes.

    Attributes:
        id: 128 random bits, in hexadecimal digits; who knows them may open the snapshot.
        view: What is seen.
        model: Digest of the model's files.
        shipped: The name of a model that came with TFPlay; `None` of others.
        tokenizer: Digest of the tokenizer's file; `None` if the model has none.
        step: The step of its training at which the model is seen; `None` is its end.
        title: In its maker's words.
        note: The same, longer; may be empty.
        made: When.
        expires: From when on it is not shown any more.
        is_downloadable: Whether others may download the model.
        secret: Digest of the secret by which its maker deletes it.
    """

    id: str
    view: View
    model: str
    shipped: str | None
    tokenizer: str | None
    step: int | None
    title: str
    note: str
    made: datetime
    expires: datetime
    is_downloadable: bool
    secret: str

    @property
    def has_expired(self) -> bool:
        """Whether it is not shown any more."""
        return clock.now() >= self.expires

    def is_made_by(self, secret: str) -> bool:
        """Whether this is the secret that its maker was given."""
        return compare_digest(self.secret, digest(secret))

    def conversation(self) -> Conversation:
        """What is said in it; nothing on most pages.

        Raises:
            InputError: It is damaged.
        """
        said = self.view.conversation
        return Conversation() if said is None else Conversation.from_json(said)

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        times = {"made": self.made.isoformat(), "expires": self.expires.isoformat()}
        return {"version": VERSION, **asdict(self), **times}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads what `to_json` wrote.

        Raises:
            InputError: It is damaged, or a later TFPlay wrote it.
        """
        if data.get("version") != VERSION:
            raise InputError(
                f"This snapshot has the version {quoted(data.get('version'))}; this TFPlay reads "
                f"version {VERSION}."
            )
        try:
            kept = dict(data)
            del kept["version"]
            kept["view"] = View(**kept["view"])
            kept |= {name: datetime.fromisoformat(kept[name]) for name in ("made", "expires")}
            found = cls(**kept)
            is_right = ID.fullmatch(found.id) and _HASH.fullmatch(found.model)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError("This snapshot is damaged.") from error
        if not is_right:
            raise InputError("This snapshot is damaged.")
        return found
