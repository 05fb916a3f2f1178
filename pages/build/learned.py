from tfplay.app.frame.layout import page_header
from tfplay.app.learned import NEXT_TOKEN_TASKS, VIEWS, learned_view
from tfplay.app.lesson import TEXT_TASKS, choose_view
from tfplay.app.model.choosing import choose_model
from tfplay.app.sharing import share_charts
from tfplay.app.widgets.chart import note_drawn

page_header(
    "What it learned",
    "A model kept its weights at some steps of its training. Measured one after the other, these "
    "**snapshots** show what was learned when: first how often tokens come, then which follow "
    "which, and in the end what only a longer context tells.",
)

note_drawn()
model = choose_model(
    *dict.fromkeys((*NEXT_TOKEN_TASKS, *TEXT_TASKS)),
    purpose="to watch learning",
    is_usable=lambda model: len(model.steps()) > 1,
)
views = {name: view for name, view in VIEWS.items() if model.task in view.tasks}
chosen = choose_view(
    list(views),
    "What to look at",
    format_func=lambda name: views[name].title,
    label_visibility="collapsed",
)
learned_view(model, chosen)
share_charts("learning")
