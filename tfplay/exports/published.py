"""Models of ours as others publish theirs: for `transformers`, or as a GGUF file."""

from pathlib import Path

from tfplay.checkpoints import export
from tfplay.store import Model
from tfplay.store.bundle import card_of
from tfplay.tasks import TrainedModel
from tfplay.tasks.chat.format import learned_template
from tfplay.text import LibraryTokenizer


def write_hugging_face(model: Model, folder: Path) -> dict[str, str]:
    """Writes a folder in the Hugging Face layout; see `export_hugging_face`."""
    trained = model.load()
    family = export.export_hugging_face(
        trained.model,
        trained.tokenizer_or_none,
        folder,
        card_of(model),
        trained.labels,
        _template(trained),
    )
    return {"family": family.title}


def write_gguf(model: Model, path: Path, dtype: str = "float32") -> dict[str, str]:
    """Writes a GGUF file; see `export_gguf`."""
    trained = model.load()
    family = export.export_gguf(
        trained.model, trained.tokenizer, path, model.title, dtype, _template(trained)
    )
    return {"family": family.title}


def _template(trained: TrainedModel) -> str | None:
    """How a chat model that was trained here reads a conversation."""
    is_learned = not isinstance(trained.tokenizer_or_none, LibraryTokenizer)
    return learned_template(trained.tokenizer) if trained.task == "chat" and is_learned else None
