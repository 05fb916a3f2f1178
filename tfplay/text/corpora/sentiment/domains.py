"""What the reviews are about: films, food, books, hotels, phones and more."""

from dataclasses import dataclass

from tfplay.text.corpora.lists import read_lists
from tfplay.text.corpora.sentiment.lexicon import by_polarity


@dataclass(frozen=True)
class Domain:
    """One thing that people review.

    Attributes:
        kind: Which special adjectives fit the whole thing.
        things: Its names, singular and plural.
        aspects: What can be judged about it, by kind; "+" marks a plural.
        facts: Statements about it that praise and blame nothing.
        experiences: Statements of each polarity that only make sense here.
    """

    kind: str
    things: dict[str, str]
    aspects: dict[str, tuple[str, ...]]
    facts: tuple[str, ...]
    experiences: dict[int, tuple[str, ...]]


DOMAINS = [
    Domain(
        kind=domain.text("kind"),
        things=domain.table("things").texts(),
        aspects=domain.table("aspects").lists(),
        facts=domain.words("facts"),
        experiences=by_polarity(domain.table("experiences")),
    )
    for domain in read_lists("sentiment/domains.toml").tables().values()
]
