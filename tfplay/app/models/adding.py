"""A model of the visitor's own, uploaded as a file."""

import re
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.locks import upload
from tfplay.app.models.keras_file import hold_keras_file, keras_file_view
from tfplay.app.models.uploads import in_words_without
from tfplay.app.models.work import is_at_work, start_work, work_view
from tfplay.checkpoints.fetching import IsCancelled, OnProgress
from tfplay.errors import InputError
from tfplay.hosting import may_import
from tfplay.store import Model, Origin, add_model, find_model
from tfplay.store.files import writing_told
from tfplay.store.runs import LONGEST_NAME

_PLACE = "upload"
_NOT_OF_A_NAME = re.compile(r"[^\w.-]+")


def add_view() -> None:
    """Lets the visitor upload a model in one of the formats that are read."""
    if not may_import():
        st.caption("Strangers share this server, so no models are added to it.")
        return
    most = st.get_option("server.maxUploadSize")
    with st.form("add a model"), errors_shown(then_stop=False):
        file = upload(
            "A bundle, a GGUF file, a zip file of a folder, or a Keras file",
            ["gguf", "zip", "keras", "h5"],
        )
        st.markdown(
            "A bundle is what **Take it away** makes of a model, here or in another TFPlay. A "
            "folder is as the Hugging Face Hub has it: `config.json`, weights as "
            "`*.safetensors` and the tokenizer's files, of the families BERT, DistilBERT, GPT-2, "
            "Llama, Mistral, Qwen, SmolLM, T5, BART, Marian and ViT. Weights that are Python "
            "pickles are never read. A Keras file is what `model.save` or `model.save_weights` "
            "wrote, of one of the recipes that README lists. A browser can send up to "
            f"{most} MB; larger ones are added on the command line: "
            "`python -m tfplay models add PATH --name NAME`."
        )
        title = st.text_input("Name", max_chars=LONGEST_NAME, placeholder="The file's name")
        if st.form_submit_button("Add it", icon=":material/add:", disabled=is_at_work()):
            if file is None:
                raise InputError("Choose a file first.")
            _start(file.name, file.getvalue(), " ".join(title.split()))
    keras_file_view(_PLACE)
    work_view(_PLACE)


def _start(file_name: str, content: bytes, title: str) -> None:
    shown = title or Path(file_name).stem
    name = _NOT_OF_A_NAME.sub("-", shown).strip("-.")
    if not name:
        raise InputError("The name needs a letter or a digit.")
    if find_model(name):
        raise InputError(f"There is a model of the name {name!r} already; take another name.")
    if file_name.lower().endswith((".keras", ".h5")):
        hold_keras_file(file_name, content, name, shown)
        return
    start_work(_PLACE, shown, partial(_add, file_name, content, name, title))


def _add(
    file_name: str,
    content: bytes,
    name: str,
    title: str,
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> Model | None:
    """Keeps what was uploaded, unless it was cancelled before it was read."""
    with TemporaryDirectory() as folder, in_words_without(folder):
        path = Path(folder, f"model{Path(file_name).suffix.lower()}")
        with writing_told(path):
            path.write_bytes(content)
        origin = Origin(title) if title else None
        return None if is_cancelled() else add_model(path, name, origin)
