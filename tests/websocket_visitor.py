"""A visitor without a browser: speaks to the app over its websocket, as a browser does."""

import secrets
import time
from typing import NamedTuple, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import connect

LONGEST_PAGE = 120.0
"""Seconds."""


class Shown(NamedTuple):
    """What the server sent for a page."""

    seconds: float
    """Until the page was whole."""
    texts: list[str]
    """Its Markdown and what it says of errors."""
    errors: list[str]
    """What went wrong inside, or an empty list."""
    buttons: dict[str, str]
    """The ids of its buttons by their labels, also of those that are drawn grey."""


class Visitor:
    """A tab of a visitor, open as long as it is used in `with`.

    Args:
        address: The app's, such as http://localhost:8501.
        secret: The visitor's cookie; a new one if it is not given.
    """

    def __init__(self, address: str, secret: str | None = None):
        self.secret = secret or secrets.token_urlsafe()
        self._address = address

    def __enter__(self) -> Self:
        self._socket = connect(
            f"{self._address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": f"tfplay_visitor={self.secret}"},
            max_size=None,
            open_timeout=60,
            ping_timeout=None,
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._socket.close()

    def open(self, page: str, query: str = "", widgets: WidgetStates | None = None) -> Shown:
        """Opens a page, or opens it again with widgets in some state, drawn before or not.

        Args:
            page: Its name in the address; empty is Start.
            query: What stands behind the question mark of the address.
            widgets: What the browser says its widgets are set to.
        """
        state = ClientState(
            page_name=page,
            query_string=query,
            widget_states=widgets,
            context_info=ContextInfo(url=f"{self._address}/{page}", timezone="UTC"),
        )
        begun = time.perf_counter()
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        texts: list[str] = []
        errors: list[str] = []
        buttons: dict[str, str] = {}
        while True:
            left = begun + LONGEST_PAGE - time.perf_counter()
            message = ForwardMsg.FromString(self._socket.recv(left))
            kind = message.WhichOneof("type")
            if kind == "delta":
                element = message.delta.new_element
                if element.HasField("exception"):
                    errors.append(element.exception.message)
                texts += [element.markdown.body, element.alert.body]
                if element.HasField("button"):
                    buttons[element.button.label] = element.button.id
            elif kind == "page_not_found":
                errors.append(f"There is no page {page!r}.")
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    seconds = time.perf_counter() - begun
                    return Shown(seconds, list(filter(None, texts)), errors, buttons)
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    errors.append("The page did not compile.")

    def press(self, page: str, query: str, label: str) -> Shown:
        """Opens a page and presses one of its buttons, whether or not a browser would let one."""
        button = self.open(page, query).buttons[label]
        pressed = WidgetStates(widgets=[WidgetState(id=button, trigger_value=True)])
        return self.open(page, query, pressed)
