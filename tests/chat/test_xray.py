from dataclasses import replace

import numpy as np
import pytest

from tfplay.chat import Reply, make_prompt
from tfplay.chat.prompt import reply_ids
from tfplay.chat.xray import xray_reply
from tfplay.config import DecodingConfig
from tfplay.decoding import generate_steps
from tfplay.errors import InputError
from tfplay.explain import trace_arrays
from tfplay.models import build_model

GREEDY = DecodingConfig(max_new_tokens=32)
SAMPLING = DecodingConfig(
    "sampling", 32, temperature=1.3, top_k=50, top_p=0.95, repetition_penalty=1.2, seed=5
)
MESSAGES = [
    {"role": "system", "content": "You are a math teacher."},
    {"role": "user", "content": "My name is Zorimel."},
    {"role": "assistant", "content": "Nice to meet you, Zorimel."},
    {"role": "user", "content": "What is my name?"},
    {"role": "assistant", "content": "Your name is Zorimel."},
]


@pytest.fixture(scope="module")
def xray(chat_model):
    return xray_reply(chat_model, MESSAGES, 4)


def test_a_begun_reply_goes_on_as_if_its_tokens_had_been_chosen(chat_model):
    reply = Reply(chat_model, MESSAGES[:-1], GREEDY)
    whole = "".join(reply)
    for length in range(len(reply.token_ids)):
        begun = chat_model.tokenizer.detokenize(reply.token_ids[:length])
        again = Reply(chat_model, MESSAGES[:-1], GREEDY, begun=begun)
        assert "".join(again) == whole
        assert again.token_ids == reply.token_ids
        assert again.finish_reason == reply.finish_reason == "stop"


def test_a_reply_that_is_begun_with_other_words_keeps_them(chat_model):
    text = "".join(Reply(chat_model, MESSAGES[:-1], SAMPLING, begun="I think that"))
    assert text.startswith("I think that")
    assert len(text) > len("I think that")


def test_a_reply_that_fills_the_context_is_what_was_begun(chat_model):
    prompt_ids = make_prompt(chat_model, MESSAGES[:-1], 32).token_ids
    begun = "I" + " name" * (chat_model.context - len(prompt_ids) - 1)
    reply = Reply(chat_model, MESSAGES[:-1], GREEDY, begun=begun)
    assert "".join(reply) == begun
    assert len(prompt_ids) + len(reply.token_ids) == chat_model.context
    assert reply.finish_reason == "length"


@pytest.mark.parametrize("config", [SAMPLING, replace(SAMPLING, top_k=0, repetition_penalty=1.0)])
def test_each_token_has_the_chances_it_was_chosen_with(chat_model, config):
    reply = Reply(chat_model, MESSAGES[:-1], config)
    answer = {"role": "assistant", "content": "".join(reply)}
    assert (
        reply_ids(chat_model, answer["content"]) == reply.token_ids[:-1]
    )  # read as it was written
    xray = xray_reply(chat_model, [*MESSAGES[:-1], answer], 4)
    prompt_ids = reply.prompt.token_ids[None]
    end_ids = [chat_model.tokenizer.end_id]
    for place, step in enumerate(generate_steps(chat_model.model, prompt_ids, config, end_ids)):
        assert step.token_ids == xray.written_ids[place]
        chances = xray.distribution(place, config)
        np.testing.assert_allclose(chances, step.probabilities[0], atol=1e-4)
        assert chances.sum() == pytest.approx(1)
        assert not chances[step.probabilities[0] == 0].any()
    assert place == len(xray.written_ids) - 1


def test_greedy_decoding_is_certain(xray):
    chances = xray.distribution(3, GREEDY)
    assert chances.max() == chances.sum() == 1
    assert chances.argmax() == xray.sources.logits[3].argmax()


def test_every_number_equals_that_of_a_fresh_pass_over_what_had_been_read(chat_model, xray):
    for place in (0, len(xray.written_ids) - 1):
        read = xray.token_ids[: xray.reply_start + place]
        logits = np.asarray(chat_model.model(read[None]))[0, -1]
        np.testing.assert_allclose(xray.sources.logits[place], logits, atol=1e-4)
        chances = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        own = chances[xray.written_ids[place]]
        assert xray.probabilities()[place] == pytest.approx(own, abs=1e-4)
        entropy = -(chances * np.log2(chances + 1e-30)).sum()
        assert xray.entropies()[place] == pytest.approx(entropy, abs=1e-3)

        blocks = trace_arrays(chat_model.model, {"token_ids": read[None]}).decoder.blocks
        fresh = np.stack([block.self_attention.attention_scores[0, :, -1] for block in blocks])
        scores = xray.sources.attention_scores[:, :, place]
        np.testing.assert_allclose(scores[:, :, : len(read)], fresh, atol=1e-5)
        assert not scores[:, :, len(read) :].any()
        mean = xray.sources.mean_scores()[place]
        np.testing.assert_allclose(mean[: len(read)], fresh.mean(axis=(0, 1)), atol=1e-5)
        head = xray.sources.mean_scores(layer=2, head=3)[place]
        np.testing.assert_allclose(head[: len(read)], fresh[1, 2], atol=1e-5)


@pytest.mark.parametrize("layer", [None, 3])
@pytest.mark.parametrize("weigh", [False, True])
def test_all_that_was_looked_at_adds_up_to_one(xray, layer, weigh):
    weights = xray.sources.mean_scores(layer, weigh=weigh)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-6)
    np.testing.assert_allclose(xray.by_message(weights).sum(axis=-1), 1, atol=1e-6)
    np.testing.assert_allclose(xray.by_message(xray.sources.rollout).sum(axis=-1), 1, atol=1e-6)


def test_the_name_came_from_the_message_that_told_it(chat_model, xray):
    place = xray.written.index("␣Z")
    found = xray.strongest_head(place)
    assert found.message in (1, 2)  # where the name stood before
    weights = xray.sources.mean_scores(found.layer, found.head)[place]
    assert xray.by_message(weights)[found.message] == pytest.approx(found.share)
    assert found.share > 0.5


@pytest.mark.parametrize("task", ["chat", "language-model"])
def test_each_message_is_found_among_the_tokens(chat_model, task):
    messages = [*MESSAGES[:-1], {"role": "assistant", "content": "é, no."}]
    messages[1] = {"role": "user", "content": "Caf\u0065\u0301\nis open."}  # é of two characters
    xray = xray_reply(replace(chat_model, task=task), messages, 4)
    assert [span.message for span in xray.spans] == [0, 1, 2, 3, 4]
    assert xray.spans[0].start == 0
    assert xray.spans[-1].end == len(xray.token_ids) == len(xray.tokens)
    for before, after in zip(xray.spans, xray.spans[1:], strict=False):
        assert before.end == after.start
    for span, message in zip(xray.spans, messages, strict=True):
        text = chat_model.tokenizer.detokenize(xray.token_ids[span.start : span.end])
        role = message["role"].capitalize() + ": "
        content = message["content"].replace("\u0065\u0301", "é")
        assert text.rstrip("\n") == (content if task == "chat" else role + content)


def test_messages_that_have_fallen_out_are_named(chat_model):
    messages = [MESSAGES[0], *MESSAGES[1:3] * 12, *MESSAGES[3:]]
    xray = xray_reply(chat_model, messages, len(messages) - 1)
    assert xray.forgotten
    assert xray.forgotten == tuple(range(1, 1 + len(xray.forgotten)))
    assert [span.message for span in xray.spans] == [
        index for index in range(len(messages)) if index not in xray.forgotten
    ]
    longer = xray_reply(chat_model, messages, len(messages) - 1, max_new_tokens=8)
    assert len(longer.forgotten) <= len(xray.forgotten)


def test_only_what_makes_text_can_be_gone_on_from(chat_model, xray):
    tokenizer = chat_model.tokenizer
    [first, *_] = tokenizer.tokenize("Z")
    assert xray.text_with(0, first) == "Z"
    assert xray.text_with(2, xray.written_ids[2]) == "Your name is"
    assert xray.text_with(1, tokenizer.end_id) is None
    half_a_character = tokenizer.tokenize("\U0001f642")[0]
    assert xray.text_with(1, half_a_character) is None


def test_what_cannot_be_looked_into_is_told_in_a_sentence(chat_model):
    with pytest.raises(InputError, match="Message 2 is no reply"):
        xray_reply(chat_model, MESSAGES, 1)
    config = replace(chat_model.model.config, use_causal_mask=False)
    with pytest.raises(InputError, match="no causal mask"):
        xray_reply(replace(chat_model, model=build_model(config)), MESSAGES, 4)
