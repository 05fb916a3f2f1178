"""Models taken elsewhere: as files for Keras, other programs, other TFPlays, or readers of code."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__, {"formats": "FORMATS Format as_one_file export_model", "notebook": "as_notebook"}
)
