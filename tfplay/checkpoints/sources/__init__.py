"""The arrays of published models by name, read lazily from files that nobody vouches for."""

from tfplay.checkpoints.sources.base import Source, Tensor
from tfplay.checkpoints.sources.opening import open_source

__all__ = ["Source", "Tensor", "open_source"]
