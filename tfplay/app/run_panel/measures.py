"""What is measured of a run: how each figure is called and written."""

from typing import Any, NamedTuple

from tfplay.store import Run, Status


class Measure(NamedTuple):
    """A figure of a run."""

    title: str
    form: str
    """As `format` takes it."""

    @property
    def column_format(self) -> str:
        """The same for a column of numbers."""
        if self.form.endswith("%"):
            return "percent"
        return "localized" if self.form.startswith(",") else f"%{self.form}"


MEASURES = {
    "train_loss": Measure("Training loss", ".3f"),
    "validation_loss": Measure("Validation loss", ".3f"),
    "perplexity": Measure("Perplexity", ".2f"),
    "bleu": Measure("BLEU", ".1f"),
    "chrf": Measure("chrF", ".1f"),
    "exact_match": Measure("Exact match", ".1%"),
    "accuracy": Measure("Accuracy", ".1%"),
    "f1": Measure("F1", ".1%"),
    "macro_f1": Measure("Macro F1", ".1%"),
    "tokens_per_second": Measure("Tokens per second", ",.0f"),
}
"""By their names in the result of a run."""


SCORES = ("perplexity", "bleu", "chrf", "accuracy", "f1", "macro_f1")
"""Those of tasks that simpler methods have too."""


def run_figures(run: Run, status: Status) -> dict[str, Any]:
    """What came of the run, or what has so far, by the names of the result; `None` if unknown."""
    if status.result:
        return status.result
    now = status.progress
    if now is None:
        return {}
    validated = [row["validation_loss"] for row in run.metrics()]
    known = [loss for loss in validated if loss is not None]
    return {
        "steps": now["step"],
        "seconds": now["seconds"],
        "tokens_per_second": now["tokens_per_second"] or None,
        "train_loss": now["loss"],
        "validation_loss": known[-1] if known else None,
    }


def figure_text(value: float) -> str:
    """A share as percent; perplexity, BLEU and chrF as they are."""
    return f"{value:.1%}" if value <= 1 else f"{value:.1f}"
