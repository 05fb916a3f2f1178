from tfplay.app.block import (
    activation_view,
    alone_view,
    choose_block,
    norms_view,
    shifted_view,
    walkthrough,
)
from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.lesson import choose_subject, view_tabs

page_header(
    "Inside a block",
    "A block lets the tokens look at each other (**attention**), then works on each by itself "
    "(**feed-forward network**), and adds both to what was there. Walk through every matrix, open "
    "any cell to the sum behind it, and break something to see what it was good for.",
)

with errors_shown():
    chosen = choose_block(choose_subject())
walkthrough(chosen)
views = {
    "Each token alone": alone_view,
    "Layer norm": norms_view,
    "GELU and ReLU": activation_view,
    "Shifted right in training": shifted_view,
}
for tab, view in zip(view_tabs(list(views)), views.values(), strict=True):
    with tab:
        view(chosen)
