"""Chat: learn to reply, from conversations of system, user and assistant."""

from collections.abc import Sequence
from itertools import compress

import numpy as np

from tfplay import decoding
from tfplay.config import DecodingConfig, TrainingConfig
from tfplay.tasks.base import Task
from tfplay.tasks.batches import IGNORED, Encoded
from tfplay.tasks.chat.format import (
    Conversation,
    Spoken,
    encode_messages,
    encode_whole,
    reply_place,
)
from tfplay.tasks.data import DataSettings, ExampleData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.prediction import Fit, measure_fit
from tfplay.tasks.reading import Reading, reading_with_answer
from tfplay.tasks.samples import MAX_SAMPLE_TOKENS, Sample
from tfplay.tasks.scores import perplexity
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import read_conversations, write_conversations


class ChatTask(Task[Sequence[Conversation]]):
    """Reply to the user as the assistant does in the examples.

    A conversation is one sequence: before each message the token of its role, after it the end
    token; a model that has a chat template is trained in that. The loss asks only for what the
    assistant says.

    Example:
        >>> conversations = ChatTask.read("chats.jsonl")
        >>> data = ChatTask.prepare(conversations, architecture="decoder-only", **settings)
    """

    about = TaskDescription(
        name="chat",
        title="Chat",
        architectures=("decoder-only",),
        reads="messages with role and content, or exports of ChatGPT and Open WebUI",
        file_help='One conversation a line in a **.jsonl**: a list of messages with a "role" '
        '(system, user or assistant) and a "content"; the user speaks before the assistant. Or a '
        "**.json**: what ChatGPT or Open WebUI exports, or lists like ShareGPT's or Alpaca's. "
        f"{GZIP}",
        formats=(".jsonl", ".json"),
        unit="conversation",
        pasted_example='[{"role": "user", "content": "Hello."}, '
        '{"role": "assistant", "content": "Hi!"}]',
        second_label="It answers",
        second_help="Empty: the model's own reply",
        preset="small",
        model_fields={"max_sequence_length": 256},  # conversations are long
        tokenizer="byte-pair",
        vocabulary_size=2000,
        training=TrainingConfig(steps=2000, batch_size=32),
    )
    reader = staticmethod(read_conversations)
    writer = staticmethod(write_conversations)

    @classmethod
    def _prepare(cls, examples: Sequence[Conversation], settings: DataSettings) -> ExampleData:
        training, validation = settings.split(examples, _contents)
        texts = (message["content"] for conversation in training for message in conversation)
        tokenizer = settings.learn_tokenizer(texts)
        return ExampleData(cls, tokenizer, (), training, validation, settings)

    @classmethod
    def encode_all(cls, examples: Sequence[Conversation], form: InputFormat) -> list[Encoded]:
        return [_with_labels(each) for each in encode_whole(examples, form.tokenizer)]

    @classmethod
    def judged(
        cls, trained: TrainedModel, examples: Sequence[Conversation], limit: int | None = None
    ) -> list[Conversation]:
        """The conversations that end with a reply and fit the context."""
        encoded = cls.encode_all(examples, trained.input_format)
        return [
            conversation
            for conversation, each in zip(examples, encoded, strict=True)
            if conversation[-1]["role"] == "assistant" and each.length <= trained.context
        ][:limit]

    @classmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Sequence[Conversation], limit: int | None = None
    ) -> dict[str, float]:
        """Exact matches of the last reply, greedily; and the perplexity of all replies.

        A conversation is scored if its last message is the assistant's and it fits the context.
        """
        conversations = cls.judged(trained, examples, limit)
        if not conversations:
            return {}
        encoded = cls.encode_all(conversations, trained.input_format)
        fit = measure_fit(trained, encoded)
        return {
            "exact_match": float(np.mean(_replies_exactly(trained, conversations, encoded, fit))),
            "perplexity": perplexity(fit.cross_entropy),
        }

    @classmethod
    def as_typed(cls, example: Conversation) -> str:
        """The first thing that the user says."""
        return next(message["content"] for message in example if message["role"] == "user")

    @classmethod
    def text_read(cls, example: Conversation) -> str:
        """All that is said."""
        return "\n".join(message["content"] for message in example)

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        """The text as what the user says, and a reply."""
        prompt_ids = encode_messages(trained.tokenizer, [{"role": "user", "content": text}])
        return reading_with_answer(trained, prompt_ids, second)

    @classmethod
    def prompt(cls, trained: TrainedModel, reading: Reading) -> dict[str, np.ndarray]:
        return reading.cut_after(_place(trained, reading))

    @classmethod
    def usual_row(cls, trained: TrainedModel, reading: Reading, logits: np.ndarray) -> int:
        """Where the reply begins."""
        return _place(trained, reading)

    @classmethod
    def answer_line(cls, trained: TrainedModel, text: str) -> str:
        """The reply."""
        return reply_text(trained, [{"role": "user", "content": text}], MAX_SAMPLE_TOKENS)

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[Conversation]) -> list[Sample]:
        return [
            Sample(
                conversation[-2]["content"],
                reply_text(trained, conversation[:-1], MAX_SAMPLE_TOKENS),
                conversation[-1]["content"],
            )
            for conversation in examples
        ]

    @classmethod
    def few(cls, examples: Sequence[Conversation], count: int) -> list[Conversation]:
        """Conversations that end with a reply."""
        ends = [len(each) > 1 and each[-1]["role"] == "assistant" for each in examples]
        return list(compress(examples, ends))[:count]

    @classmethod
    def quick_scores(
        cls, trained: TrainedModel, examples: Sequence[Conversation]
    ) -> dict[str, float]:
        """The perplexity of all replies only: generating whole replies takes long."""
        fit = measure_fit(trained, cls.encode_all(examples, trained.input_format))
        return {"perplexity": perplexity(fit.cross_entropy)}


def _place(trained: TrainedModel, reading: Reading) -> int:
    """Where the reply begins."""
    return reply_place(trained.tokenizer, reading.inputs["token_ids"][0].tolist())


def replies_exactly(trained: TrainedModel, conversations: Sequence[Conversation]) -> list[bool]:
    """For each conversation, whether the model's greedy reply is its last message."""
    encoded = ChatTask.encode_all(conversations, trained.input_format)
    return _replies_exactly(trained, conversations, encoded, measure_fit(trained, encoded))


def reply_text(
    trained: TrainedModel, messages: Conversation, max_new_tokens: int | None = None
) -> str:
    """The whole reply to a conversation, or its first tokens, decoded greedily."""
    prompt_ids = encode_messages(trained.tokenizer, messages)
    config = DecodingConfig(max_new_tokens=max_new_tokens or trained.context)
    end_id = trained.tokenizer.end_id
    [token_ids] = decoding.generate(trained.model, np.array([prompt_ids]), config, [end_id])
    return trained.tokenizer.detokenize(token_ids)


def _with_labels(spoken: Spoken) -> Encoded:
    """Each token's label is the one after it, where the assistant speaks."""
    token_ids = spoken.token_ids
    labels = [
        token_id if is_reply else IGNORED
        for token_id, is_reply in zip(token_ids[1:], spoken.is_reply[1:], strict=True)
    ]
    return Encoded({"token_ids": token_ids[:-1]}, labels)


def _replies_exactly(
    trained: TrainedModel,
    conversations: Sequence[Conversation],
    encoded: Sequence[Encoded],
    fit: Fit,
) -> list[bool]:
    """For each conversation, whether the model's greedy reply is its last message.

    If all tokens of that message are predicted right, the model writes exactly them: it reads the
    same before each. Only otherwise might it still write the same text in other tokens.
    """
    exactly = []
    for conversation, each, hits in zip(conversations, encoded, fit.hits, strict=True):
        labels = np.array(each.labels)
        last_ignored = np.flatnonzero(labels == IGNORED)[-1]
        is_predicted = hits[last_ignored + 1 - len(labels) :].all()
        exactly.append(
            bool(is_predicted)
            or reply_text(trained, conversation[:-1]) == conversation[-1]["content"]
        )
    return exactly


def _contents(conversation: Conversation) -> tuple[str, ...]:
    return tuple(message["content"] for message in conversation)
