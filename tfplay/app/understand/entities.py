"""The names in a text."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import choose_subject, exports
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import load_trained
from tfplay.app.understand.explained import explained
from tfplay.app.understand.notes import reading_notes
from tfplay.app.understand.xray import text_xray, xray
from tfplay.app.widgets.spans import MarkedSpan, legend_html, spans_html
from tfplay.store import Model
from tfplay.tasks import Entity, tag

NAMES = {
    "PER": "person",
    "LOC": "place",
    "ORG": "organisation",
    "MISC": "other name",
    "DATE": "date",
    "TIME": "time",
}
"""What usual labels mean; others stand for themselves."""


def entities_view() -> None:
    """A text with its entities coloured, and each with its score."""
    model, text, _ = choose_subject("tagging", purpose="to find names with", preferred="names")
    with errors_shown():
        trained = load_trained(model)
        tags = tag(trained, text)

    kinds = sorted({label.partition("-")[2] or label for label in trained.labels} - {"O"})
    spans = [
        MarkedSpan(entity.start, entity.end, entity.label, kinds.index(entity.label))
        for entity in tags.entities
    ]
    reading_notes(trained, text)
    with st.container(border=True):
        st.html(spans_html(tags.text, spans))
    show_judgement(trained.judge(tags.text, tags.certainty))
    st.html(legend_html([_meaning(kind) for kind in kinds]))
    if tags.entities:
        table = [
            {"text": entity.text, "what": _meaning(entity.label), "score": entity.score}
            for entity in tags.entities
        ]
        st.dataframe(table, column_config={"score": _score_column()}, hide_index=True)
        exports("entities", table=table)
    else:
        st.caption("The model finds no name in this text.")
    with st.expander("Every word and its tag"):
        scores = tags.probabilities.max(axis=-1).tolist()
        tagged = zip(tags.words, tags.tags, scores, strict=True)
        table = [{"word": word, "tag": tag, "score": score} for word, tag, score in tagged]
        st.dataframe(table, column_config={"score": _score_column()}, hide_index=True)
        exports("tags", table=table)
        st.caption(
            "B- begins a name, I- goes on with it, O is none. The score of a tag is its "
            "probability; an entity's is that of its least certain word."
        )
    if tags.entities:
        xray(lambda: _entity_xray(model, text, tags.entities))


def _entity_xray(model: Model, text: str, entities: Sequence[Entity]) -> None:
    names = [f"{each.text} · {each.label} · {each.score:.1%}" for each in entities]
    number = choose_one(
        *("Entity", range(len(names)), 0, f"entity of {model.id} in {len(names)}", st.selectbox),
        link="entity",
        format_func=names.__getitem__,
    )
    text_xray(explained(model, text, number), model.id)


def _meaning(label: str) -> str:
    return f"{label} · {NAMES[label]}" if label in NAMES else label


def _score_column() -> st.column_config.ProgressColumn:
    return st.column_config.ProgressColumn(min_value=0, max_value=1, format="percent")
