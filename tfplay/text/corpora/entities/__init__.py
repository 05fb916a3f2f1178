"""Entities: persons, places, organisations and dates in sentences."""

from tfplay.text.corpora.entities.grammar import ENTITIES

__all__ = ["ENTITIES"]
