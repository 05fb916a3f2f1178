"""WikiGold (Balasuriya et al., 2009): sentences of Wikipedia with their names tagged, CC BY 4.0."""

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tfplay.text import TaggedSentence, read_conll
from tfplay.zoo.open_data import open_data

KINDS = ("PER", "LOC", "ORG")

_BEFORE_DOCUMENT = "-DOCSTART- O\n"


def wikigold(held_out: bool) -> list[TaggedSentence]:
    """Two thirds of its documents, or the third that is held out; which is which, a hash tells.

    Names of other kinds ("MISC") are no names here.

    Raises:
        InputError: The data set is not there.
    """
    text = (open_data("wikigold") / "wikigold.conll.txt").read_text(encoding="utf-8")
    documents = [each for each in text.split(_BEFORE_DOCUMENT) if each.strip()]
    chosen = [each for each in documents if _is_held_out(each) == held_out]
    with TemporaryDirectory() as folder:
        path = Path(folder, "wikigold.conll")
        path.write_text("".join(chosen), encoding="utf-8")
        return [only_kinds(sentence) for sentence in read_conll(path)]


def only_kinds(sentence: TaggedSentence) -> TaggedSentence:
    """The sentence with tags of persons, places and organisations alone."""
    tags = tuple(tag if tag[2:] in KINDS else "O" for tag in sentence.tags)
    return sentence._replace(tags=tags)


def _is_held_out(document: str) -> bool:
    return int.from_bytes(sha256(document.encode()).digest()[:4]) % 3 == 2
