"""What is kept on disk: models, the runs that trained them, and conversations.

Importing it loads no Keras: a list of runs shows at once.
"""

from tfplay.home import home
from tfplay.store.corpora import write_corpus
from tfplay.store.differences import (
    difference_labels,
    differing_settings,
    name_runs,
    run_settings,
    setting_text,
)
from tfplay.store.model import LearnedFrom, Model
from tfplay.store.models import find_model, open_model
from tfplay.store.package import pack_run
from tfplay.store.run import SHIPPED, Run
from tfplay.store.runs import (
    DamagedRun,
    create_run,
    delete_run,
    find_run,
    list_damaged,
    list_runs,
    list_shipped,
    open_run,
    pin_run,
    rename_run,
    secure_home,
)
from tfplay.store.snapshots import plan_snapshots
from tfplay.store.status import DIVERGED, Status

__all__ = [
    "DIVERGED",
    "SHIPPED",
    "DamagedRun",
    "LearnedFrom",
    "Model",
    "Run",
    "Status",
    "create_run",
    "delete_run",
    "difference_labels",
    "differing_settings",
    "find_model",
    "find_run",
    "home",
    "list_damaged",
    "list_runs",
    "list_shipped",
    "name_runs",
    "open_model",
    "open_run",
    "pack_run",
    "pin_run",
    "plan_snapshots",
    "rename_run",
    "run_settings",
    "secure_home",
    "setting_text",
    "write_corpus",
]
