"""A sentence's way through a model, in one moving picture."""

from tfplay.app.widgets.flow.flow import OpenedPart, Stage, flow_picture

__all__ = ["OpenedPart", "Stage", "flow_picture"]
