"""What the Start page shows: the demonstration, and ways on."""

from tfplay.app.start.architectures import built_view
from tfplay.app.start.doors import begin_here, own_model, uses
from tfplay.app.start.flow_view import flow_view
from tfplay.app.start.recurrence import recurrence_view
from tfplay.app.start.warm_up import warm_up

__all__ = [
    "begin_here",
    "built_view",
    "flow_view",
    "own_model",
    "recurrence_view",
    "uses",
    "warm_up",
]
