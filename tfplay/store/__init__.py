"""What is kept on disk: runs, from the recipe to the trained model.

Importing it loads no Keras: a list of runs shows at once.
"""

from tfplay.store.files import home
from tfplay.store.recipe import MODEL_FIELDS, TRAINING_FIELDS, Recipe, default_recipe
from tfplay.store.run import SHIPPED, Run, Status
from tfplay.store.runs import create_run, delete_run, list_runs, list_shipped, open_run

__all__ = [
    "MODEL_FIELDS",
    "SHIPPED",
    "TRAINING_FIELDS",
    "Recipe",
    "Run",
    "Status",
    "create_run",
    "default_recipe",
    "delete_run",
    "home",
    "list_runs",
    "list_shipped",
    "open_run",
]
