"""What can be done with the chosen runs; what changes them, only with the visitor's own."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from tfplay import jobs
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.visitor import is_mine, require_mine
from tfplay.app.recipe.link import recipe_query, recipe_texts
from tfplay.app.run_panel.view import model_links
from tfplay.app.runs.architectures import architectures_button
from tfplay.store import Run, delete_run, pack_run, pin_run, rename_run
from tfplay.store.runs import LONGEST_NAME


def run_controls(chosen: Sequence[Run]) -> None:
    """Buttons and links for the chosen runs."""
    mine = [run for run in chosen if is_mine(run)]
    if len(chosen) == 1:
        _links(chosen[0])
    with st.container(horizontal=True, vertical_alignment="center"), errors_shown(then_stop=False):
        if len(mine) == 1:
            _rename(mine[0])
        if mine:
            _pin(mine)
            architectures_button(mine)
            _stop_or_delete(mine)
    if chosen and len(mine) < len(chosen):
        others = len(chosen) - len(mine)
        st.caption(f"{others} of the chosen runs are not yours: to look at, not to change.")


def _links(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if not run.is_shipped:
            query = {"run": run.id}
            st.page_link(pages.TRAIN, label="Details", icon=":material/info:", query_params=query)
            query = recipe_query(run.recipe, run)
            label = "Duplicate recipe"
            st.page_link(
                pages.TRAIN, label=label, icon=":material/content_copy:", query_params=query
            )
            _recipe_link(run)
        if run.is_usable:
            model_links(run.model)
            st.download_button(
                "Model",
                partial(pack_run, run),
                f"{run.id}.zip",
                "application/zip",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                help="Model, tokenizer and recipe; unpacked, the command line can use it.",
            )


def _recipe_link(run: Run) -> None:
    """A link with the whole recipe in it, which also opens where this run is not."""
    popover = st.popover(
        "Share recipe",
        icon=":material/ios_share:",
        key=f"recipe of {run.id}",
        on_change="rerun",
    )
    if popover.open:  # to find out what the recipe sets otherwise than its task loads Keras
        with popover:
            recipe_texts(run.recipe)


def _rename(run: Run) -> None:
    with st.popover("Rename", icon=":material/edit:"), st.form(f"name {run.id}", border=False):
        name = st.text_input(
            "Name",
            run.config.name,
            max_chars=LONGEST_NAME,
            placeholder=run.title,
            help="Empty: named by what differs.",
        )
        if st.form_submit_button("Rename", type="primary"):
            require_mine(run)
            rename_run(run, name)
            st.rerun()


def _pin(runs: Sequence[Run]) -> None:
    are_pinned = all(run.config.is_pinned for run in runs)
    label = "Unpin" if are_pinned else "Pin"
    if st.button(label, icon=":material/keep:", help="Pinned runs stand first."):
        require_mine(*runs)
        for run in runs:
            pin_run(run, not are_pinned)
        st.rerun()


def _stop_or_delete(runs: Sequence[Run]) -> None:
    active = [run for run in runs if run.status().is_active]
    if active and st.button("Stop", icon=":material/stop_circle:"):
        require_mine(*active)
        for run in active:
            jobs.stop(run)
        st.rerun()
    count = f"{len(runs)} runs" if len(runs) > 1 else plain(runs[0].title)
    with st.popover("Delete", icon=":material/delete:", disabled=bool(active)):
        st.markdown(f"**{count}**: model, tokenizer and data copy will be gone.")
        if st.button("Delete for good", type="primary", key="delete for good"):
            require_mine(*runs)
            for run in runs:
                delete_run(run)
            st.rerun()
