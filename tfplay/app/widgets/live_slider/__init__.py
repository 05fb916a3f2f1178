"""A slider whose value arrives while it is moved."""

from tfplay.app.widgets.live_slider.live_slider import live_slider

__all__ = ["live_slider"]
