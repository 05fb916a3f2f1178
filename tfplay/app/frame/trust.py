"""Whom Streamlit's settings trust, for the addresses that are not Streamlit's own."""

from urllib.parse import urlsplit

import streamlit as st

from tfplay.server import Trust


def streamlit_trust() -> Trust:
    """The names and origins by which Streamlit itself would answer.

    `server.allowedHosts`, `browser.serverAddress` and `server.corsAllowedOrigins`; with
    `server.enableCORS` off, pages from anywhere.
    """
    origins = [*st.get_option("server.corsAllowedOrigins"), st.get_option("browser.serverAddress")]
    names = (urlsplit(each if "//" in each else f"//{each}").hostname for each in origins)
    return Trust(
        hosts=tuple(st.get_option("server.allowedHosts")),
        origins=tuple(name for name in names if name),
        any_origin=not st.get_option("server.enableCORS"),
    )
