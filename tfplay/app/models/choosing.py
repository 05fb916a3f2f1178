"""All models at hand, as a table, and the choice of one."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from tfplay.app.model.choosing import choose_model, model_labels, models_at_hand
from tfplay.app.models.facts import ORIGINS, float32_bytes, task_title
from tfplay.store import Model
from tfplay.tasks import TASKS

_PURPOSE = "to see its card"


def choose_any_model() -> Model | None:
    """The table of all models, and the one that the visitor chooses; `None` if there is none.

    The choice is kept in the page's address, `?run=...`.
    """
    models = models_at_hand()
    if not models:
        st.info("There is no model yet: train one, or fetch one.", icon=":material/info:")
        return None
    _table(models)
    tasks = dict.fromkeys([*TASKS, *(model.task for model in models)])
    return choose_model(*tasks, purpose=_PURPOSE, is_usable=lambda model: True)


def choose_next(model_id: str) -> None:
    """Has this model chosen, from the page's next run on."""
    st.session_state[f"model {_PURPOSE}"] = model_id


def _table(models: Sequence[Model]) -> None:
    column = st.column_config
    labels = model_labels(models)
    st.dataframe(
        [_row(model, labels[model.id]) for model in models],
        column_config={
            "Model": column.TextColumn(width=180, pinned=True),
            "Parameters": column.NumberColumn(format="localized"),
            "Memory": column.NumberColumn(
                format="%.1f MB", help="Of its weights once they are loaded, in float32."
            ),
        },
        hide_index=True,
        placeholder="–",
        alt="The models, with what is known of each",
    )


def _row(model: Model, label: str) -> dict[str, Any]:
    return {
        "Model": label,
        "Task": task_title(model),
        "Architecture": model.config.architecture,
        "Parameters": model.parameters,
        "Memory": float32_bytes(model) / 1e6,
        "Licence": model.licence or None,
        "From": ORIGINS[model.origin],
    }
