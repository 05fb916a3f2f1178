"""Who operates this server: people who sign in at a provider that the operator has set up."""

import os
from contextlib import suppress

import streamlit as st

from tfplay.app.frame.plain import plain

SETTING = "TFPLAY_ADMINS"


def has_operators() -> bool:
    """Whether somebody may sign in as an operator: the setting and Streamlit's `[auth]` are there.

    See docs/hosting/README.md.
    """
    with suppress(FileNotFoundError):  # there are no secrets
        return bool(_names()) and "auth" in st.secrets
    return False


def require_operator() -> None:
    """Has the visitor sign in; whoever is no operator is told so, and the page ends here."""
    if not st.user.is_logged_in:
        st.markdown("This page is for those who operate this server.")
        if st.button("Sign in", type="primary", icon=":material/login:"):
            st.login()
        st.stop()
    if _who_signed_in().isdisjoint(_names()):
        name = st.user.get("email") or st.user.get("sub") or "Somebody without a name"
        st.error(f"{plain(str(name))} is none of this server's operators.")
        _sign_out()
        st.stop()
    _sign_out()


def _sign_out() -> None:
    if st.button("Sign out", icon=":material/logout:"):
        st.logout()


def _who_signed_in() -> set[str]:
    """Names that the provider vouches for: its own, and an address that it has verified."""
    names = {str(st.user.get("sub", ""))}
    if st.user.get("email_verified") is True:
        names.add(str(st.user.get("email", "")))
    return names - {""}


def _names() -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, os.environ.get(SETTING, "").split(","))))
