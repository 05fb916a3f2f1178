"""What the pages share: menu, header, choice of a run, cached loaders, live views.

The only package that knows Streamlit. Importing it loads no Keras: pages that need a model load it
when they do.
"""

from tfplay.app.layout import empty_state, errors_shown, metrics_row, page_header, plain
from tfplay.app.runs import (
    choose_run,
    learned_tokenizer,
    linked_run,
    run_example,
    run_labels,
    run_model,
    run_tokenizer,
)
from tfplay.app.samples import PARAGRAPH, sample_pairs, sample_text
from tfplay.app.tokens import MOST_TOKENS, tokens_html

__all__ = [
    "MOST_TOKENS",
    "PARAGRAPH",
    "choose_run",
    "empty_state",
    "errors_shown",
    "learned_tokenizer",
    "linked_run",
    "metrics_row",
    "page_header",
    "plain",
    "run_example",
    "run_labels",
    "run_model",
    "run_tokenizer",
    "sample_pairs",
    "sample_text",
    "tokens_html",
]
