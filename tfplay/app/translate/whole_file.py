"""A column of a file, translated row by row."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from tfplay.app.frame.layout import errors_shown, metrics_row, plain
from tfplay.app.frame.locks import upload
from tfplay.app.model.loading import load_trained
from tfplay.app.widgets.csv_button import csv_button
from tfplay.store import Model
from tfplay.tasks import translate_texts, translation_scores
from tfplay.text.formats.columns import profiles
from tfplay.text.formats.tables import TABLE_ENDINGS, Table, read_table
from tfplay.text.report import Report

TRANSLATION = "translation"
PREVIEW_ROWS = 5
_KEY = "translated rows"
_WANTED = "translation of a file wanted"


def translate_file(model: Model) -> None:
    """Lets the visitor upload a table, translates one of its columns and hands it back.

    It ends at once when anything on the page is changed; what was translated is kept, and it can
    be gone on with.

    Args:
        model: One that learned translation.
    """
    file = upload(
        "A file with a column to translate",
        [ending.removeprefix(".") for ending in TABLE_ENDINGS],
        help="CSV, or TSV or TXT with tabs between the columns, in UTF-8. A TXT without tabs is "
        "one column: a text a line.",
    )
    if file is None:
        return
    with errors_shown():
        is_named = _read(file.name, file.getvalue(), None)[0].has_header
    has_header = st.toggle("The first line names the columns", is_named, key=file.file_id)
    with errors_shown():
        table, told = _read(file.name, file.getvalue(), has_header)
    with st.container(horizontal=True, gap="medium"):
        column = st.selectbox(
            "Column to translate",
            table.columns,
            _first_of_sentences(table),
            key=f"column {file.file_id}",
        )
        others = [name for name in table.columns if name != column]
        reference = st.selectbox(
            "Right translations",
            others,
            index=None,
            placeholder="None",
            key=f"reference {file.file_id}",
            help="A column to compare with: BLEU and chrF are told.",
        )
    st.dataframe(_records(table, PREVIEW_ROWS))
    st.caption(
        plain(
            f"The first of {len(table.rows):,} rows of {file.name}. {told} They are translated "
            "greedily."
        )
    )
    done = _translated_rows((model.id, model.step, file.file_id, has_header, column))
    texts = table.column(column)
    _work(model, texts, done)
    if done:
        _result(table, done, column, reference, file.name)


def _translated_rows(job: tuple) -> list[str]:
    """What is translated of this job so far; of another nothing is kept."""
    if st.session_state.get(_KEY, (None,))[0] != job:
        st.session_state[_KEY] = job, []
    return st.session_state[_KEY][1]


def _work(model: Model, texts: list[str], done: list[str]) -> None:
    """Translates the rest of the rows, if the visitor wants it."""
    total = len(texts)
    if len(done) == total:
        return
    is_wanted = st.session_state.pop(_WANTED, False)
    label = "Cancel" if is_wanted else "Go on" if done else "Translate the column"
    place = st.empty()
    # One button: another one in its place would move away from under the pointer, for Streamlit
    # leaves a button that has the focus where it was until it loses it.
    place.button(
        label,
        key="translate the column",
        type="secondary" if is_wanted else "primary",
        icon=":material/stop_circle:" if is_wanted else ":material/translate:",
        on_click=lambda: st.session_state.update({_WANTED: not is_wanted}),
    )
    if not is_wanted:
        return
    trained = load_trained(model)
    bar = st.progress(0.0, f"{len(done):,} of {total:,} rows")
    place_of_next = len(done)
    for some in translate_texts(trained, texts[place_of_next:]):
        # By place: a run of the page that was cancelled may end its last batch beside this one.
        done[place_of_next : place_of_next + len(some)] = some
        place_of_next += len(some)
        bar.progress(place_of_next / total, f"{place_of_next:,} of {total:,} rows")
    place.empty()
    bar.empty()


def _result(
    table: Table, done: Sequence[str], column: str, reference: str | None, file_name: str
) -> None:
    """What is translated so far: the first rows, scores, the file."""
    finished = Table(table.columns, table.rows[: len(done)])
    name = TRANSLATION if TRANSLATION not in table.columns else f"{column}, translated"
    translated = finished.with_column(name, list(done))
    st.markdown(f"**{len(done):,} of {len(table.rows):,} rows translated**")
    st.dataframe(_records(translated, PREVIEW_ROWS))
    if reference:
        _scores(done, finished.column(reference))
    csv_button(
        "Download the translations",
        translated.to_csv,
        f"{Path(file_name).stem}-translated.csv",
        type="primary",
        icon=":material/download:",
    )


def _scores(translations: Sequence[str], references: Sequence[str]) -> None:
    """BLEU and chrF of the rows that have a reference."""
    pairs = [pair for pair in zip(translations, references, strict=True) if pair[1].strip()]
    if not pairs:
        st.caption("None of these rows has a right translation to compare with.")
        return
    scores = _translation_scores(pairs)
    metrics_row({"BLEU": f"{scores['bleu']:.1f}", "chrF": f"{scores['chrf']:.1f}"})
    st.caption(f"Of {len(pairs):,} rows with a right translation, by sacrebleu; from 0 to 100.")


@st.cache_data(max_entries=8, show_spinner="Comparing …")
def _translation_scores(pairs: list[tuple[str, str]]) -> dict[str, float]:
    return translation_scores(
        [translation for translation, _ in pairs], [[reference] for _, reference in pairs]
    )


@st.cache_data(max_entries=4, show_spinner="Reading the file …")
def _read(name: str, content: bytes, has_header: bool | None) -> tuple[Table, str]:
    """The table, and how it was read."""
    report = Report()
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return read_table(path, has_header, report), report.text()


def _first_of_sentences(table: Table) -> int:
    """The first column of words that has more than single ones, or else the first of words."""
    held = profiles(table.rows, len(table.columns))
    words = [place for place, column in enumerate(held) if column.is_text]
    return next((place for place in words if held[place].words > 1.5), (words or [0])[0])


def _records(table: Table, count: int) -> list[dict[str, str]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows[:count]]
