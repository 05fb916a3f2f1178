import hashlib
import json
import re
from collections import Counter
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from tfplay.tasks.chat.format import encode_messages
from tfplay.text import BytePairTokenizer
from tfplay.text.corpora.conversations import (
    CONVERSATIONS,
    facts,
    glossary,
    numbers,
    talk,
    unknown,
)
from tfplay.text.corpora.conversations.dialogue import Dialogue
from tfplay.text.corpora.conversations.source import Source, is_pair_held_out

EVALUATION = CONVERSATIONS.parts[1:]
LONG = [part for part in EVALUATION if part.startswith("long-")]
SPELLINGS = 90
"""All conversations of the part "notes"."""
COUNT = 100
GOLDEN = {
    "training": "3526a9cd883f808fefb799d724c6bfc11168a669104394d892f414cf7d4b8ca5",
    "held-out": "de3b254e6b7aa1cfcea10eccd2ab97a7acd853d8c1fbcca4265460e23cc660e7",
    "recall-0": "291574cfc6da69a46a2fe351e2ffbed55389f14db88312723deeeb2be2805e9a",
    "recall-1": "b2edb03c17c96e14f89755ad55cd8763beccae0857410258897548b5cb88b0a9",
    "recall-2": "6e1500dd282e187ed4a1cafda92b5e2a2e16f4fc250c9337e0855d990204efcf",
    "recall-3": "1589c807ced0175f992749d33a6163676dc1f0c819af56913a77038be06febda",
    "recall-4": "c84111dd93c818ca1242b365109b58113f52e8d8637f6a8d0e3209341e72e8c1",
    "recall-5": "dc719224bd5bf4f3299f1314b5c1b8534eceee6eea61cfbb7459409a18953b6d",
    "recall-6": "b87d7baca6db715d488b637dfaa60eacf2674311840765944305bc96aee9f842",
    "corrections": "1979cf6bb5d9c208c60cef844140436da3ef52fdb984f0af79430750957ee7a5",
    "sums": "339b5833dcf0c0aabe709dbc95e53bc4b5be7a7931cdb109b08e1e01dc9ff894",
    "system-prompts": "feceadee507714f737c6b76f4db1cfadac9f83aa915f823538ae33c996439a41",
    "notes": "c612f75f404c2fae620a30ce336767acc91a82a2bf672901cedd2b6f581273e5",
    "unknown": "3f0b467052bfa30c38c5402e250232790927115cbd34cb0b37bb1880d208f205",
    "long-names": "3e69d6e5aa31a736e50d99ef5037b265fe34d5389e57a4f0989f72d9d65b65f5",
    "long-corrections": "a40b33b878056555a2158e9b6c73d3a43f661289368b197e20931c5c8d170886",
    "long-sums": "bcadfcd15899213d23233a8e6da3977f32666f631e56fd0578deb023447278d8",
}


@pytest.fixture(scope="module")
def training():
    return CONVERSATIONS.examples("training", 4000, seed=0)


@pytest.fixture(scope="module")
def evaluation():
    return {part: CONVERSATIONS.examples(part, COUNT, seed=0) for part in EVALUATION}


def said_by(role, conversation):
    return [message["content"] for message in conversation if message["role"] == role]


def system_of(conversation):
    return next(iter(said_by("system", conversation)), "")


def turns_of(conversation):
    return list(zip(said_by("user", conversation), said_by("assistant", conversation), strict=True))


def plain(text):
    return text.lower().rstrip(".?!")


def numbers_in(text):
    return tuple(int(number) for number in re.findall(r"\d+", text))


def test_every_conversation_is_well_formed(training, evaluation):
    for conversation in sum(evaluation.values(), training):
        roles = [message["role"] for message in conversation]
        turns = roles[1:] if roles[0] == "system" else roles
        assert turns == ["user", "assistant"] * (len(turns) // 2)
        assert turns
        contents = [message["content"] for message in conversation]
        assert all(content == content.strip() and content for content in contents)
        assert all(len(content.split()) <= 32 for content in contents)


def test_training_fills_a_window_of_256_tokens(training):
    tokenizer = BytePairTokenizer.train(
        (message["content"] for each in training[:1000] for message in each), 1500
    )
    lengths = np.array([len(encode_messages(tokenizer, each)) - 1 for each in training[:1000]])
    assert np.mean(lengths > 256) < 0.1
    assert np.mean(lengths > 256 - 32) > 0.75


@pytest.mark.parametrize("part", LONG)
def test_what_is_asked_last_is_told_a_whole_window_before(part, evaluation):
    for conversation in evaluation[part]:
        assert sum(len(each["content"]) + 6 for each in conversation) > 2.5 * 256
        reply = conversation[-1]["content"]
        if part != "long-sums":
            [name] = re.findall(r"Your name is (\w+)\.", reply)
            told = [bool(re.search(rf"\b{name}\b", said)) for said in said_by("user", conversation)]
            assert told.index(True) == (part == "long-corrections")


@pytest.mark.parametrize("part", CONVERSATIONS.parts)
def test_examples_are_as_many_as_asked_for_all_different_and_pinned(part):
    examples = CONVERSATIONS.examples(part, COUNT, seed=0)
    lines = [json.dumps(example) for example in examples]
    assert len(set(lines)) == (SPELLINGS if part == "notes" else COUNT)
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == GOLDEN[part]


def test_other_seeds_give_other_conversations():
    first, second = (CONVERSATIONS.examples("training", 50, seed) for seed in (0, 1))
    assert first != second


@pytest.mark.parametrize("part", EVALUATION)
def test_no_evaluated_conversation_is_in_training(part, training, evaluation):
    trained = {json.dumps(conversation) for conversation in training}
    assert not trained & {json.dumps(conversation) for conversation in evaluation[part]}


def test_a_name_to_recall_is_never_seen_in_training_and_was_told_so_many_turns_before(
    training, evaluation
):
    told = re.compile(
        r"(?:name is|is called|meet you,|hello to|city of|to see) (\w+)", re.IGNORECASE
    )
    trained_names = {
        name.lower()
        for conversation in training
        for reply in said_by("assistant", conversation)
        for name in told.findall(reply)
    }
    assert len(trained_names) > 1000
    for distance in range(7):
        for conversation in evaluation[f"recall-{distance}"]:
            name = re.search(r"(?:name is|is called) (\w+)\.", conversation[-1]["content"])[1]
            assert name.lower() not in trained_names
            users = said_by("user", conversation)
            assert len(users) == distance + 2
            assert name in users[0]
            assert name not in " ".join(users[1:])


def test_a_correction_replaces_what_was_told(evaluation):
    for conversation in evaluation["corrections"]:
        replies = said_by("assistant", conversation)
        corrected = [reply for reply in replies if reply.startswith("All right, ")]
        assert [plain(reply) for reply in corrected] == [f"all right, {plain(replies[-1])}"]
        assert replies[-1] not in replies[:-1]


def test_training_never_has_the_two_that_meet_in_an_evaluated_correction():
    def corrections(held_out):
        dialogue = Dialogue(Source(Random("colours"), held_out))
        return {dialogue.correction_of(facts.COLOUR) for _ in range(3000)}

    trained, evaluated = corrections(held_out=False), corrections(held_out=True)
    assert not trained & evaluated
    assert len(trained | evaluated) == 16 * 15


def test_a_name_is_given_back_as_last_told_and_never_invented(training):
    told = re.compile(r"(?:Nice to meet you, (\w+)|All right, your name is (\w+))\.")
    expected_and_found = []
    for conversation in training:
        name = None
        for reply in said_by("assistant", conversation):
            heard = told.search(reply)
            name = heard[1] or heard[2] if heard else name
            if reply == facts.NAME.not_told or reply.startswith("Your name is "):
                expected = f"Your name is {name}." if name else facts.NAME.not_told
                expected_and_found.append((expected, reply))
    assert len(expected_and_found) > 1000
    assert all(expected == found for expected, found in expected_and_found)


def test_a_result_is_gone_on_from(training):
    result = re.compile(r"\d+ (?:plus|minus) \d+ is (\d+)\.")
    found = []
    for conversation in training:
        turns = turns_of(conversation)
        for (_, before), (said, reply) in pairwise(turns):
            if re.fullmatch(r"(and )?(plus|minus) \d+", plain(said)) and result.search(before):
                found.append((result.search(before)[1], reply))
    assert len(found) > 100
    assert all(re.search(rf"\b{first} (plus|minus) ", reply, re.I) for first, reply in found)


def test_what_is_unknown_is_answered_with_something_to_try(evaluation):
    replies = {conversation[-1]["content"] for conversation in evaluation["unknown"]}
    assert replies == {kind.reply for kind in unknown.KINDS if kind.about}
    for kind in unknown.KINDS:
        assert re.search(r"\b(ask|tell|try)\b|remember", kind.reply, re.I)


def test_what_is_mine_to_the_user_is_theirs_in_the_reply(training):
    plans = [
        reply
        for conversation in training
        for reply in said_by("assistant", conversation)
        if "omorrow you will" in reply
    ]
    assert any(" your " in plan for plan in plans)
    assert not any(" my " in plan for plan in plans)


def test_training_asks_for_a_name_at_every_distance(training):
    distances = Counter()
    for conversation in training:
        turns = turns_of(conversation)
        for number, (_, reply) in enumerate(turns):
            name = re.fullmatch(r"Your name is (\w+)\.", reply)
            if name:
                told = max(n for n in range(number) if re.search(rf"\b{name[1]}\b", turns[n][0]))
                distances[number - told - 1] += 1
    assert set(distances) >= set(range(7))
    assert all(distances[distance] > 0.03 * distances.total() for distance in range(7))


def test_questions_without_history_always_have_the_same_reply():
    source = Source(Random("questions"), held_out=False)
    makers = [numbers.draw, glossary.draw, talk.draw, talk.who_are_you, unknown.draw]
    makers += [lambda _, fact=fact: facts.ask(source, fact, None) for fact in facts.ALL]
    replies = {}
    for make in makers:
        for _ in range(3000):
            turn = make(source)
            answer = turn.reply, turn.word
            assert replies.setdefault(plain(turn.said), answer) == answer


def test_pairs_of_numbers_in_evaluated_sums_are_never_in_training_in_either_order(
    training, evaluation
):
    trained = {
        frozenset(numbers_in(said))
        for conversation in training
        for said in said_by("user", conversation)
        if len(numbers_in(said)) == 2
    }
    assert len(trained) > 4000
    for conversation in evaluation["sums"]:
        assert frozenset(numbers_in(conversation[-2]["content"])) not in trained


def test_one_in_ten_pairs_of_numbers_is_held_out_and_none_of_two_digits():
    held_out = {
        (first, second)
        for first in range(100)
        for second in range(100)
        if is_pair_held_out(first, second)
    }
    assert 900 <= len(held_out) <= 1100
    assert all((second, first) in held_out for first, second in held_out)
    assert not any(first < 10 and second < 10 for first, second in held_out)


def test_sums_and_differences_are_right(training, evaluation):
    sums = re.compile(r"(\d+) (plus|minus) (\d+) is (-?\d+)\.")
    found = [
        sums.search(reply)
        for conversation in training + evaluation["sums"]
        for reply in said_by("assistant", conversation)
    ]
    found = [match.groups() for match in found if match]
    assert len(found) > 10_000
    for first, operation, second, result in found:
        sign = 1 if operation == "plus" else -1
        assert int(first) + sign * int(second) == int(result) >= 0


def test_a_difference_below_zero_is_not_given_a_number(training):
    below = re.compile(r"(\d+) minus (\d+) is below 0\.")
    replies = [reply for conversation in training for reply in said_by("assistant", conversation)]
    found = [match.groups() for match in map(below.search, replies) if match]
    assert len(found) > 100
    assert all(int(first) < int(second) for first, second in found)


def test_comparisons_are_right():
    source = Source(Random("comparisons"), held_out=False)
    for _ in range(2000):
        turn = numbers.compare(source)
        first, second = numbers_in(turn.said)
        left, right = numbers_in(turn.reply)
        assert {left, right} == {first, second}
        relation = "larger" if left > right else "smaller" if left < right else "equal"
        assert relation in turn.reply
        if turn.word in ("Yes", "No"):
            asks_larger = not re.match(r"Is \d+ (s|l[es])", turn.said)  # also misspelt
            assert (turn.word == "Yes") == ((first > second) == asks_larger)


@pytest.mark.parametrize(
    ("prompt", "obeys"),
    [
        ("pirate", lambda reply: re.fullmatch(r"Arr! .*, matey!", reply)),
        ("capitals|upper|capital letters", str.isupper),
        ("math", lambda reply: not re.match(r"\d+ (plus|minus|is)|I do not know", reply)),
        ("word", lambda reply: re.fullmatch(r"-?\w+\.", reply)),
    ],
)
def test_every_reply_obeys_the_system_prompt(prompt, obeys, training, evaluation):
    conversations = training + evaluation["held-out"] + evaluation["system-prompts"]
    replies = [
        reply
        for conversation in conversations
        if re.search(prompt, system_of(conversation).lower())
        for reply in said_by("assistant", conversation)
    ]
    assert len(replies) > 1000
    assert all(obeys(reply) for reply in replies)


def test_evaluated_system_prompts_never_meet_their_last_message_in_training(training, evaluation):
    trained = {
        (plain(system_of(conversation)), plain(said))
        for conversation in training
        for said in said_by("user", conversation)
    }
    for conversation in evaluation["system-prompts"]:
        assert system_of(conversation)
        last = plain(system_of(conversation)), plain(conversation[-2]["content"])
        assert last not in trained


def test_at_least_forty_terms_are_explained_in_a_sentence_and_in_a_word():
    assert len(glossary.TERMS) >= 40
    assert len({term.meaning for term in glossary.TERMS}) == len(glossary.TERMS)
    assert all(4 <= len(term.meaning.split()) <= 12 for term in glossary.TERMS)
    assert all(re.fullmatch(r"\w+", term.word) for term in glossary.TERMS)


def test_made_up_names_are_thousands_and_told_apart_from_those_held_out():
    trained, held_out = (
        {source.made_up_name() for _ in range(5000)}
        for source in (Source(Random("names"), held_out=side) for side in (False, True))
    )
    assert min(len(trained), len(held_out)) > 4500
    assert not trained & held_out
