"""The parts of the corpus: what is drawn for training, and what for each evaluation."""

import re
from collections.abc import Callable
from functools import partial
from random import Random

from tfplay.text.corpora.conversations import facts, glossary, numbers, recipes, talk, unknown
from tfplay.text.corpora.conversations.dialogue import Dialogue, is_meeting_held_out
from tfplay.text.corpora.conversations.held_out import is_held_out
from tfplay.text.corpora.conversations.personas import (
    ASSISTANT,
    HELPER,
    LACONIC,
    PIRATE,
    SHOUTER,
    TEACHER,
    Persona,
)
from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.examples import Message

MAX_LENGTH = 130
"""The longest conversation, in words, marks and digits: seldom over 200 byte-pair tokens."""
DISTANCES = range(7)
RECIPES = {
    recipes.remember: 27,
    recipes.tell_several: 7,
    recipes.correct_and_go_on: 8,
    recipes.ask_in_vain: 5,
    recipes.do_sums: 50,
    recipes.explain: 12,
    recipes.make_friends: 10,
}


def training(random: Random) -> list[Message]:
    """A conversation of any kind that is not held out as a whole."""
    while True:
        conversation = _mixture(random, held_out=False)
        if not _is_whole_held_out(conversation):
            return conversation


def held_out(random: Random) -> list[Message]:
    """A conversation of any kind, held out as a whole, with held-out names and numbers."""
    while True:
        conversation = _mixture(random, held_out=True)
        if _is_whole_held_out(conversation):
            return conversation


def recall(random: Random, distance: int) -> list[Message]:
    """A made-up name is told, and asked for after an exact number of turns about other things."""
    fact = facts.NAME if random.random() < 0.7 else random.choice(tuple(facts.PETS.values()))

    def recipe(dialogue: Dialogue) -> None:
        dialogue.tell(fact, dialogue.source.made_up_name())
        for _ in range(distance):
            recipes.pass_time(dialogue, fact)
        dialogue.ask(fact)

    return _short(random, recipe, ASSISTANT, held_out=True)


def corrections(random: Random) -> list[Message]:
    """A fact is told, taken back and asked for; training never meets this old and this new."""
    return _short(random, recipes.correct, ASSISTANT, held_out=True)


def sums(random: Random) -> list[Message]:
    """Sums and differences of two numbers that training never has together."""

    def recipe(dialogue: Dialogue) -> None:
        for _ in range(random.choice((1, 1, 2, 3))):
            make = random.choice((numbers.add, numbers.subtract))
            dialogue.say(lambda make=make: make(dialogue.source))

    return _short(random, recipe, random.choice((ASSISTANT, TEACHER)), held_out=True)


def system_prompts(random: Random) -> list[Message]:
    """A reply that the system prompt changes, to a message it never meets in training."""

    def recipe(dialogue: Dialogue) -> None:
        fact = facts.draw(dialogue.source)
        if random.random() < 0.5:
            dialogue.tell(fact)
        for _ in range(random.choice((0, 0, 1, 2))):
            recipes.pass_time(dialogue, fact)
        turn = _any_turn(dialogue, fact)
        while not (_is_changed(dialogue, turn) and is_meeting_held_out(dialogue.system, turn.said)):
            turn = _any_turn(dialogue, fact)
        dialogue.add(turn)

    persona = random.choice((TEACHER, PIRATE, SHOUTER, LACONIC))
    return _short(random, recipe, persona, held_out=True)


PARTS: dict[str, Callable[[Random], list[Message]]] = {
    "training": training,
    "held-out": held_out,
    **{f"recall-{distance}": partial(recall, distance=distance) for distance in DISTANCES},
    "corrections": corrections,
    "sums": sums,
    "system-prompts": system_prompts,
}


def examples(part: str, count: int, seed: int) -> list[list[Message]]:
    """Distinct conversations of one part; fewer than asked if it has no more."""
    random = Random(f"conversations {part} {seed}")
    distinct: dict[str, list[Message]] = {}
    for _ in range(20 * count):
        if len(distinct) == count:
            break
        conversation = PARTS[part](random)
        distinct.setdefault(_text(conversation), conversation)
    return list(distinct.values())


def _mixture(random: Random, held_out: bool) -> list[Message]:
    recipe = random.choices(tuple(RECIPES), tuple(RECIPES.values()))[0]
    persona = _persona(random, weights=(52, 6, 6, 12, 12, 12))
    if recipe is recipes.remember:
        recipe = partial(recipes.remember, distance=random.choice(DISTANCES))
    if recipe is recipes.do_sums:
        persona = _persona(random, weights=(45, 5, 30, 6, 6, 8))
    return _short(random, recipe, persona, held_out)


def _persona(random: Random, weights: tuple[int, ...]) -> Persona:
    return random.choices((ASSISTANT, HELPER, TEACHER, PIRATE, SHOUTER, LACONIC), weights)[0]


def _short(
    random: Random, recipe: Callable[[Dialogue], None], persona: Persona, held_out: bool
) -> list[Message]:
    """A conversation made by a recipe, drawn again until it fits a small model's context."""
    while True:
        # Spelling names in capitals that were only seen in small letters is another skill.
        source = Source(random, held_out, makes_up_names=persona is not SHOUTER)
        dialogue = Dialogue(source, persona)
        recipe(dialogue)
        if _length(dialogue.messages) <= MAX_LENGTH:
            return dialogue.messages


def _length(conversation: list[Message]) -> int:
    contents = (message["content"] for message in conversation)
    return sum(len(re.findall(r"[A-Za-z']+|\S", content)) for content in contents)


def _any_turn(dialogue: Dialogue, fact: facts.Fact) -> Turn:
    source = dialogue.source
    kinds = (talk.draw, numbers.draw, glossary.draw, unknown.draw, talk.who_are_you)
    if dialogue.random.random() < 0.3:
        return facts.ask(source, fact, dialogue.memory.get(fact.key))
    return dialogue.random.choices(kinds, weights=(30, 30, 20, 15, 5))[0](source)


def _is_changed(dialogue: Dialogue, turn: Turn) -> bool:
    return dialogue.persona.answer(turn) != turn.reply


def _is_whole_held_out(conversation: list[Message]) -> bool:
    return is_held_out(_text(conversation))


def _text(conversation: list[Message]) -> str:
    return "\n".join(f"{message['role']}: {message['content']}" for message in conversation)
