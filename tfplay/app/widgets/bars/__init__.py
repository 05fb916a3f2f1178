"""Names with a bar and a number each, some of them to be chosen."""

from tfplay.app.widgets.bars.bars import bars

__all__ = ["bars"]
