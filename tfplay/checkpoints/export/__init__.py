"""Models of ours in the layouts that others publish in."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__, {"gguf": "export_gguf", "hugging_face": "export_hugging_face"}
)
