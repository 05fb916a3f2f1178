"""The published shapes have the published numbers of parameters."""

import pytest

from tfplay.config import ARCHITECTURES, PRESETS, count_parameters, preset
from tfplay.errors import InputError

E, F, V = 512, 2048, 37_000
ATTENTION = 4 * (E * E + E)
FEED_FORWARD = (E * F + F) + (F * E + E)
NORM = 2 * E
TRANSFORMER_BASE = (
    V * E
    + 6 * (ATTENTION + FEED_FORWARD + 2 * NORM)
    + 6 * (2 * ATTENTION + FEED_FORWARD + 3 * NORM)
)


def test_gpt2_small_has_the_published_parameters():
    assert count_parameters(preset("gpt2-small")) == 124_439_808


def test_bert_base_has_the_published_parameters():
    config = preset("bert-base", head="classification", num_classes=3)
    classifier = 3 * config.hidden_dim + 3  # on top of the published model
    assert count_parameters(config) - classifier == 109_482_240


def test_transformer_base_has_the_parameters_of_the_formula():
    assert count_parameters(preset("transformer-base")) == TRANSFORMER_BASE
    assert pytest.approx(65e6, rel=0.05) == TRANSFORMER_BASE  # as table 3 of the paper rounds it


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("name", ["tiny", "small", "medium"])
def test_small_presets_fit_every_architecture(name, architecture):
    config = preset(name, architecture, vocabulary_size=41)
    assert config.architecture == architecture
    assert count_parameters(config) < 20e6


def test_a_preset_takes_changes():
    config = preset("tiny", "decoder-only", vocabulary_size=41, hidden_dim=44, num_heads=11)
    assert (config.hidden_dim, config.head_dim, config.intermediate_dim) == (44, 4, 176)


def test_an_unknown_preset_is_named_beside_those_there_are():
    with pytest.raises(InputError, match="no preset 'huge'; there are tiny.*gpt2-small"):
        preset("huge")


def test_a_published_preset_keeps_its_architecture():
    with pytest.raises(InputError, match="'gpt2-small' is decoder-only, not encoder-only"):
        preset("gpt2-small", "encoder-only")


def test_a_small_preset_needs_an_architecture_and_a_vocabulary():
    with pytest.raises(InputError, match="architecture is None"):
        preset("tiny", vocabulary_size=41)
    with pytest.raises(InputError, match="vocabulary_size"):
        preset("tiny", "decoder-only")


def test_every_published_preset_is_named():
    assert {"transformer-base", "bert-base", "gpt2-small"} < set(PRESETS)
