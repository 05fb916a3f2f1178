from tfplay.app import errors_shown, page_header
from tfplay.app.lesson import choose_subject
from tfplay.app.tokens import VIEWS
from tfplay.app.views import choose_view

page_header(
    "Tokens",
    "A model reads numbers, not letters. A **tokenizer** cuts text into pieces that it knows and "
    "replaces each by its number; the numbers are all that a model ever sees.",
)

subject = choose_subject()
view = choose_view({name: view.title for name, view in VIEWS.items()})
with errors_shown():
    VIEWS[view].show(subject)
