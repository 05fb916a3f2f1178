"""How far a run is that has not ended: its place in the queue, its step, its speed."""

import numpy as np
import streamlit as st

from tfplay import jobs
from tfplay.app.frame.layout import metrics_row, plain
from tfplay.app.run_panel.records import run_metrics
from tfplay.store import Run, Status


def run_progress(run: Run, status: Status) -> None:
    """Progress in numbers, and what it runs on."""
    now = status.progress
    if status.state == "queued":
        _waiting(run)
    elif now is None:
        st.progress(0.0, plain(status.message))
    else:
        text = f"Step {now['step']:,} of {now['steps']:,}"
        if now["remaining_seconds"]:  # not known at first
            text += f" · about {duration(now['remaining_seconds'])} left"
        st.progress(now["step"] / now["steps"], text)
        metrics_row(_numbers(run, now))
    st.caption(plain(" · ".join(_about(status))))


def _about(status: Status) -> list[str]:
    """What it does at the moment, and on what."""
    memory = f"{status.memory_bytes / 1e6:,.0f} MB in use" if status.memory_bytes else None
    doing = status.message.removesuffix(".") if status.progress else None  # else it stands above
    known = doing, status.device, status.precision, memory
    return [each for each in known if each]


def _waiting(run: Run) -> None:
    before = jobs.place_in_queue(run)
    if before is None:  # its turn has just come
        text = "It is about to start."
    elif before == 0:
        text = "Yours is the next run; it starts as soon as there is room."
    else:
        runs = "1 run is" if before == 1 else f"{before:,} runs are"
        text = f"{runs} before yours. You may leave this page: it starts by itself."
    st.markdown(text)


def _numbers(run: Run, now: dict[str, float]) -> dict[str, str]:
    rows = run_metrics(run)
    validated = (row["validation_loss"] for row in reversed(rows))
    validation_loss = next((loss for loss in validated if loss is not None), None)
    speed = now["tokens_per_second"]  # 0 until it is known
    numbers = {
        "Training loss": f"{now['loss']:.3f}",
        "Validation loss": "–" if validation_loss is None else f"{validation_loss:.3f}",
        "Tokens per second": f"{speed:,.0f}" if speed else "–",
        "Learning rate": _positional(now["learning_rate"]),
    }
    if rows and "gradient_norm" in rows[-1]:
        numbers["Gradient norm"] = f"{rows[-1]['gradient_norm']:.3g}"
    return numbers


def _positional(value: float) -> str:
    """A small number as people read it: "0.00002", not "2e-05"."""
    return np.format_float_positional(value, precision=2, fractional=False, trim="-")


def duration(seconds: float) -> str:
    """A time in words: "2 min 5 s", "3 h 12 min"."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
