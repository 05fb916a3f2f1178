"""What can be changed about a model: its name, and whether it is here."""

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.visitor import (
    is_mine,
    owns,
    require_at_home,
    require_mine,
    require_own,
)
from tfplay.app.models.choosing import choose_next
from tfplay.hosting import is_hosted
from tfplay.store import (
    Model,
    Run,
    bring_back,
    delete_opened,
    find_run,
    forget_set_aside,
    rename_opened,
    rename_run,
    set_aside,
)
from tfplay.store.runs import LONGEST_NAME

_DELETED = "deleted models"


def model_controls(model: Model) -> None:
    """Rename and delete, for whoever may."""
    if model.origin == "opened":
        if owns(model):
            _copy_controls(model)
        elif model.owner is None and not is_hosted():
            _opened_controls(model)
    elif (run := find_run(model.id)) and is_mine(run):
        _run_controls(run)


def deleted_models() -> None:
    """What the visitor has deleted, to be brought back; what others did before is now forgotten."""
    if _DELETED not in st.session_state:
        st.session_state[_DELETED] = {}
        if not is_hosted():
            forget_set_aside()
    for name, title in list(st.session_state[_DELETED].items()):
        with (
            st.container(border=True, horizontal=True, vertical_alignment="center"),
            errors_shown(then_stop=False),
        ):
            st.markdown(f"{plain(title)} was deleted.")
            if st.button("Undo", icon=":material/undo:", key=f"bring back {name}"):
                del st.session_state[_DELETED][name]
                require_at_home()
                bring_back(name)
                choose_next(name)
                st.rerun()


def _copy_controls(model: Model) -> None:
    with st.container(horizontal=True), errors_shown(then_stop=False):
        _rename_opened(model)
        if st.button("Delete for good", icon=":material/delete:", key=f"delete {model.id}"):
            require_own(model)
            delete_opened(model)
            st.query_params.pop("run", None)
            st.rerun()


def _rename_opened(model: Model) -> None:
    if (name := _new_name(model.id, model.title)) is not None:
        require_own(model)
        rename_opened(model, name)
        st.rerun()


def _opened_controls(model: Model) -> None:
    with st.container(horizontal=True), errors_shown(then_stop=False):
        _rename_opened(model)
        if st.button("Delete", icon=":material/delete:", key=f"delete {model.id}"):
            require_own(model)
            set_aside(model)
            st.session_state[_DELETED][model.id] = model.title
            st.query_params.pop("run", None)
            st.rerun()


def _run_controls(run: Run) -> None:
    with st.container(horizontal=True), errors_shown(then_stop=False):
        if (name := _new_name(run.id, run.config.name, run.title)) is not None:
            require_mine(run)
            rename_run(run, name)
            st.rerun()
        st.page_link(
            pages.RUNS,
            label="Compare, share or delete its run",
            icon=":material/stacked_line_chart:",
            query_params={"compare": run.id},
        )


def _new_name(model_id: str, name: str, usual: str = "") -> str | None:
    """The name that the visitor gives it just now; of a run, empty is its usual title."""
    with st.popover("Rename", icon=":material/edit:"), st.form(f"name {model_id}", border=False):
        new_name = st.text_input("Name", name, max_chars=LONGEST_NAME, placeholder=usual)
        return new_name if st.form_submit_button("Rename", type="primary") else None
