"""What people do, from verbs.toml: English verbs, their Hindi stems, what they are done to."""

from typing import NamedTuple

from tfplay.text.corpora.english_hindi import lexicon
from tfplay.text.corpora.english_hindi.english import EnglishVerb, english_verb
from tfplay.text.corpora.english_hindi.lexicon import Noun, some
from tfplay.text.corpora.lists import read_lists


class Verb(NamedTuple):
    """A verb of both languages.

    Attributes:
        forms: English.
        stem: Hindi, without -ना: "खा".
        ergative: Whether its doer takes ने in the past.
        objects: What it is done to; none if it is intransitive.
        inner: Gender of the noun inside the stem ("मदद कर"), with which the verb agrees in the
            past with ने.
        case: What the person it is done to takes: को, से, पर, का.
    """

    forms: EnglishVerb
    stem: str
    ergative: bool = True
    objects: tuple[Noun, ...] = ()
    inner: str = ""
    case: str = ""

    @property
    def english(self) -> str:
        """The base form, by which the verb is known."""
        return self.forms.base


_LISTS = read_lists("english_hindi/verbs.toml")


def _transitive(key: str, ergative: bool) -> tuple[Verb, ...]:
    """Verbs with a thing as object."""
    return tuple(
        Verb(english_verb(english), stem, ergative, _objects(names))
        for english, stem, names in _LISTS.rows(key, 3)
    )


def _objects(names: str) -> tuple[Noun, ...]:
    """The nouns that are named, and those of the lists that are named in capitals."""
    objects: list[Noun] = []
    for name in names.split(", "):
        if name.isupper() and not hasattr(lexicon, name):
            _LISTS.reject("transitive", f"names {name}, which is no list of nouns")
        objects += getattr(lexicon, name) if name.isupper() else some(name)
    return tuple(objects)


def _in_the_past(key: str, past: str) -> dict[str, bool | str]:
    """What a verb without a thing does in the past: "", "ne", or "m" or "f", an inner gender."""
    if past not in ("", "ne", "m", "f"):
        _LISTS.reject(key, f'tells the past with "", "ne", "m" or "f", not {past!r}')
    return {"ergative": bool(past), "inner": past.removeprefix("ne")}


TRANSITIVE = _transitive("transitive", True) + _transitive("transitive_without_ne", False)
INTRANSITIVE = tuple(
    Verb(english_verb(english), stem, **_in_the_past("intransitive", past))
    for english, stem, past in _LISTS.rows("intransitive", 3, may_end_empty=True)
)
SOCIAL = tuple(
    Verb(english_verb(english), stem, case=case, **_in_the_past("social", past))
    for english, stem, case, past in _LISTS.rows("social", 4, may_end_empty=True)
)

# Some verbs do not suit some sentences; these are their English base forms.
STATIVE = frozenset({"know", "fear", "love", "trust", "respect"})
"""They last, rather than happen."""
UNPROGRESSIVE = STATIVE | {"see", "sit", "wear", "hide"}
"""Nobody is knowing; and somebody who is sitting has sat down in Hindi, बैठा है."""
INVOLUNTARY = STATIVE | {"fall", "lose", "cry", "break", "win"}
"""Nobody wants to, or has to."""
SAME_PAST = frozenset({"read"})
"""Only a time tells "I read" of every day from "I read" of yesterday."""
