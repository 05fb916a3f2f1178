"""What the Start page shows beside its doors."""

from tfplay.app.start.architectures import architectures_view
from tfplay.app.start.way import way_view

__all__ = ["architectures_view", "way_view"]
