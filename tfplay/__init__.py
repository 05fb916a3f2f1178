"""TFPlay: a transformer playground whose every component is a Keras 3 layer.

Importing this package is cheap: it has the version alone. `import tfplay.models` registers the
layers and models with Keras, so that `keras.saving.load_model` finds them.
"""

__version__ = "0.1.0"
