"""Models that others made with Keras, from their `.keras` and `.weights.h5` files.

Nothing of a file is run: no class is looked up by its name, no `load_model`, no `from_config`.
"""
