import streamlit as st

from tfplay.app import (
    MOST_TOKENS,
    PARAGRAPH,
    TASK_VIEWS,
    errors_shown,
    learned_tokenizer,
    metrics_row,
    page_header,
    run_labels,
    run_tokenizer,
    tokens_html,
    usable_runs,
)
from tfplay.text import TOKENIZERS

NAMES = {
    "character": "Characters",
    "word": "Words",
    "byte-pair": "Byte pairs (as GPT does)",
    "wordpiece": "WordPiece (as BERT does)",
}

page_header(
    "Tokens",
    "A tokenizer cuts text into **tokens** and gives each its **id**, its place in the vocabulary. "
    "The ids are all that a model ever sees.",
)

runs = usable_runs([task for task in TASK_VIEWS if task != "images"])
labels = run_labels(runs.values())
text = st.text_area("Text", PARAGRAPH, height=140, key="text")
left, right = st.columns(2)
choice = left.selectbox(
    "Tokenizer",
    [*TOKENIZERS, *runs],
    index=1,
    format_func=lambda option: NAMES.get(option) or f"of the model {labels[option]}",
)

with errors_shown():
    if choice in runs:
        tokenizer = run_tokenizer(runs[choice])
    else:
        size = right.slider(
            "Largest vocabulary",
            300,
            4000,
            500,
            step=100,
            help="The tokenizer is learned anew, here and now. A larger vocabulary has longer "
            "tokens, as far as the text gives reason for them.",
        )
        own = right.toggle("Learn from my text, not from the built-in paragraph", value=True)
        tokenizer = learned_tokenizer(choice, text if own else PARAGRAPH, size)
    pieces = tokenizer.pieces(text)

ids = {piece.token_id for piece in pieces}
metrics_row(
    {
        "Tokens": f"{len(pieces):,}",
        "Different tokens": f"{len(ids):,}",
        "Characters": f"{len(text):,}",
        "Characters per token": f"{len(text) / len(pieces):.2f}" if pieces else "–",
        "Vocabulary size": f"{tokenizer.vocabulary_size:,}",
    }
)

st.html(tokens_html(pieces, tokenizer.unknown_id))
if len(pieces) > MOST_TOKENS:
    st.caption(f"The first {MOST_TOKENS:,} of {len(pieces):,} tokens are shown.")
if tokenizer.unknown_id in ids:
    st.caption("Framed: what this vocabulary does not have. All of it becomes the same token.")

with st.expander("As a table"):
    st.dataframe([{"token": piece.token, "id": piece.token_id} for piece in pieces])
