"""What the operator sees, and may do."""

import shutil
import time
from datetime import datetime

import streamlit as st

from tfplay import jobs
from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.hosting import is_hosted
from tfplay.jobs.queue import Job, JobQueue
from tfplay.store import open_run
from tfplay.store.allowance import BYTES_A_MB, size_of, stored_bytes
from tfplay.store.notice import LONGEST_NOTICE, read_notice, write_notice
from tfplay.store.visitors import Visit, Visitors

SECONDS_A_DAY, SECONDS_BETWEEN_LOOKS = 86_400, 5
MOST_DAYS = 365
_SHOWN = 12
"""Characters of a digest that tell visitors apart for people."""


def admin_view() -> None:
    """Trainings, visitors, what is stored, and the notice."""
    for title, show in {
        "Trainings": fragment(_trainings, SECONDS_BETWEEN_LOOKS),
        "Visitors": _visitors,
        "Stored": _stored,
        "Notice for everybody": _notice,
    }.items():
        st.subheader(title, anchor=False)
        with errors_shown(then_stop=False):
            show()


def _trainings() -> None:
    """What is worked on and what waits, each with a button that ends it."""
    queue = JobQueue(home())
    working = [job for job in queue.jobs() if job.pid]
    found = [*working, *queue.turns()]
    if not found:
        st.caption("Nothing is trained, and nothing waits.")
    for place, job in enumerate(found, 1 - len(working)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(_described(job, place), width="stretch")
            if st.button("Stop", key=f"stop {job.run.name}", icon=":material/stop:"):
                jobs.stop(open_run(job.run))
                st.rerun()


def _described(job: Job, place: int) -> str:
    state = f"on {job.device}" if job.pid else f"waits, number {place}"
    try:
        title = open_run(job.run).title
    except InputError:  # its folder was deleted by hand
        title = job.run.name
    return f"{title} · {state} · {_name(job.owner)}"


def _visitors() -> None:
    """Who was here, and who is barred."""
    if not is_hosted():
        st.caption("Visitors are noted where TFPLAY_HOSTED=1 says that strangers share the server.")
        return
    visitors = Visitors()
    barred = visitors.barred()
    outside = {each.owner for each in barred}
    seen = [each for each in visitors.last_seen() if each.owner not in outside]
    if not seen:
        st.caption("Nobody was here yet.")
    else:
        _bar(visitors, seen)
    for each in barred:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{_name(each.owner)} is barred until {_moment(each)}.", width="stretch")
            if st.button("Let in", key=f"let in {each.owner}", icon=":material/lock_open:"):
                visitors.let_in(each.owner)
                st.rerun()


def _bar(visitors: Visitors, seen: list[Visit]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "A visitor, by when they were last here",
            seen,
            format_func=lambda each: f"{_name(each.owner)}, {_moment(each)}",
            key="visitor to bar",
        )
        days = st.number_input("Days", 1, MOST_DAYS, 1, key="days to bar", width=120)
        if st.button("Bar", icon=":material/block:"):
            visitors.bar(chosen.owner, time.time() + days * SECONDS_A_DAY)
            st.rerun()
    kept = stored_bytes({chosen.owner}) / BYTES_A_MB
    st.caption(
        f"{_name(chosen.owner)} keeps {kept:,.1f} MB here. Barred are all who come from the same "
        "address, too; what they made is kept."
    )


def _stored() -> None:
    """How full the disk is, and with what."""
    disk = shutil.disk_usage(home())
    st.text(f"{disk.free / 1e9:,.1f} of {disk.total / 1e9:,.1f} GB are free.")
    folders = sorted(path for path in home().iterdir() if path.is_dir())
    sizes = [{"folder": path.name, "MB": size_of(path) / BYTES_A_MB} for path in folders]
    if not sizes:
        return
    st.dataframe(
        sorted(sizes, key=lambda row: -float(row["MB"])),
        hide_index=True,
        column_config={"MB": st.column_config.NumberColumn(format="%.1f")},
        width=400,
        key="stored",
    )


def _notice() -> None:
    """What everybody reads above each page."""
    words = st.text_area(
        "Words", read_notice(), max_chars=LONGEST_NOTICE, key="notice", label_visibility="collapsed"
    )
    if st.button("Show it on every page", icon=":material/campaign:"):
        write_notice(words)
        st.rerun()


def _name(owner: str) -> str:
    """A few letters of a visitor's digest; who has none is nobody in particular."""
    return f"visitor {owner.partition(':')[2][:_SHOWN]}" if owner else "everybody's"


def _moment(visit: Visit) -> str:
    return f"{datetime.fromtimestamp(visit.moment).astimezone():%d %B %Y, %H:%M}"
