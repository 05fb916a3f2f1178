"""TFPlay: a transformer playground whose every component is a Keras 3 layer.

Importing this package is cheap. As soon as Keras is imported too, the layers and models register
themselves with it, so that ``keras.saving.load_model`` finds them.
"""

import importlib
import sys
from types import ModuleType

import wrapt

__version__ = "0.1.0"


def _register_models(imported: ModuleType) -> None:
    # Keras may arrive while tfplay.layers is half imported: then wait for the end of that.
    if imported.__name__ == "tfplay.layers" or "tfplay.layers" not in sys.modules:
        importlib.import_module("tfplay.models")


for _name in ("keras", "tfplay.layers"):
    wrapt.register_post_import_hook(_register_models, _name)
