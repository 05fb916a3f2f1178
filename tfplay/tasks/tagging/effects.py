"""How each word around an entity influences its probability."""

import numpy as np

from tfplay.decoding.filters import probabilities
from tfplay.tasks.batches import IGNORED
from tfplay.tasks.tagging.tag import (
    Tags,
    encode_words,
    read_together,
    spans_of,
    tag,
    tokenize_sentences,
)
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.word_effects import PlacedExample, WordEffects, enclosed, measure_effects
from tfplay.tasks.words_read import WordRead


def entity_effects(trained: TrainedModel, tags: Tags, number: int) -> WordEffects:
    """How each word around an entity influences its probability.

    The probability of an entity is the least among the tags of its words, as in `Entity.score`.

    Args:
        trained: A model that learned tagging.
        tags: The result of `tag`.
        number: Index of the entity, from 0.
    """
    tokenizer = trained.tokenizer
    span = spans_of(tags.tags)[number]
    sentence, part = read_together(trained, tags, span.first)
    own = range(span.first, min(span.stop, part.stop))
    classes = [trained.labels.index(tags.tags[word]) for word in own]

    def read(words: list[str], token_ids: list[list[int]], left_out: int | None) -> PlacedExample:
        is_shorter = left_out is not None
        first = part.start - sentence.start
        kept = token_ids[first : first + len(part) - is_shorter]
        room = trained.context - 2
        example = encode_words(tokenizer, [ids[:room] for ids in kept], [0] * len(kept))
        [positions] = np.nonzero(np.array(example.labels) != IGNORED)
        before = span.first - part.start - (left_out is not None and left_out < span.first)
        temperature = trained.temperature(" ".join(words))
        return PlacedExample(example, positions[before : before + len(own)], temperature)

    left_out = [None, *(word for word in part if word not in own)]
    sentences = [[tags.words[word] for word in sentence if word != each] for each in left_out]
    spellings = tokenize_sentences(tokenizer, sentences)
    readings = dict(zip(left_out, map(read, sentences, spellings, left_out), strict=True))
    whole = readings.pop(None)
    [positions] = np.nonzero(np.array(whole.example.labels) != IGNORED)
    words = [
        WordRead(tags.words[word], int(position), tags.places[word])
        for word, position in zip(part, positions, strict=True)
    ]
    return measure_effects(
        trained,
        whole,
        enclosed(tokenizer, words, [readings.get(word) for word in part], whole.example.length),
        lambda logits, at: probabilities(logits[at])[range(len(own)), classes].min(keepdims=True),
        [tags.entities[number].text],
        read_at=int(whole.place[0]),
    )


def effects_in_text(trained: TrainedModel, text: str, number: int) -> WordEffects:
    """Tags a text, and measures the effects of its words on one of its entities."""
    return entity_effects(trained, tag(trained, text), number)
