"""TFPlay: a transformer playground whose every component is a Keras 3 layer.

Importing this package is cheap. `tfplay.load` opens a model by its name or its files,
`tfplay.adopt` takes in a Keras model that is at hand, `tfplay.open` shows one in the app, and
`tfplay.show` shows the attention of any Keras model in a notebook. `import tfplay.models` registers
the layers and models with Keras, so that `keras.saving.load_model` finds them.
"""

from tfplay.lazy import names_on_demand

__version__ = "0.1.0"

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "store.loading": "load",
        "store.adopting": "adopt",
        "showing.show_model": "show",
        "running": "open",
    },
)
