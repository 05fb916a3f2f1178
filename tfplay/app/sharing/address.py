"""The address of what is seen, and of snapshots."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

SNAPSHOT, DELETE, EMBED = "s", "delete", "embed"
"""Parameters: a snapshot's id, the secret by which its maker deletes it, the look in a frame."""


def page_address(query: Mapping[str, str]) -> str:
    """The address of the page that is open, with these parameters.

    Args:
        query: The parameters by their names.

    Example::

        page_address({"layer": "2"})  # "https://tfplay.example.org/attention?layer=2"
    """
    parts = urlsplit(st.context.url or "")
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))
