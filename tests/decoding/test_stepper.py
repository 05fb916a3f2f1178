import itertools

import numpy as np
import pytest

from tests.decoding.conftest import CONTEXT, VOCABULARY_SIZE, make_model
from tfplay.config import DecodingConfig
from tfplay.decoding import beam_search, generate, generate_steps
from tfplay.errors import InputError

PROMPTS = np.array([[3, 1, 4], [2, 7, 1]])
GREEDY = DecodingConfig("greedy", max_new_tokens=11)
SAMPLING = DecodingConfig("sampling", max_new_tokens=11, temperature=1.3, seed=5)


def logits_of(steps) -> np.ndarray:
    return np.stack([step.logits for step in steps])


@pytest.mark.parametrize(
    "changes",
    [
        {"position": "learned"},
        {"position": "sinusoidal"},
        {"position": "rotary", "head_dim": 14, "num_kv_heads": 1},
        {"position": "none"},
    ],
    ids=lambda changes: changes["position"],
)
def test_cached_logits_equal_uncached_logits_to_the_end_of_the_context(changes):
    model = make_model("decoder-only", **changes)
    config = DecodingConfig("greedy", max_new_tokens=999)
    cached = logits_of(generate_steps(model, PROMPTS, config))
    whole = logits_of(generate_steps(model, PROMPTS, config, use_cache=False))
    assert len(cached) == CONTEXT - PROMPTS.shape[1]
    np.testing.assert_allclose(cached, whole, atol=1e-4)


def test_cached_logits_stay_equal_when_the_cache_grows():
    model = make_model("decoder-only", max_sequence_length=131)
    config = DecodingConfig("greedy", max_new_tokens=999)
    cached = logits_of(generate_steps(model, PROMPTS, config))
    whole = logits_of(generate_steps(model, PROMPTS, config, use_cache=False))
    np.testing.assert_allclose(cached, whole, atol=1e-4)


def test_cached_logits_equal_uncached_logits_of_an_encoder_decoder(translator, source):
    cached = logits_of(generate_steps(translator, PROMPTS, GREEDY, **source))
    whole = logits_of(generate_steps(translator, PROMPTS, GREEDY, use_cache=False, **source))
    np.testing.assert_allclose(cached, whole, atol=1e-4)


def test_source_tokens_behind_the_padding_mask_do_not_matter(translator, source):
    expected = generate(translator, PROMPTS, GREEDY, **source)
    source["encoder_token_ids"] = np.where(
        source["encoder_padding_mask"], *np.broadcast_arrays(source["encoder_token_ids"], 0)
    )
    assert generate(translator, PROMPTS, GREEDY, **source) == expected


def test_a_model_without_causal_mask_generates_what_its_whole_forward_pass_says():
    model = make_model("decoder-only", use_causal_mask=False)
    steps = list(generate_steps(model, PROMPTS, GREEDY))
    sequences = np.concatenate([PROMPTS, *(step.token_ids[:, None] for step in steps)], axis=1)
    expected = np.asarray(model(sequences[:, :-1]))[:, -1]
    np.testing.assert_allclose(steps[-1].logits, expected, atol=1e-4)


def test_greedy_takes_the_likeliest_token_of_the_model(decoder):
    answers = generate(decoder, PROMPTS, GREEDY)
    sequences = np.concatenate([PROMPTS, np.array(answers)], axis=1)
    logits = np.asarray(decoder(sequences[:, :-1]))
    expected = logits[:, PROMPTS.shape[1] - 1 :].argmax(axis=-1)
    np.testing.assert_array_equal(answers, expected)


def test_a_seed_repeats_a_sampled_answer_and_another_seed_gives_another(decoder):
    again = DecodingConfig.from_json(SAMPLING.to_json())
    other = DecodingConfig.from_json(SAMPLING.to_json() | {"seed": 6})
    assert generate(decoder, PROMPTS, SAMPLING) == generate(decoder, PROMPTS, again)
    assert generate(decoder, PROMPTS, SAMPLING) != generate(decoder, PROMPTS, other)


def test_samples_follow_the_models_probabilities(decoder):
    prompts = np.tile(PROMPTS[:1], (4001, 1))
    [step] = generate_steps(decoder, prompts, DecodingConfig("sampling", max_new_tokens=1))
    frequencies = np.bincount(step.token_ids, minlength=VOCABULARY_SIZE) / len(prompts)
    np.testing.assert_allclose(frequencies, step.probabilities[0], atol=0.03)


def test_sampling_never_takes_a_token_that_is_filtered_out(decoder):
    config = DecodingConfig("sampling", max_new_tokens=23, temperature=2.0, top_k=3, top_p=0.9)
    for step in generate_steps(decoder, PROMPTS, config):
        chosen = np.take_along_axis(step.probabilities, step.token_ids[:, None], axis=1)
        assert (chosen > 0).all()
        assert ((step.probabilities > 0).sum(axis=1) <= 3).all()


def test_a_sequence_ends_before_its_stop_token(decoder):
    [whole] = generate(decoder, PROMPTS[:1], GREEDY)
    stop = whole[4]
    [answer] = generate(decoder, PROMPTS[:1], GREEDY, stop_token_ids=[stop])
    assert answer == whole[: whole.index(stop)]


def test_the_repetition_penalty_brings_other_tokens_in(decoder):
    config = DecodingConfig("greedy", max_new_tokens=17)
    penalised = DecodingConfig("greedy", max_new_tokens=17, repetition_penalty=9.0)
    [plain], [varied] = (generate(decoder, PROMPTS[:1], c) for c in (config, penalised))
    assert len(set(varied)) > len(set(plain))


def test_who_stops_asking_stops_the_work(decoder):
    steps = generate_steps(decoder, PROMPTS, DecodingConfig(max_new_tokens=30))
    first_two = list(itertools.islice(steps, 2))
    steps.close()
    assert len(first_two) == 2 and list(steps) == []


def test_two_generations_of_one_model_at_once_do_not_disturb_each_other(decoder):
    expected = [generate(decoder, PROMPTS[row : row + 1], GREEDY)[0] for row in range(2)]
    pairs = zip(
        generate_steps(decoder, PROMPTS[:1], GREEDY),
        generate_steps(decoder, PROMPTS[1:], GREEDY),
        strict=True,
    )
    columns = [(int(a.token_ids[0]), int(b.token_ids[0])) for a, b in pairs]
    assert [list(answer) for answer in zip(*columns, strict=True)] == expected


@pytest.mark.parametrize(
    ("prompt", "named"),
    [(np.zeros((1, 0), int), "empty"), (np.zeros((1, CONTEXT + 1), int), str(CONTEXT + 1))],
)
def test_an_impossible_prompt_is_named_in_one_sentence(decoder, prompt, named):
    with pytest.raises(InputError, match=named):
        next(generate_steps(decoder, prompt, GREEDY))


def test_prompts_of_different_lengths_have_the_answers_that_they_have_alone(decoder):
    prompts = [[3, 1, 4], [7], [2, 7, 1], [5, 11, 3, 2, 8]]
    together = generate(decoder, prompts, GREEDY)
    assert together == [generate(decoder, [prompt], GREEDY)[0] for prompt in prompts]
    right = np.array([[3, 1, 4, 0, 0], [7, 0, 0, 0, 0], [2, 7, 1, 0, 0]])
    for padded in (right, np.array([[0, 0, 3, 1, 4], [0, 0, 0, 0, 7], [0, 0, 2, 7, 1]])):
        mask = padded != 0
        assert generate(decoder, padded, GREEDY, padding_mask=mask) == together[:3]


def test_of_sources_each_prompt_reads_its_own(translator, source):
    prompts = [[3, 1, 4], [2]]
    alone = [
        generate(translator, [prompt], GREEDY, **{n: a[[row]] for n, a in source.items()})[0]
        for row, prompt in enumerate(prompts)
    ]
    assert generate(translator, prompts, GREEDY, **source) == alone


def test_a_prompt_that_fills_the_context_has_no_answer(decoder):
    assert generate(decoder, [[3] * CONTEXT], GREEDY) == [[]]


def test_a_temperature_near_0_is_greedy(decoder):
    cold = DecodingConfig("sampling", max_new_tokens=11, temperature=0.01)
    assert generate(decoder, PROMPTS, cold) == generate(decoder, PROMPTS, GREEDY)


def test_top_k_of_1_is_greedy(decoder):
    one = DecodingConfig("sampling", max_new_tokens=11, top_k=1)
    assert generate(decoder, PROMPTS, one) == generate(decoder, PROMPTS, GREEDY)


def test_beam_search_has_no_steps(decoder):
    with pytest.raises(InputError, match="'beam'"):
        next(generate_steps(decoder, PROMPTS, DecodingConfig("beam")))


def test_generate_with_beam_search_is_beam_search(decoder):
    config = DecodingConfig("beam", max_new_tokens=5)
    expected = [beam_search(decoder, prompt, config, [5])[0].token_ids for prompt in PROMPTS]
    assert generate(decoder, PROMPTS, config, [5]) == expected


def test_a_model_that_answers_with_no_numbers_is_told():
    broken = make_model("decoder-only")
    broken.set_weights([np.full_like(weight, np.nan) for weight in broken.get_weights()])
    with pytest.raises(InputError, match="not a number"):
        generate(broken, PROMPTS, GREEDY)
