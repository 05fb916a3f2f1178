"""Sentences in which words decide one another, for a model that fills in masked words."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

MASKED_WORDS = Corpus(
    name="masked-words",
    title="Words that fit from both sides",
    task="masked-words",
    explanation=(
        "Sentences in which the words before and after a gap decide what stands in it: the animal "
        "by its sound, the tool by its task, he or she by a name. The part cloze has the gaps."
    ),
    generate=made_by("masked_words.corpus"),
    parts=("training", "held-out", "cloze"),
)
