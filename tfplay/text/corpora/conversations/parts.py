"""The parts of the corpus: what is drawn for training, and what for each evaluation."""

from collections.abc import Callable
from functools import partial
from random import Random
from string import ascii_lowercase, ascii_uppercase

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

WINDOW = 254
"""The longest conversation for training, in tokens as estimated: nearly all of them fit 256."""
SHORT = 160
"""The longest conversation of an evaluation that does not say its length."""
DISTANCES = range(7)


def training(random: Random) -> list[Message]:
    """A conversation of any kind that fills the window and is not held out as a whole."""
    while True:
        conversation = _stream(random, held_out=False)
        if not _is_whole_held_out(conversation):
            return conversation


def held_out(random: Random) -> list[Message]:
    """A conversation of any kind, held out as a whole, with held-out names and numbers."""
    while True:
        conversation = _stream(random, held_out=True)
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


def notes(random: Random) -> list[Message]:
    """The notes' own conversation, a sum, in one of its spellings; mostly with a system prompt."""
    system = random.choice(("", "you are a math teaher", "You are a math teacher."))
    turn = Turn(random.choice(numbers.SPELLINGS), "2 plus 1 is 3.", "3", "numbers")
    persona = TEACHER if system else ASSISTANT
    asked: list[Message] = [
        {"role": "user", "content": turn.said},
        {"role": "assistant", "content": persona.answer(turn)},
    ]
    return [{"role": "system", "content": system}, *asked] if system else asked


def unknowns(random: Random) -> list[Message]:
    """Something unknown about a subject that training never has, first or after other turns."""

    def recipe(dialogue: Dialogue) -> None:
        for _ in range(random.choice((0, 0, 1, 3))):
            recipes.pass_time(dialogue, facts.NAME)
        dialogue.say(lambda: unknown.draw_held_out(dialogue.source))

    return _short(random, recipe, ASSISTANT, held_out=True)


def long_names(random: Random) -> list[Message]:
    """A made-up name is told first and asked for at the end of more than a window."""
    dialogue = _long(random)
    dialogue.tell(facts.NAME, dialogue.source.made_up_name())
    _fill(dialogue)
    dialogue.ask(facts.NAME)
    return dialogue.messages


def long_corrections(random: Random) -> list[Message]:
    """A name is told, corrected at once, and asked for at the end of more than a window."""
    dialogue = _long(random)
    old, new = dialogue.correction_of(facts.NAME)
    dialogue.tell(facts.NAME, old)
    dialogue.correct(facts.NAME, new)
    _fill(dialogue)
    dialogue.ask(facts.NAME)
    return dialogue.messages


def long_sums(random: Random) -> list[Message]:
    """A sum or a difference that training never has, at the end of more than a window."""
    dialogue = _long(random)
    _fill(dialogue)
    make = random.choice((numbers.add, numbers.subtract))
    dialogue.say(lambda: make(dialogue.source))
    return dialogue.messages


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
    "notes": notes,
    "unknown": unknowns,
    "long-names": long_names,
    "long-corrections": long_corrections,
    "long-sums": long_sums,
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


def _stream(random: Random, held_out: bool) -> list[Message]:
    """Turns of any kind, as many as fit a window."""
    dialogue = _dialogue(random, _persona(random), held_out)
    while _tokens(dialogue.messages) <= WINDOW:
        recipes.go_on(dialogue)
    return dialogue.messages[:-2]


def _long(random: Random) -> Dialogue:
    persona = random.choice((ASSISTANT, ASSISTANT, HELPER, TEACHER))
    return _dialogue(random, persona, held_out=True)


def _fill(dialogue: Dialogue) -> None:
    """Turns in which nobody tells a name or asks for it, until they are longer than a window."""
    while _tokens(dialogue.messages) <= 1.2 * WINDOW:
        recipes.pass_time(dialogue, facts.NAME)


def _persona(random: Random) -> Persona:
    personas = (ASSISTANT, HELPER, TEACHER, PIRATE, SHOUTER, LACONIC)
    return random.choices(personas, weights=(46, 10, 20, 8, 8, 8))[0]


def _dialogue(random: Random, persona: Persona, held_out: bool) -> Dialogue:
    # Spelling names in capitals that were only seen in small letters is another skill.
    source = Source(random, held_out, makes_up_names=persona is not SHOUTER)
    return Dialogue(source, persona)


def _short(
    random: Random, recipe: Callable[[Dialogue], None], persona: Persona, held_out: bool
) -> list[Message]:
    """A conversation made by a recipe, drawn again until it is short."""
    while True:
        dialogue = _dialogue(random, persona, held_out)
        recipe(dialogue)
        if _tokens(dialogue.messages) <= SHORT:
            return dialogue.messages


def _tokens(conversation: list[Message]) -> float:
    """About how many byte-pair tokens it takes, by least squares over 3,000 conversations."""
    text = "\n".join(message["content"] for message in conversation)
    letters = sum(map(text.count, ascii_lowercase))
    capitals = sum(map(text.count, ascii_uppercase))
    words = len(text.split())
    others = len("".join(text.split())) - letters - capitals
    return 2.6 * len(conversation) + 0.27 * words + 0.25 * letters + 0.38 * capitals + 0.74 * others


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
