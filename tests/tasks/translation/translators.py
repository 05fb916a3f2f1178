"""Translators that know nothing, compiled once for all tests: they answer at random."""

from functools import cache

from tests.tasks.samples import model_config, prepare
from tfplay.models import build_model
from tfplay.tasks import TrainedModel


@cache
def untrained_translator(architecture: str) -> TrainedModel:
    """A model of either architecture that reads at most 16 byte pairs."""
    tokenizer = prepare(tokenizer_kind="byte-pair").tokenizer
    model = build_model(model_config(tokenizer.vocabulary_size, architecture))
    return TrainedModel("translation", model, tokenizer)
