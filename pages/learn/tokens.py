from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.lesson import choose_subject, choose_view
from tfplay.app.tokens import VIEWS

page_header(
    "Tokens",
    "A model reads numbers, not letters. A **tokenizer** cuts text into pieces that it knows and "
    "replaces each by its number; the numbers are all that a model ever sees.",
)

subject = choose_subject()
view = choose_view(list(VIEWS))
with errors_shown():
    VIEWS[view](subject)
