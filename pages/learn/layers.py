from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.layers import VIEWS, choose_asked
from tfplay.app.lesson import choose_subject, choose_view, traced

page_header(
    "Layers",
    "A vector for each token runs through all blocks, and every block adds something to it. Here "
    "one answer is followed back: where it comes up, who pushes it, and what it rests on.",
)

subject = choose_subject()
with errors_shown():
    found = traced(subject)
view = choose_view(list(VIEWS))
asked = choose_asked(subject, found)
VIEWS[view](subject, found, asked)
