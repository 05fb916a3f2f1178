"""Words that a vocabulary has never met, or that are misspelt."""

from collections.abc import Mapping

import streamlit as st

from tfplay.app.frame.layout import controls
from tfplay.app.frame.text_box import linked_text_box
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.tokens.choice import choose_tokenizers
from tfplay.text import Tokenizer

WORDS_KEY = "new words"
"""Of the widget in `st.session_state`."""

LONGEST_WORDS = 2000  # characters, of all of them

EXAMPLES = {
    "Known and new": "friend friends friendly unfriendly friendlessness Zorimel",
    "Misspelt": "believe beleive believ unbelievable unbeleivable",
    "Pieces of words": "play playing player replay happy happily unhappily",
    "Other scripts": "दोस्त दोस्तों dost Freundschaft 友達 🙂",
}
WORDS = (
    "There is no end of words: names, new ones, misspelt ones. A vocabulary of whole words has "
    "only one answer to them, **unknown**, and all that they said is lost. Subwords build any word "
    "from pieces that are known: the rarer the word, the more pieces. Misspell one, and it falls "
    "apart into others, which the model has then to make sense of. Where a cut falls is a matter "
    "of counting, not of grammar: the pieces are often no stems or endings."
)
FORMULA = (
    r"\text{word} = p_1 p_2 \dots p_k, \quad p_i \in \mathcal{V}, \qquad "
    r"\text{or [UNK] if there is no such split}"
)


def new_words_view(subject: Subject) -> None:
    """What each tokenizer does with words that it may not know."""
    usual = EXAMPLES["Known and new"]
    with controls("words"):
        box = linked_text_box("Words", WORDS_KEY, LONGEST_WORDS, usual, "words", st.text_input)
    words = box.split()
    tokenizers = choose_tokenizers(subject)
    if not words:
        st.info("There are no words to cut.")
        return
    st.dataframe(word_table(tokenizers, words), hide_index=True, key="words")
    with below_picture("words", WORDS, FORMULA):
        exports("words", table=lambda: word_table(tokenizers, words))
    tries({label: {WORDS_KEY: words} for label, words in EXAMPLES.items()})
    source_caption(
        subject,
        "the first column with its own vocabulary. Each word is cut as after a space; · stands "
        "between tokens, and (3) says how many there are.",
    )


def word_table(tokenizers: Mapping[str, Tokenizer], words: list[str]) -> list[dict[str, str]]:
    """The tokens of each word, a row a word and a column a tokenizer."""
    columns = {name: _cut(tokenizer, words) for name, tokenizer in tokenizers.items()}
    return [
        {"word": word} | {name: cuts[index] for name, cuts in columns.items()}
        for index, word in enumerate(words)
    ]


def _cut(tokenizer: Tokenizer, words: list[str]) -> list[str]:
    """Each word's tokens; a byte-pair vocabulary has most words with the space before them."""
    before = " " if tokenizer.space_in_word else ""
    cuts = []
    for ids in tokenizer.tokenize_batch(before + word for word in words):
        labels = [label.removeprefix("##") for label in tokenizer.labels(ids)]
        if len(labels[0]) > 1:
            labels[0] = labels[0].removeprefix("␣")
        cuts.append(f"{' · '.join(labels)} ({len(ids)})")
    return cuts
