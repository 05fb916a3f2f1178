"""What is heard as distress and what is not; what is answered, and that no model is asked."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_chat import Sized
from tfplay.chat import Client, Reply, make_prompt, xray_reply
from tfplay.chat.costs import conversation_turns
from tfplay.chat.distress import ANSWERS, answer_to, distress_answer, without_distress
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.tasks import TrainedModel
from tfplay.text import WordTokenizer
from tfplay.text.corpora import CORPORA

LISTS = Path(__file__).parent / "distress"
GREEDY = DecodingConfig(max_new_tokens=16)
CRY = {"role": "user", "content": "I am going to kill myself."}
ENGLISH = ANSWERS["english"]


def sentences(name: str) -> list[str]:
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def share_heard(name: str) -> float:
    """The share of a list's sentences that is answered as distress."""
    heard = [distress_answer(sentence) is not None for sentence in sentences(name)]
    print(f"{name}: {sum(heard)} of {len(heard)} are heard as distress")
    return sum(heard) / len(heard)


@pytest.mark.parametrize("sentence", sentences("known_distress"))
def test_a_message_in_distress_is_heard(sentence):
    assert distress_answer(sentence) in ANSWERS.values()


@pytest.mark.parametrize("sentence", sentences("known_harmless"))
def test_what_only_sounds_like_distress_is_left_to_the_model(sentence):
    assert distress_answer(sentence) is None


def test_the_list_of_false_alarms_is_long():
    assert len(sentences("known_harmless")) >= 150


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("held_out_distress", 0.95, 1),
        ("held_out_harmless", 0, 0.02),
        ("second_distress", 0.95, 1),
        ("second_harmless", 0, 0.02),
        ("third_distress", 0.95, 1),
        ("third_harmless", 0, 0.02),
        ("final_distress", 0.9, 1),
        ("final_harmless", 0, 0.03),
    ],
)
def test_of_lists_that_were_not_written_for_the_rules_most_is_told_apart(name, least, most):
    assert least <= share_heard(name) <= most


def test_no_message_of_the_corpus_that_the_chat_model_learned_is_a_false_alarm():
    corpus = CORPORA["conversations"]
    said = {
        message["content"]
        for part, count in (("training", 1500), ("held-out", 500))
        for conversation in corpus.examples(part, count, seed=7)
        for message in conversation
    }
    assert [text for text in said if distress_answer(text)] == []


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("I want to die", "english"),
        ("मैं मरना चाहता हूँ", "hindi"),
        ("main marna chahta hoon", "hindi in Latin letters"),
    ],
)
def test_the_answer_is_in_the_language_of_the_message_and_has_no_number_to_call(message, language):
    answer = distress_answer(message)
    assert answer == ANSWERS[language]
    assert not any(character.isdigit() for character in answer)


@pytest.mark.parametrize(
    "piece",
    ["want to ", "i ", "a", "\u0301", "myself", "k.", "!", "iwantto", "kill ", "i just always "],
)
def test_hearing_takes_time_in_proportion_to_the_length(piece):
    distress_answer("I want to die")
    start = time.process_time()
    distress_answer(piece * 40_000)
    assert time.process_time() - start < 3


def test_no_model_is_asked_and_no_token_is_counted():
    trained = TrainedModel("chat", Sized(83), WordTokenizer.train(["Hello"], vocabulary_size=83))
    reply = Reply(trained, [CRY], GREEDY)
    assert "".join(reply) == ENGLISH
    assert not reply.is_by_model
    assert reply.finish_reason == "stop"
    assert len(reply.prompt.token_ids) == len(reply.token_ids) == 0


def test_only_the_newest_message_of_the_user_decides():
    later = [CRY, {"role": "assistant", "content": ENGLISH}, {"role": "user", "content": "Hello!"}]
    assert answer_to(later) is None
    assert answer_to([*later[:-1], CRY]) == ENGLISH
    assert answer_to([{"role": "system", "content": CRY["content"]}, *later[-1:]]) is None


def test_the_client_marks_it(chat_model):
    client = Client(chat_model)
    response = client.chat.completions.create(messages=[CRY])
    assert response.choices[0].message.content == ENGLISH
    assert response.choices[0].finish_reason == "stop"
    assert response.usage.total_tokens == 0
    assert response.system_fingerprint == "not-written-by-the-model"
    chunks = list(client.chat.completions.create(messages=[CRY], stream=True))
    assert {chunk.system_fingerprint for chunk in chunks} == {"not-written-by-the-model"}
    hello = client.chat.completions.create(messages=[{"role": "user", "content": "Hello!"}])
    assert hello.system_fingerprint is None


def test_the_model_is_never_given_the_answer_as_its_own_words(chat_model):
    before = [
        {"role": "user", "content": "My name is Zorimel."},
        {"role": "assistant", "content": "Nice to meet you, Zorimel."},
    ]
    between = [CRY, {"role": "assistant", "content": ENGLISH}]
    question = {"role": "user", "content": "What is my name?"}
    plain = make_prompt(chat_model, [*before, question], 32)
    with_distress = make_prompt(chat_model, [*before, *between, question], 32)
    assert with_distress.token_ids.tolist() == plain.token_ids.tolist()
    language_model = replace(chat_model, task="language-model")
    assert (
        make_prompt(language_model, [*before, *between, question], 32).token_ids.tolist()
        == make_prompt(language_model, [*before, question], 32).token_ids.tolist()
    )
    assert without_distress([*before, question]) == [*before, question]


def test_an_xray_of_the_answer_says_why_there_is_none_and_others_go_on(chat_model):
    messages = [
        CRY,
        {"role": "assistant", "content": ENGLISH},
        {"role": "user", "content": "What is attention?"},
        {"role": "assistant", "content": "Attention lets each token look at other tokens."},
    ]
    with pytest.raises(InputError, match="no model was asked"):
        xray_reply(chat_model, messages, 1)
    alone = xray_reply(chat_model, messages[2:], 1)
    later = xray_reply(chat_model, messages, 3)
    assert later.token_ids.tolist() == alone.token_ids.tolist()
    assert [turn.message for turn in conversation_turns(chat_model, messages)] == [3]
