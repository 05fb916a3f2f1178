"""A snapshot's record: what is seen, of which model, for how long, and what its maker says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hmac import compare_digest
from typing import Any, Self

import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.sharing import clock
from tfplay.sharing.pixels import as_pixels
from tfplay.store.conversations import Conversation
from tfplay.store.digest import digest

VERSION = 2
"""Of the record's schema; a record of a later one is refused."""
LONGEST_TITLE, LONGEST_NOTE = 100, 1000
"""Characters."""
MOST_CHOICES, LONGEST_CHOICE = 100, 200_000
"""Of a view: parameters, and characters of each; the longest are texts that were typed."""
LONGEST_FROZEN = 3_000_000
"""Characters of all frozen charts of a view, as JSON."""

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
        picture: The picture that the model reads, as `tfplay.sharing.pixels` has it; `None` of a
            model that reads text.
        frozen: What is seen of a page that shows measurements and no single model: sentences, as
            `{"words": ...}`, and charts, as `{"title": ..., "chart": ...}`. Empty of other pages.
    """

    page: str
    choices: Mapping[str, str] = field(default_factory=dict)
    conversation: Mapping[str, Any] | None = None
    picture: Mapping[str, Any] | None = None
    frozen: Sequence[Mapping[str, str]] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "frozen", tuple(self.frozen))  # JSON has lists
        if len(self.choices) > MOST_CHOICES:
            raise InputError(f"A view has {MOST_CHOICES} choices at most, not {len(self.choices)}.")
        for name, value in self.choices.items():
            if len(value) > LONGEST_CHOICE:
                raise InputError(
                    f"The view's {quoted(name)} has {len(value):,} characters; a snapshot keeps "
                    f"{LONGEST_CHOICE:,} at most."
                )
        length = sum(len(text) for part in self.frozen for text in part.values())
        if length > LONGEST_FROZEN:
            raise InputError(
                f"These charts have {length:,} characters; a snapshot keeps {LONGEST_FROZEN:,} at "
                "most: choose fewer of them."
            )


@dataclass(frozen=True)
class Snapshot:
    """A view and its model as they were when somebody gave them away; it never changes.

    Attributes:
        id: 128 random bits, in hexadecimal digits; who knows them may open the snapshot.
        view: What is seen.
        model: Digest of the model's files; `None` if what is seen is frozen.
        other: The same of a second model, which the first is compared with; `None` of most.
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
    model: str | None
    other: str | None
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
    def models(self) -> list[str]:
        """Digests of all models that it has."""
        return [each for each in (self.model, self.other) if each]

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

    def picture(self) -> np.ndarray | None:
        """The picture that the model reads: (height, width) or (height, width, channels).

        Raises:
            InputError: It is damaged.
        """
        return None if self.view.picture is None else as_pixels(self.view.picture)

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
        if data.get("version") not in (1, VERSION):
            raise InputError(
                f"This snapshot has the version {quoted(data.get('version'))}; this TFPlay reads "
                f"versions up to {VERSION}."
            )
        try:
            kept = {"other": None, **data}  # version 1 had no second model
            del kept["version"]
            kept["view"] = View(**kept["view"])
            kept |= {name: datetime.fromisoformat(kept[name]) for name in ("made", "expires")}
            found = cls(**kept)
            is_right = ID.fullmatch(found.id) and all(map(_HASH.fullmatch, found.models))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError("This snapshot is damaged.") from error
        if not is_right:
            raise InputError("This snapshot is damaged.")
        return found
