"""A decoder never sees the tokens after the one it stands at."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from keras import ops

from tests.layers.samples import SOURCE, TARGET, VOCABULARY, random_ids, randomize
from tests.models.samples import MODERN, POSITIONS, tiny_model
from tfplay.config import NORMALIZATIONS, ModelConfig
from tfplay.models import EncoderDecoder, TransformerModel, build_model

DECODERS = ("decoder-only", "encoder-decoder")
every_decoder = pytest.mark.parametrize("architecture", DECODERS)

UNSHRUNK = set(Phase) - {Phase.shrink, Phase.explain}  # either would build models for minutes
ROUNDING = 1e-4  # the rows of one batch may differ by as much

random_configs = st.builds(
    ModelConfig,
    architecture=st.sampled_from(DECODERS),
    vocabulary_size=st.just(VOCABULARY),
    max_sequence_length=st.just(13),
    num_layers=st.integers(1, 2),
    hidden_dim=st.integers(3, 13),
    num_heads=st.integers(1, 3),
    num_kv_heads=st.just(1),
    head_dim=st.sampled_from([2, 4, 6]),
    normalize_first=st.booleans(),
    normalization=st.sampled_from(NORMALIZATIONS),
    position=st.sampled_from([*POSITIONS, "none"]),
    tie_embeddings=st.booleans(),
)


def largest_changes(model: TransformerModel, length: int, changed: int) -> np.ndarray:
    """How much another token at position `changed` moves the logits at each position: (T,)."""
    token_ids = random_ids(1, length)
    other_ids = token_ids.copy()
    other_ids[:, changed] = (token_ids[:, changed] + 1) % VOCABULARY
    logits, other_logits = target_logits(model, np.concatenate([token_ids, other_ids]))
    return np.abs(other_logits - logits).max(axis=-1)


def target_logits(model: TransformerModel, token_ids: np.ndarray) -> np.ndarray:
    if not isinstance(model, EncoderDecoder):
        return ops.convert_to_numpy(model(token_ids))
    source = np.repeat(random_ids(1, SOURCE, seed=1), len(token_ids), axis=0)
    return ops.convert_to_numpy(
        model({"encoder_token_ids": source, "decoder_token_ids": token_ids})
    )


@settings(max_examples=12, phases=UNSHRUNK)
@given(config=random_configs, length=st.integers(2, 7), data=st.data())
def test_a_changed_token_never_changes_the_logits_before_it(config, length, data):
    changed = data.draw(st.integers(0, length - 1), label="changed")
    changes = largest_changes(randomize(build_model(config)), length, changed)
    assert np.all(changes[:changed] < ROUNDING)
    assert changes[changed] > 10 * ROUNDING


@every_decoder
@pytest.mark.parametrize("options", [{}, MODERN], ids=["plain", "modern"])
def test_a_changed_token_changes_all_logits_from_it_on(architecture, options):
    changes = largest_changes(tiny_model(architecture, **options), TARGET, changed=2)
    assert np.all(changes[:2] < ROUNDING)
    assert np.all(changes[2:] > 10 * ROUNDING)


@every_decoder
def test_without_the_causal_mask_the_future_leaks(architecture):
    model = tiny_model(architecture, use_causal_mask=False)
    assert np.all(largest_changes(model, TARGET, changed=2) > 10 * ROUNDING)
