"""The same text through several tokenizers."""

from collections.abc import Mapping, Sequence

import streamlit as st

from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.tokens.choice import SIZE_KEY, SOURCE_KEY, choose_tokenizers
from tfplay.app.widgets.token_rows import row_of, token_rows
from tfplay.text import Piece, Tokenizer
from tfplay.text.typed import TypedText
from tfplay.text.words import normalize

WORDS = (
    "A tokenizer cuts text into **tokens** and gives each its **id**, its place in the vocabulary, "
    "which was fixed before training. An id means nothing by itself: it only says which row of the "
    "embedding matrix to take. Short tokens make long sequences; long tokens need a large "
    "vocabulary."
)
FORMULA = (
    r"\text{text} \to (i_1, \dots, i_T), \quad i_t \in \{0, \dots, V - 1\} \qquad "
    r"\text{characters per token} = \frac{\text{characters}}{T}"
)


def side_by_side_view(subject: Subject) -> None:
    """Coloured pieces with their ids, a row for each tokenizer, and their counts."""
    tokenizers = choose_tokenizers(subject)
    pieces = {name: each.pieces(subject.text) for name, each in tokenizers.items()}
    if not any(pieces.values()):
        st.info("There is no text above.")
        below_picture("tokens", WORDS, FORMULA)
        return
    token_rows([row_of(name, tokenizers[name], each) for name, each in pieces.items()], "rows")
    st.caption(
        "␣ is a space, ⏎ a line break, ⇥ a tab; ## says that no space stands before; <E0> is a "
        "byte that is no letter alone. Framed: unknown, all of it becomes the same token."
    )
    st.dataframe(
        counts(tokenizers, pieces, len(normalize(subject.text))),
        hide_index=True,
        column_config={
            "characters per token": st.column_config.NumberColumn(format="%.2f"),
            "vocabulary": st.column_config.NumberColumn(format="localized"),
        },
        key="counts",
    )
    with below_picture("tokens", WORDS, FORMULA):
        exports("tokens", table=lambda: token_table(subject.text, pieces))
    tries(
        {
            "Hindi": {subject.text_key: "हम दोस्त हैं। क्षमा कीजिए!"},
            "Emoji": {subject.text_key: "Yes 🙂 no 👩‍👩‍👧 café 🇮🇳"},
            "Spaces and line breaks": {subject.text_key: "def f(x):\n\treturn  x + 12345"},
            "A larger vocabulary": {SIZE_KEY: 4000},
            "Learned from this text alone": {SOURCE_KEY: "own", SIZE_KEY: 300},
        }
    )
    source_caption(
        subject, "the first row with its own vocabulary; the others do not depend on the model."
    )


def counts(
    tokenizers: Mapping[str, Tokenizer], pieces: Mapping[str, Sequence[Piece]], characters: int
) -> list[dict]:
    """What each tokenizer makes of a text, in numbers."""
    rows = []
    for name, found in pieces.items():
        ids = [piece.token_id for piece in found]
        unknown_id = tokenizers[name].unknown_id
        rows.append(
            {
                "tokenizer": name,
                "tokens": len(ids),
                "characters per token": characters / max(len(ids), 1),
                "unknown": sum(each == unknown_id for each in ids),
                "different tokens": len(set(ids)),
                "vocabulary": tokenizers[name].vocabulary_size,
            }
        )
    return rows


def token_table(text: str, pieces: Mapping[str, Sequence[Piece]]) -> list[dict]:
    """Every token of every tokenizer, a row each, with its place in the text as it is typed."""
    typed = TypedText(text)
    places = {
        name: [typed.place_typed((piece.start, piece.end)) for piece in found]
        for name, found in pieces.items()
    }
    return [
        {
            "tokenizer": name,
            "position": position,
            "token": piece.token,
            "id": piece.token_id,
            "first character": places[name][position][0],
            "end": places[name][position][1],
        }
        for name, found in pieces.items()
        for position, piece in enumerate(found)
    ]
