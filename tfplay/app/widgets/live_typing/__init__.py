"""Text boxes that do not wait until they are left."""

from tfplay.app.widgets.live_typing.live_typing import send_while_typing

__all__ = ["send_while_typing"]
