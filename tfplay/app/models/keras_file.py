"""A Keras file of the visitor's own: what it is taken for, what it cannot tell, and its words."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import streamlit as st

from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.locks import upload
from tfplay.app.frame.visitor import require_at_home
from tfplay.app.model.model_code import load_model_code
from tfplay.app.models.uploads import in_words_without
from tfplay.app.models.work import is_at_work, start_work
from tfplay.checkpoints.fetching import IsCancelled, OnProgress
from tfplay.checkpoints.keras_files.comparison import comparison_script
from tfplay.checkpoints.keras_files.opening import KerasModel, read_keras_file, recognise
from tfplay.checkpoints.keras_files.reading import Question
from tfplay.checkpoints.keras_files.spec import KerasFile
from tfplay.errors import InputError
from tfplay.store import Model, Origin, add_keras_file
from tfplay.store.files import writing_told

_HELD = "keras file"
_MOST_EVIDENCE = 8
_GIVE_THEM = (
    "Give the words, one per line, as `get_vocabulary()` of a `TextVectorization` has them; "
    "without them, ids stand for words."
)


class _Held(NamedTuple):
    """An upload that waits for its visitor's answers."""

    file_name: str
    content: bytes
    name: str
    title: str
    file: KerasFile


def hold_keras_file(file_name: str, content: bytes, name: str, title: str) -> None:
    """Looks at an uploaded Keras file, and keeps it for `keras_file_view`.

    Raises:
        InputError: It is damaged, or strangers share this server.
    """
    require_at_home()
    st.session_state.pop(_HELD, None)
    with TemporaryDirectory() as folder, in_words_without(folder):
        path = _written(folder, file_name, content)
        st.session_state[_HELD] = _Held(file_name, content, name, title, read_keras_file(path))


def keras_file_view(place: str) -> None:
    """What the held file is taken for; questions, a vocabulary, and the button that adds it.

    Args:
        place: Where on the page the work is told of.
    """
    held: _Held | None = st.session_state.get(_HELD)
    if held is None:
        return
    with st.container(border=True), errors_shown(then_stop=False):
        load_model_code()
        usual = recognise(held.file, {})
        shown = st.container()
        answers = {question.name: _ask(question) for question in usual.questions}
        changed = {
            question.name: answers[question.name]
            for question in usual.questions
            if answers[question.name] != question.answer
        }
        found = recognise(held.file, changed) if changed else usual
        with shown:
            _tell(held, found)
        _compare(held, found)
        words = _vocabularies(usual)
        with st.container(horizontal=True):
            if st.button("Add this model", icon=":material/add:", disabled=is_at_work()):
                usual.tokenizers(*words)  # says at once whether the words belong to it
                del st.session_state[_HELD]
                start_work(place, held.title, partial(_add, held, answers, words))
            if st.button("Leave it", icon=":material/close:"):
                del st.session_state[_HELD]
                st.rerun()


def _tell(held: _Held, found: KerasModel) -> None:
    st.markdown(f"**{plain(held.file_name)}** is {plain(found.sentence)}")
    st.caption("\n".join(f"- {plain(each)}" for each in found.evidence[:_MOST_EVIDENCE]))


def _compare(held: _Held, found: KerasModel) -> None:
    """The script with which visitors compare the translation with the model of their own."""
    answers = {question.name: question.answer for question in found.questions}
    script = comparison_script(held.file, held.file_name, answers)
    if script is None:
        return
    with st.expander("Compare it with your own model"):
        st.markdown(
            "A file does not have the code of your classes. Run this script where your code and "
            "TFPlay are: it gives both models the same random inputs. A difference up to 1e-4 is "
            "rounding; a larger one means that a question above has another answer, or that your "
            "classes compute something else."
        )
        st.code(script, "python", wrap_lines=True)
        st.download_button(
            "Download", script, "compare.py", "text/x-python", icon=":material/download:"
        )


def _ask(question: Question) -> str:
    choices = list(question.choices)
    return st.radio(
        question.text,
        choices,
        choices.index(question.answer),
        format_func=lambda choice: question.choices[choice],
        key=f"keras file's {question.name}",
        help="The file does not tell this. Chosen is what the recipe usually has.",
    )


def _vocabularies(found: KerasModel) -> tuple[list[str] | None, list[str] | None]:
    """The words that the visitor gives; `None` for those in the file, or for ids as words.

    Returns:
        Its words, and of a translation those of its source; the first are then of its target.
    """
    if found.config.image_size:
        return None, None
    if found.words is not None:
        st.caption(f"Its vocabulary of {len(found.words):,} words is in the file.")
        return None, None
    if found.config.architecture == "encoder-decoder":
        st.markdown(
            f"Its two vocabularies are not in the file. {_GIVE_THEM} The target's has words that "
            "begin and end a translation, such as `[start]` and `[end]`."
        )
        source, target = st.columns(2)
        with source:
            source_words = _words("vocabulary of the source", "keras source words")
        with target:
            return _words("vocabulary of the target", "keras words"), source_words
    size = found.config.vocabulary_size
    st.markdown(
        f"Its vocabulary of up to {size:,} words is not in the file. {_GIVE_THEM} "
        "In Python, `tfplay.adopt(model)` also compares it with your own model first."
    )
    return _words("vocabulary", "keras words"), None


def _words(what: str, key: str) -> list[str] | None:
    """A vocabulary as the visitor gives it."""
    uploaded = upload(f"A text file with its {what}", ["txt"], key=f"{key} file")
    pasted = st.text_area(f"Or its {what}, pasted", key=key)
    if uploaded is None:
        return pasted.split("\n") if pasted.strip() else None
    try:
        return uploaded.getvalue().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{uploaded.name} is not UTF-8.") from error


def _add(
    held: _Held,
    answers: Mapping[str, str],
    words: tuple[Sequence[str] | None, Sequence[str] | None],
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> Model | None:
    """Keeps the model, unless it was cancelled before it was read."""
    with TemporaryDirectory() as folder, in_words_without(folder):
        path = _written(folder, held.file_name, held.content)
        if is_cancelled():
            return None
        return add_keras_file(path, held.name, Origin(held.title), answers, *words)


def _written(folder: str, file_name: str, content: bytes) -> Path:
    """The upload as a file, whose name only keeps the ending that the visitor's has."""
    ending = ".weights.h5" if file_name.lower().endswith(".h5") else ".keras"
    path = Path(folder, f"model{ending}")
    with writing_told(path):
        path.write_bytes(content)
    return path
