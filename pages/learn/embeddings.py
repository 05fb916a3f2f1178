from tfplay.app.embeddings import VIEWS
from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.lesson import choose_subject, choose_view
from tfplay.app.model.model_code import load_model_code

page_header(
    "Embeddings and position",
    "Each token's id is exchanged for its row of the **embedding matrix**, a vector of numbers "
    "that was learned. With the vector of its **position** added it enters the first block.",
)

subject = choose_subject()
view = choose_view(list(VIEWS))
load_model_code()
with errors_shown():
    VIEWS[view](subject)
