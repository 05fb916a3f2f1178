"""What one sees given away: as a link, or with its model as a snapshot; and snapshots opened."""

from tfplay.app.sharing.giving import share, share_charts
from tfplay.app.sharing.opening import open_linked_snapshot

__all__ = ["open_linked_snapshot", "share", "share_charts"]
