"""What the pages share: menu, header, choice of a model, cached loaders, live views.

The only package that knows Streamlit. Importing it loads no Keras: pages that need a model load it
when they do.
"""

from tfplay.app.examples import run_example, run_examples
from tfplay.app.layout import empty_state, errors_shown, metrics_row, page_header, plain
from tfplay.app.loading import learned_tokenizer, run_tokenizer, run_trained
from tfplay.app.runs import choose_run, linked_run, linked_task, run_labels, usable_runs
from tfplay.app.samples import PARAGRAPH
from tfplay.app.steps import choose_step
from tfplay.app.task_views import TASK_VIEWS
from tfplay.app.visitor import is_mine, my_runs

__all__ = [
    "PARAGRAPH",
    "TASK_VIEWS",
    "choose_run",
    "choose_step",
    "empty_state",
    "errors_shown",
    "learned_tokenizer",
    "is_mine",
    "linked_run",
    "linked_task",
    "metrics_row",
    "my_runs",
    "page_header",
    "plain",
    "run_example",
    "run_examples",
    "run_labels",
    "run_tokenizer",
    "run_trained",
    "usable_runs",
]
