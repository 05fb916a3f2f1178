"""Which tokenizers to look at, and what those learned on the spot have learned from."""

from typing import Any

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import controls
from tfplay.app.frame.state import choose_one, kept_number
from tfplay.app.lesson import TEXT_TASKS, Subject
from tfplay.app.model.choosing import model_labels, usable_models
from tfplay.app.model.loading import learned_tokenizer, source_tokenizer_of
from tfplay.app.tokens.samples import PARAGRAPH
from tfplay.text import TOKENIZERS, Tokenizer
from tfplay.text.corpora import CORPORA
from tfplay.text.tokenizers import published_at_hand

NAMES = {
    "character": "Characters",
    "word": "Words",
    "byte-pair": "Byte pairs (as GPT does)",
    "wordpiece": "WordPiece (as BERT does)",
}

OWN, BUILT_IN = "own", "built-in"
SAMPLES = ("english-hindi", "stories", "conversations")
SAMPLE_SIZE = 300  # examples

TOKENIZERS_KEY, SOURCE_KEY, SIZE_KEY = "tokenizers", "learn from", "vocabulary size"
"""Of the widgets in `st.session_state`."""


def choose_tokenizers(subject: Subject) -> dict[str, Tokenizer]:
    """Lets the visitor choose tokenizers; by their names, the chosen model's own first.

    Raises:
        InputError: There is no text to learn from, or the vocabulary is too small for it.
    """
    published = vocabularies_at_hand()
    models = usable_models(TEXT_TASKS)
    labels = {each: f"of “{label}”" for each, label in model_labels(models.values()).items()}
    options = [*TOKENIZERS, *published, *(each for each in models if each != subject.model.id)]
    usual = [*TOKENIZERS, *published]
    begin_linked("tokenizers", TOKENIZERS_KEY, usual, lambda text: text.split(","))
    kept = [each for each in st.session_state[TOKENIZERS_KEY] if each in options]
    st.session_state[TOKENIZERS_KEY] = kept
    row = controls("tokenizers")
    with row, st.popover("Tokenizers", icon=":material/segment:"):
        chosen = st.multiselect(
            "Tokenizers beside the model's own",
            options,
            format_func=lambda each: NAMES.get(each) or labels.get(each) or each,
            key=TOKENIZERS_KEY,
        )
    keep_linked("tokenizers", TOKENIZERS_KEY, usual, ",".join)
    found = {labels.get(subject.model.id, "of the model"): source_tokenizer_of(subject.model)}
    if set(chosen) & set(TOKENIZERS):
        with row:
            source, size = choose_vocabulary()
        text = learning_text(source, subject.text)
        found |= {
            NAMES[kind]: learned_tokenizer(kind, text, size)
            for kind in chosen
            if kind in TOKENIZERS
        }
    found |= {name: published[name] for name in chosen if name in published}
    return found | {
        labels[each]: source_tokenizer_of(models[each]) for each in chosen if each in models
    }


def choose_vocabulary() -> tuple[str, int]:
    """Lets the visitor choose what is learned from, and the largest vocabulary."""
    source = choose_one(
        *("Learned here from", [*SAMPLES, BUILT_IN, OWN], SAMPLES[0], SOURCE_KEY, st.selectbox),
        link="learn_from",
        format_func=_source_name,
    )
    size = kept_number(
        "Largest vocabulary",
        **{"low": 300, "high": 8000, "usual": 1000, "step": 100},
        name="vocabulary",
        key=SIZE_KEY,
        width=280,
        help="A larger vocabulary has longer tokens, as far as the text gives reason for them.",
    )
    return source, size


def _source_name(source: str) -> str:
    if source in SAMPLES:
        return f"{CORPORA[source].title}, {SAMPLE_SIZE:,} examples"
    return {OWN: "the text above", BUILT_IN: "a paragraph"}[source]


def learning_text(source: str, own: str) -> str:
    """The text of a source; of a sample its training part."""
    if source in SAMPLES:
        return sample_text(source, "training", SAMPLE_SIZE)
    return {OWN: own, BUILT_IN: PARAGRAPH}[source]


@st.cache_data(max_entries=8, show_spinner="Making the sample …")
def sample_text(corpus: str, part: str, count: int) -> str:
    """All that stands in so many examples, line by line."""
    examples = CORPORA[corpus].examples(part, count, seed=0)
    return "\n".join(line for example in examples for line in _lines(example))


def _lines(example: Any) -> list[str]:
    """A story; a sentence and its translation; or the messages of a conversation."""
    if isinstance(example, str):
        return [example]
    return [each if isinstance(each, str) else each["content"] for each in example]


@st.cache_resource(show_spinner="Reading the vocabularies of GPT-2 and BERT …")
def vocabularies_at_hand() -> dict[str, Tokenizer]:
    """GPT-2's and BERT's tokenizers, if their files are on this machine."""
    return published_at_hand()
