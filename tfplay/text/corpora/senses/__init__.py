"""Words of two senses in sentences that tell which one is meant."""

from tfplay.lazy import names_on_demand
from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

SENSES = Corpus(
    name="senses",
    title="Words of two senses",
    task="classification",
    explanation=(
        "Sentences with a word that means two things, as the bank of a river and the bank that "
        "keeps money; the label is the sense, which only the words around it tell."
    ),
    generate=made_by("senses.corpus"),
)

__getattr__, __all__ = names_on_demand(__name__, {"corpus": "SENSE_WORDS minimal_pairs"})
