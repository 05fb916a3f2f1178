"""What takes long, done in a thread of the server: it goes on while its visitor looks elsewhere."""

from collections.abc import Callable
from threading import Event, Lock, Thread

import streamlit as st

from tfplay.app.frame.layout import fragment, plain
from tfplay.app.frame.visitor import require_at_home
from tfplay.app.model.model_code import import_model_code
from tfplay.app.models.choosing import choose_next
from tfplay.checkpoints.fetching import IsCancelled, OnProgress
from tfplay.errors import InputError
from tfplay.store import Model

Bring = Callable[[OnProgress, IsCancelled], Model | None]
"""Brings a model here; `None` if it was cancelled."""

SECONDS_BETWEEN_LOOKS = 0.5
_WATCHED = "model being brought"


class Work:
    """A model on its way here."""

    def __init__(self, place: str, title: str, bring: Bring):
        """Begins at once.

        Args:
            place: Where on the page it was asked for, and is told of.
            title: What people call the model.
            bring: Brings it; is told how to tell its progress and whether to go on.
        """
        self.place, self.title = place, title
        self.done, self.total = 0, 0
        self.model: Model | None = None
        self.error: str | None = None
        self._cancelled = Event()
        self._thread = Thread(target=self._bring, args=(bring,), daemon=True)
        self._thread.start()

    @property
    def has_ended(self) -> bool:
        """Whether it is here, has failed or was cancelled."""
        return not self._thread.is_alive()

    @property
    def is_cancelled(self) -> bool:
        """Whether the visitor does not want it any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Has it end soon, with nothing kept."""
        self._cancelled.set()

    def _bring(self, bring: Bring) -> None:
        self.error = f"{self.title} could not be brought here; the server's log says why."
        try:
            import_model_code()
            self.model = bring(self._progressed, self._cancelled.is_set)
            self.error = None
        except InputError as error:
            self.error = str(error)

    def _progressed(self, done: int, total: int) -> None:
        self.done, self.total = done, total


_latest: list[Work] = []
"""The one that was begun last, of all visitors."""
_lock = Lock()


def start_work(place: str, title: str, bring: Bring) -> None:
    """Begins to bring a model; all visitors together bring one at a time.

    Raises:
        InputError: Another is on its way, or strangers share this server.
    """
    require_at_home()
    with _lock:
        if is_at_work():
            raise InputError("Another model is on its way; wait for it, or cancel it.")
        _latest[:] = [Work(place, title, bring)]
    st.session_state[_WATCHED] = _latest[0]
    st.rerun()


def is_at_work() -> bool:
    """Whether a model is on its way."""
    return any(not work.has_ended for work in _latest)


def tell_of_arrival() -> None:
    """Says that a model is on its way, or once that it is here; then it is chosen, too."""
    if is_at_work():
        st.session_state[_WATCHED] = _latest[0]
        st.caption(f":material/downloading: {plain(_latest[0].title)} is on its way.")
    work = st.session_state.get(_WATCHED)
    if work and work.has_ended and work.model:
        del st.session_state[_WATCHED]
        st.success(f"{plain(work.title)} is here.", icon=":material/check:")
        choose_next(work.model.id)


def work_view(place: str) -> None:
    """How far the model is that was asked for here, or why it did not come."""
    work = st.session_state.get(_WATCHED)
    if work is None or work.place != place:
        return
    if not work.has_ended:
        fragment(_progress, run_every=SECONDS_BETWEEN_LOOKS)(work)
    elif work.error:
        st.error(plain(work.error), icon=":material/error:")
    elif work.model is None:
        st.info(f"{plain(work.title)} was cancelled; nothing of it was kept.")


def _progress(work: Work) -> None:
    if work.has_ended:
        st.rerun()  # the whole page, which has another model then
    told = f"{work.done / 1e6:,.1f} of {work.total / 1e6:,.1f} MB" if work.total else "on its way"
    st.progress(work.done / work.total if work.total else 0.0, f"{plain(work.title)}: {told}")
    is_ending = work.is_cancelled
    st.button("Cancel", icon=":material/stop_circle:", disabled=is_ending, on_click=work.cancel)
