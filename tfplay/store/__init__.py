"""What is kept on disk: models, the runs that trained them, and conversations.

Importing it loads no Keras: a list of runs shows at once.
"""

from tfplay.home import home
from tfplay.store.adopting import largest_difference
from tfplay.store.bundle import write_bundle
from tfplay.store.corpora import write_corpus
from tfplay.store.differences import (
    difference_labels,
    differing_settings,
    name_runs,
    run_settings,
    setting_text,
)
from tfplay.store.keras_models import add_keras_file, keep_keras_model
from tfplay.store.model import LearnedFrom, Model
from tfplay.store.models import find_model, open_model
from tfplay.store.opened import (
    Origin,
    add_model,
    delete_opened,
    fetch_hub_model,
    fetch_model,
    find_opened,
    list_opened,
    rename_opened,
)
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
from tfplay.store.set_aside import bring_back, forget_set_aside, set_aside
from tfplay.store.snapshots import plan_snapshots
from tfplay.store.starting import start_from_model, starting_tokenizer
from tfplay.store.status import DIVERGED, Status

__all__ = [
    "DIVERGED",
    "SHIPPED",
    "DamagedRun",
    "LearnedFrom",
    "Model",
    "Origin",
    "Run",
    "Status",
    "add_keras_file",
    "add_model",
    "bring_back",
    "create_run",
    "delete_opened",
    "delete_run",
    "difference_labels",
    "differing_settings",
    "fetch_hub_model",
    "fetch_model",
    "find_model",
    "find_opened",
    "find_run",
    "forget_set_aside",
    "home",
    "keep_keras_model",
    "largest_difference",
    "list_damaged",
    "list_opened",
    "list_runs",
    "list_shipped",
    "name_runs",
    "open_model",
    "open_run",
    "pack_run",
    "pin_run",
    "plan_snapshots",
    "rename_opened",
    "rename_run",
    "run_settings",
    "secure_home",
    "set_aside",
    "setting_text",
    "start_from_model",
    "starting_tokenizer",
    "write_bundle",
    "write_corpus",
]
