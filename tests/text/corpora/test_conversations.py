import hashlib
import json
import re
from collections import Counter
from random import Random

import pytest

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
GOLDEN = {
    "training": "280c830caabf0e42d192d61e092f970fb14620ca6842d1254867669453351544",
    "held-out": "6fdb68ed18efb036e612431e5ecb177431908653a34e1d358e6e6b533a68b2fd",
    "recall-0": "4c293b1908db735943088772b05fac54ce1efc7aed2cea384679098261b6aace",
    "recall-1": "898152977a6967cf62a5916f3de3395610b2f9804190a0b01b1441caf29b8e49",
    "recall-2": "dd4fce392d766dd1475e3c9cf475a1a483b2b5cb3b0cba3aa66039290fe5660c",
    "recall-3": "919297169ddc366ac13081c5e553324ce5ebb874d7d7a7bf8358c729c2bce754",
    "recall-4": "b65ddc35d27f00d4a911689bb4eb04d93eb50782746397a731c0bf67da3546a6",
    "recall-5": "4987b0a23b14995121b5906173019f49597dce33019a652e3852015e5f3b6346",
    "recall-6": "d9335fff7c2e4efa647d26bf780e30012b2e8027f4f1b0670ab1e1e1086c329b",
    "corrections": "73dc2b7203ce6e1a831b2a834959982d2635f471bd4c568b45a3c37039c7f454",
    "sums": "1cdd61d6804c67ea95d4f5dd7f5bd3bdfbf98486fb40393249018c7485356af9",
    "system-prompts": "21db0f7fbbf5e9ec9e4abf055e584debc342db4f6dd191e105d0780cf9aca18a",
}


@pytest.fixture(scope="module")
def training():
    return CONVERSATIONS.examples("training", 20_000, seed=0)


@pytest.fixture(scope="module")
def evaluation():
    return {part: CONVERSATIONS.examples(part, 300, seed=0) for part in EVALUATION}


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


def test_every_conversation_is_well_formed_and_short(training, evaluation):
    for conversation in sum(evaluation.values(), training):
        roles = [message["role"] for message in conversation]
        turns = roles[1:] if roles[0] == "system" else roles
        assert turns == ["user", "assistant"] * (len(turns) // 2)
        assert turns
        contents = [message["content"] for message in conversation]
        assert all(content == content.strip() and content for content in contents)
        assert all(len(content.split()) <= 22 for content in contents)
        assert sum(len(content.split()) for content in contents) <= 130


@pytest.mark.parametrize("part", CONVERSATIONS.parts)
def test_examples_are_as_many_as_asked_for_all_different_and_pinned(part):
    examples = CONVERSATIONS.examples(part, 300, seed=0)
    lines = [json.dumps(example) for example in examples]
    assert len(set(lines)) == 300
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
    told = re.compile(
        r"(?:[Mm]y name is|[Mm]y name's|[Cc]all me|[Ii]'m|[Ii] am|[Tt]he name is) ([A-Z]\w+)"
    )
    asked = {plain(question) for question in facts.NAME.asked}
    expected_and_found = []
    for conversation in training:
        if system_of(conversation) or "".join(said_by("user", conversation)).islower():
            continue
        name = None
        for said, reply in turns_of(conversation):
            name = told.search(said)[1] if told.search(said) else name
            if plain(said) in asked:
                expected = f"Your name is {name}." if name else "You have not told me your name."
                expected_and_found.append((expected, reply))
    assert len(expected_and_found) > 1000
    assert all(expected == found for expected, found in expected_and_found)


def test_what_is_mine_to_the_user_is_theirs_in_the_reply(training):
    plans = [
        reply
        for conversation in training
        for reply in said_by("assistant", conversation)
        if "omorrow you will" in reply
    ]
    assert any(" your " in plan for plan in plans)
    assert not any(" my " in plan for plan in plans)


def test_training_asks_for_a_name_equally_often_at_every_distance(training):
    distances = Counter()
    for conversation in training:
        turns = turns_of(conversation)
        for number, (_, reply) in enumerate(turns):
            name = re.fullmatch(r"Your name is (\w+)\.", reply)
            if name:
                told = max(n for n in range(number) if re.search(rf"\b{name[1]}\b", turns[n][0]))
                distances[number - told - 1] += 1
    assert set(distances) >= set(range(7))
    assert all(distances[distance] > 0.07 * distances.total() for distance in range(7))


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
            asks_larger = not re.search("smaller|less", turn.said)
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
