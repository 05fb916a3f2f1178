"""What the Layers page says in words, from numbers that are known."""

import numpy as np
import pytest

from tfplay.app.attention.roles import told_roles
from tfplay.app.layers.patching import swapped
from tfplay.app.layers.probing import LOCAL, TASK, told, verdict
from tfplay.explain import Probe, Role
from tfplay.text import TOKENIZERS


def probes(itself: list[float], before: list[float], task: list[float]) -> dict[str, Probe]:
    values = dict(zip((*LOCAL, TASK), (itself, before, task), strict=True))
    return {name: Probe(np.array(each), 0.1, 5, 100) for name, each in values.items() if each}


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ([0.2, 0.4, 0.9], "The claim holds here"),
        ([0.2, 0.9, 0.4], "holds in part"),
        ([0.9, 0.4, 0.2], "does not hold"),
        ([], "half of the claim"),
    ],
)
def test_the_claim_is_judged_by_where_each_thing_is_read_best(task, said):
    found = probes([1, 0.8, 0.6], [0.3, 0.7, 0.5], task)
    assert said in verdict(found)
    assert f"{LOCAL[1]}: best **after block 1**, 70%" in told(found)[1]


def test_only_heads_above_even_attention_are_said_to_do_something_and_with_their_score():
    scores = np.array([[0.8, 0.4]])
    roles = {"previous token": Role(scores, 0.25, 9), "itself": Role(scores[:, ::-1] / 4, 0.3, 9)}
    assert told_roles(roles) == [
        "Layer 1, head 1 gives **80%** of its attention to **the previous token** "
        "(evenly spread: 25%)."
    ]


def test_two_words_are_swapped_where_the_text_keeps_as_many_tokens():
    tokenizer = TOKENIZERS["word"].train(["a cat saw the dog"], 100)
    assert swapped("a cat saw the dog", tokenizer) == "a saw cat the dog"
    assert swapped("dog dog", tokenizer) == "dog dog"
    assert swapped("dog", tokenizer) == "dog"
