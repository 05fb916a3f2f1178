"""What happens next in a conversation: something is told, asked for, corrected or added."""

from collections.abc import Callable

from tfplay.text.corpora.conversations import facts
from tfplay.text.corpora.conversations.dialogue import Dialogue
from tfplay.text.corpora.conversations.facts import Fact


def go_on(dialogue: Dialogue) -> None:
    """One turn of any kind; turns about numbers often follow each other."""
    last, random = dialogue.last, dialogue.random
    if last and last.topic == "numbers" and random.random() < 0.3:
        does = Dialogue.follow_number if random.random() < 0.6 else Dialogue.ask_number
    elif dialogue.asked_for and random.random() < 0.6:
        does = Dialogue.tell_when_asked
    else:
        does = _draw(dialogue)
    does(dialogue)


def _draw(dialogue: Dialogue) -> Callable[[Dialogue], None]:
    weights = {
        Dialogue.ask_number: 48,
        _tell: 10 if dialogue.memory else 22,
        _ask_told: 22 if dialogue.memory else 0,
        _correct: 6 if dialogue.memory else 0,
        _ask: 4,
        _mention: 3,
        Dialogue.chat: 14,
        Dialogue.ask_unknown: 12,
        Dialogue.ask_meaning: 6,
    }
    return dialogue.random.choices(tuple(weights), tuple(weights.values()))[0]


def correct(dialogue: Dialogue) -> None:
    """A fact is told, taken back, and asked for."""
    fact = facts.draw(dialogue.source)
    old, new = dialogue.correction_of(fact)
    dialogue.tell(fact, old)
    for _ in range(dialogue.random.choice((0, 0, 1, 2))):
        pass_time(dialogue, fact)
    dialogue.correct(fact, new)
    for _ in range(dialogue.random.choice((0, 0, 1, 2, 3))):
        pass_time(dialogue, fact)
    dialogue.ask(fact)


def pass_time(dialogue: Dialogue, apart_from: Fact) -> None:
    """One turn that has nothing to do with one fact."""
    share = dialogue.random.random()
    if share < 0.75:
        kinds = (dialogue.chat, dialogue.ask_number, dialogue.ask_meaning, dialogue.ask_unknown)
        dialogue.random.choices(kinds, weights=(30, 40, 12, 18))[0]()
    elif share < 0.93:
        dialogue.tell(new_fact(dialogue, apart_from))
    else:
        dialogue.ask(new_fact(dialogue, apart_from))


def new_fact(dialogue: Dialogue, apart_from: Fact | None = None) -> Fact:
    """A kind of fact that was not told yet, other than one."""
    while True:
        fact = facts.draw(dialogue.source)
        if fact is not apart_from and fact.key not in dialogue.memory:
            return fact


def _tell(dialogue: Dialogue) -> None:
    fact = new_fact(dialogue)
    if dialogue.random.random() < 0.25:
        both = [fact, new_fact(dialogue, fact)]
        dialogue.random.shuffle(both)
        dialogue.tell_both(*both)
    else:
        dialogue.tell(fact)


def _ask_told(dialogue: Dialogue) -> None:
    """The user asks for something told before; for the only pet also without saying what it is."""
    fact = _told(dialogue)
    is_clear = fact.key in facts.PETS and len(facts.pets_in(dialogue.memory)) < 2
    if is_clear and dialogue.random.random() < 0.3:
        dialogue.ask_about_pet()
    else:
        dialogue.ask(fact)


def _ask(dialogue: Dialogue) -> None:
    """The user asks for what was mostly not told."""
    fact = facts.draw(dialogue.source)
    if fact.key in facts.PETS and not facts.pets_in(dialogue.memory):
        dialogue.ask_about_pet()
    else:
        dialogue.ask(fact)


def _mention(dialogue: Dialogue) -> None:
    somebody = dialogue.random.choice((*facts.PETS.values(), *facts.RELATIVES.values()))
    if somebody.key in dialogue.memory:
        dialogue.ask(somebody)
    else:
        dialogue.mention(somebody)
        dialogue.tell_when_asked()


def _correct(dialogue: Dialogue) -> None:
    fact = _told(dialogue)
    dialogue.correct(fact, dialogue.other_value_of(fact))


def _told(dialogue: Dialogue) -> Fact:
    return dialogue.random.choice([fact for fact in facts.ALL if fact.key in dialogue.memory])
