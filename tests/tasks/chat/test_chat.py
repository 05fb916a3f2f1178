import numpy as np
import pytest

from tests.tasks.samples import model_config
from tests.text.vocabularies import CHATML, byte_level
from tfplay.checkpoints.words import templates
from tfplay.models import build_model
from tfplay.tasks import IGNORED, ChatTask, TrainedModel, prediction
from tfplay.tasks.chat.format import encode_messages
from tfplay.tasks.trained_model import InputFormat
from tfplay.text import LibraryTokenizer


def say(role, content):
    return {"role": role, "content": content}


GREETING = [
    say("system", "Be kind."),
    say("user", "My name is Zorimel."),
    say("assistant", "Nice to meet you, Zorimel."),
    say("user", "What is my name?"),
    say("assistant", "Your name is Zorimel."),
]


def conversations(count=20):
    return [
        [say("user", f"I am number {number}."), say("assistant", f"Hello, {number}!")]
        for number in range(count)
    ]


def prepare(examples=None, max_sequence_length=64, validation_fraction=0.1):
    return ChatTask.prepare(
        examples or [GREETING, *conversations()],
        architecture="decoder-only",
        tokenizer_kind="byte-pair",
        vocabulary_size=400,
        max_sequence_length=max_sequence_length,
        validation_fraction=validation_fraction,
        seed=0,
    )


@pytest.fixture(scope="module")
def trained():
    """A chat model that knows nothing."""
    tokenizer = prepare().tokenizer
    config = model_config(tokenizer.vocabulary_size, "decoder-only", max_sequence_length=64)
    return TrainedModel("chat", build_model(config), tokenizer)


def test_only_what_the_assistant_says_is_asked_for(trained):
    [encoded] = ChatTask.encode_all([GREETING], trained.input_format)
    tokenizer = trained.tokenizer
    asked = [label for label in encoded.labels if label != IGNORED]
    replies = [m["content"] for m in GREETING if m["role"] == "assistant"]
    expected = [[*tokenizer.tokenize(reply), tokenizer.end_id] for reply in replies]
    assert asked == expected[0] + expected[1]


def test_each_label_is_the_token_after(trained):
    [encoded] = ChatTask.encode_all([GREETING], trained.input_format)
    token_ids = [*encoded.inputs["token_ids"], trained.tokenizer.end_id]
    for position, label in enumerate(encoded.labels):
        assert label in (IGNORED, token_ids[position + 1])


def test_a_reply_is_asked_for_as_it_was_trained(trained):
    prompt_ids = encode_messages(trained.tokenizer, GREETING[:-1])
    [encoded] = ChatTask.encode_all([GREETING], trained.input_format)
    assert encoded.inputs["token_ids"][: len(prompt_ids)] == prompt_ids
    assert prompt_ids[-1] == trained.tokenizer.assistant_id


def test_equal_conversations_stay_on_one_side_of_the_split():
    data = prepare([*conversations(), *conversations()])
    contents = [[m["content"] for m in c] for c in data.validation]
    assert contents
    assert not [c for c in data.training if [m["content"] for m in c] in contents]


def test_the_last_reply_must_be_exact_and_only_it(trained, monkeypatch):
    def predict(_, examples):
        """The right logits, but for the first reply of the greeting and the end of the other."""
        logits = []
        for example in examples:
            labels = np.array(example.labels)
            [asked] = np.nonzero(labels != IGNORED)
            wrong = asked[0] if len(example.labels) > 30 else asked[-1]
            labels[wrong] = (labels[wrong] + 1) % trained.tokenizer.vocabulary_size
            logits.append(np.eye(trained.tokenizer.vocabulary_size)[np.maximum(labels, 0)])
        return logits

    monkeypatch.setattr(prediction, "predict", predict)
    assert ChatTask.evaluate(trained, [GREETING, conversations()[3]])["exact_match"] == 0.5
    assert ChatTask.evaluate(trained, [GREETING])["exact_match"] == 1.0


def test_a_conversation_that_does_not_fit_is_not_judged(trained):
    long = [say("user", "word " * 99), say("assistant", "Yes.")]
    assert ChatTask.evaluate(trained, [long]) == {}


def test_conversations_come_back_from_a_file(tmp_path):
    ChatTask.write(tmp_path / "chat.jsonl", [GREETING, *conversations()])
    assert ChatTask.read(tmp_path / "chat.jsonl") == [GREETING, *conversations()]


def test_a_model_with_a_template_learns_to_say_the_replies_of_it():
    tokenizer = LibraryTokenizer(byte_level(), CHATML, templates.CHATML)
    data = ChatTask.prepare(
        [GREETING, *conversations()],
        architecture="decoder-only",
        tokenizer_kind="byte-pair",
        vocabulary_size=tokenizer.vocabulary_size,
        max_sequence_length=256,
        validation_fraction=0.1,
        seed=0,
        tokenizer=tokenizer,
    )
    assert data.tokenizer is tokenizer
    form = InputFormat(tokenizer, (), "decoder-only", 256)
    [encoded] = ChatTask.encode_all([GREETING], form)
    labels = np.array(encoded.labels)
    asked = labels != IGNORED
    said = tokenizer.detokenize(labels[asked].tolist())
    assert said == "Nice to meet you, Zorimel.Your name is Zorimel."
    assert (labels == tokenizer.end_id).sum() == 2
    assert labels[-1] == tokenizer.end_id
    prompt = encode_messages(tokenizer, GREETING[:2])
    assert encoded.inputs["token_ids"][: len(prompt)] == prompt
    assert np.flatnonzero(asked)[0] == len(prompt) - 1
