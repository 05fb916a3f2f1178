"""A run's answers to the same few examples, after each validation."""

from html import escape
from typing import Any

import streamlit as st

from tfplay.app.frame.state import choose_one, kept_toggle
from tfplay.app.run_panel.records import Rows, run_samples
from tfplay.app.run_panel.word_diff import diff_html
from tfplay.store import Run


def answers_view(run: Run, is_active: bool) -> None:
    """The newest answers, after the end of the training any; what changed is marked on demand."""
    rows = run_samples(run)
    if not rows:
        return
    st.markdown("#### Its answers to the same examples")
    index = len(rows) - 1
    if len(rows) > 1 and not is_active:
        index = choose_one(
            *("Answers after step", range(len(rows)), index, f"answers of {run.id}"),
            *(st.select_slider, "answers"),
            format_func=lambda place: f"{rows[place]['step']:,}",
        )
    marks = index > 0 and kept_toggle("Mark what changed", False, "changes", "changes of answers")
    st.html(answers_html(rows, index, marks))


def answers_html(rows: Rows, index: int, marks_changes: bool) -> str:
    """The answers after one validation, as HTML; the texts within are escaped.

    Args:
        rows: `Run.samples`.
        index: Which of them.
        marks_changes: Whether words are marked that are new since the validation before, or gone.
    """
    row, earlier = rows[index], rows[index - 1] if marks_changes else None
    before = [sample["output"] for sample in earlier["samples"]] if earlier else []
    note = f"After step {row['step']:,}"
    if earlier:
        note += f"; <ins>new</ins> and <del>gone</del> since step {earlier['step']:,} are marked"
    cards = [
        _card(sample, before[place] if place < len(before) else None)
        for place, sample in enumerate(row["samples"])
    ]
    return f'<div class="answers"><p class="note">{note}.</p>{"".join(cards)}</div>'


def _card(sample: dict[str, Any], before: str | None) -> str:
    output, wanted = sample["output"], sample["wanted"]
    given = escape(output) if before is None else diff_html(before, output)
    lines = [_line("asked", "example", escape(sample["input"]))]
    if output == wanted:
        lines.append(_line("given right", "answer ✓", given))
    else:
        lines.append(_line("given", "answer", given or "–"))
        if wanted is not None:
            lines.append(_line("wanted", "right is", escape(wanted) or "–"))
    return f'<div class="card">{"".join(lines)}</div>'


def _line(kind: str, label: str, text: str) -> str:
    return f'<p class="{kind}"><small>{label}</small><span dir="auto">{text}</span></p>'
