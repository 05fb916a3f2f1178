"""A model in a format for elsewhere, made when it is asked for and then offered to download."""

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.model.model_code import import_model_code
from tfplay.app.models.facts import float32_bytes, megabytes
from tfplay.exports import FORMATS, as_one_file
from tfplay.store import Model

_MADE = "model taken away"
_MOST_BYTES = 200e6
"""Of weights, which a browser is sent at once; larger models are written on the command line."""


def away_view(model: Model) -> None:
    """The choice of a format, a button that makes the file, and the file."""
    if not model.is_usable:
        return
    with (
        st.expander("Take it away", icon=":material/download:"),
        errors_shown(then_stop=False),
    ):
        if not model.is_downloadable:
            st.caption("Whoever shared this model lets others use it here, not download it.")
            return
        name = st.selectbox(
            "Format",
            list(FORMATS),
            format_func=lambda name: FORMATS[name].title,
            key=f"format of {model.id}",
        )
        st.caption(FORMATS[name].about)
        if size_of := FORMATS[name].size:
            st.caption(f"The file takes about {megabytes(size_of(model))}.")
        if float32_bytes(model) > _MOST_BYTES:
            st.markdown(
                f"Its weights take {megabytes(float32_bytes(model))}, too much for a browser: "
                f"`tfplay models export {model.id} --to {name} --out PATH` writes them."
            )
            return
        if st.button("Make the file", icon=":material/package_2:", key=f"make {model.id}"):
            st.session_state.pop(_MADE, None)
            with st.spinner("Making it, and asking it what the model answers …"):
                import_model_code()
                st.session_state[_MADE] = (model.version, name, *as_one_file(model, name))
        _download(model, name)


def _download(model: Model, name: str) -> None:
    """The file that was made last, if it is of this model and format."""
    version, made, file_name, content = st.session_state.get(_MADE, (None, None, "", b""))
    if (version, made) == (model.version, name):
        st.download_button(
            f"Download {file_name}",
            content,
            file_name,
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )
