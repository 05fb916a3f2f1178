"""Short stories for a model that continues text."""

from tfplay.text.corpora.stories.corpus import STORIES

__all__ = ["STORIES"]
