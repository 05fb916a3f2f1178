"""Models taken elsewhere: for other programs, other TFPlays, readers of code, any browser."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "formats": "FORMATS Format as_one_file export_model usual_name",
        "notebook": "as_notebook",
    },
)
