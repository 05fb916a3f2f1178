"""Who is looking: everybody sees all runs that they have a link to, and controls their own."""

import math
import os
import re
import secrets
import time
from contextlib import suppress
from datetime import datetime
from hmac import compare_digest
from typing import Any

import streamlit as st

from tfplay.app.widgets.component import load_component, run_again
from tfplay.errors import InputError
from tfplay.hosting import is_hosted, limits_here
from tfplay.server import ApiSettings, counted_address
from tfplay.store import Model, Run, list_runs
from tfplay.store.digest import digest
from tfplay.store.expiry import next_to_expire
from tfplay.store.visitors import Visitors

_NAME = "tfplay_visitor"  # of the cookie, as the component has it
_NOTED = "visit noted"
_NOTHING_KEPT = (
    "Your browser keeps no cookie here: what you make goes with this page, and no file can be "
    "uploaded."
)
_SECRET = re.compile(r"[\w-]{22,64}", re.ASCII)
_KEPT = re.compile(rf"(?:^|[;,])\s*{_NAME}=([^;,]*)")


def visitor() -> str:
    """The visitor's secret: a random word that this browser keeps, and sends when it comes back."""
    if "visitor" not in st.session_state:
        st.session_state["visitor"] = _kept_secret() or secrets.token_urlsafe()
    return st.session_state["visitor"]


def note_visit() -> None:
    """Where strangers share this server, notes once a minute that the visitor is here."""
    if not is_hosted() or time.monotonic() - st.session_state.get(_NOTED, -math.inf) < 60:
        return
    forwarded = st.context.headers.get_all("X-Forwarded-For")
    proxies = ApiSettings.from_environment(os.environ).proxies
    address = counted_address(str(st.context.ip_address), forwarded, proxies)
    with suppress(InputError):  # on a full disk there is still much to look at
        Visitors().note(digest(visitor()), address)
    st.session_state[_NOTED] = time.monotonic()


def require_welcome() -> None:
    """Raises an `InputError` for a visitor whom the operator has barred."""
    if is_hosted() and (until := Visitors().barred_until(digest(visitor()))):
        moment = datetime.fromtimestamp(until).astimezone()
        raise InputError(
            f"The operator of this server has barred you until {moment:%d %B %Y, %H:%M}."
        )


def remember_visitor() -> None:
    """Has the browser keep the secret for a year, or says that it will not.

    Call it once on each page.
    """
    if _kept_secret() == visitor():
        return
    answer = st.session_state.get(_NAME) or {}
    is_refused = bool(answer.get("refused"))
    component = load_component(__file__)
    component(
        key=_NAME,
        data={"secret": visitor(), "isRefused": is_refused},
        on_secret_change=_take_kept_secret,
        on_refused_change=run_again,
    )
    if is_refused:
        st.caption(_NOTHING_KEPT)


def is_mine(run: Run) -> bool:
    """Whether the visitor may stop, name and delete the run.

    It is theirs; or nobody's, where those who use this server know each other.
    """
    if run.is_shipped:
        return False
    return not is_hosted() if run.config.owner is None else run.is_owned_by(visitor())


def require_mine(*runs: Run) -> None:
    """Raises an `InputError` for a run that is not the visitor's to change.

    What changes a run asks at that moment: a button may have been drawn long before, or a browser
    may press what was never drawn.
    """
    for run in runs:
        if not is_mine(run):
            raise InputError(f"{run.title} is not yours: to look at, not to change.")


def owns(model: Model) -> bool:
    """Whether the model is a copy that the visitor made of a snapshot's."""
    return model.owner is not None and compare_digest(model.owner, digest(visitor()))


def require_own(model: Model) -> None:
    """Raises an `InputError` for a model of others that is not the visitor's to change."""
    if model.owner is None:
        require_at_home()
    elif not owns(model):
        raise InputError(f"{model.title} is not yours: to look at, not to change.")


def require_at_home() -> None:
    """Raises an `InputError` where strangers share this server: what is everybody's stays."""
    if is_hosted():
        raise InputError("Strangers share this server: its models are neither added nor changed.")


def expiry_notice() -> None:
    """Where strangers share this server, tells for how long it keeps what the visitor made."""
    if first := next_to_expire(visitor()):
        days = limits_here().days
        st.caption(
            f"What is not changed for {days:,} days is deleted here; of yours the first goes on "
            f"{first.day} {first:%B}, unless you change it before."
        )


def my_runs() -> list[Run]:
    """The visitor's own runs and those without an owner, newest first."""
    return [run for run in list_runs() if run.config.owner is None or is_mine(run)]


def _take_kept_secret() -> None:
    """Another tab, opened at the same moment, was the first to have its secret kept."""
    kept = st.session_state[_NAME].get("secret")
    if _is_secret(kept):
        st.session_state["visitor"] = kept


def _kept_secret() -> str | None:
    """The secret among the cookies; there may be several of the name, also some that are none."""
    sent = "; ".join(st.context.headers.get_all("Cookie"))
    return next(filter(_is_secret, (st.context.cookies.get(_NAME), *_KEPT.findall(sent))), None)


def _is_secret(kept: Any) -> bool:
    """Whether it is like one of ours: a browser sends what it likes."""
    return isinstance(kept, str) and _SECRET.fullmatch(kept) is not None
