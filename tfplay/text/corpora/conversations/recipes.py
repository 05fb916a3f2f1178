"""What happens in a conversation: something is remembered, corrected, added, explained."""

from tfplay.text.corpora.conversations import facts
from tfplay.text.corpora.conversations.dialogue import Dialogue
from tfplay.text.corpora.conversations.facts import Fact


def remember(dialogue: Dialogue, distance: int) -> None:
    """A fact is told, and asked for after a number of turns about other things."""
    fact = facts.draw(dialogue.source)
    if dialogue.random.random() < 0.25:
        pass_time(dialogue, fact)
    if dialogue.random.random() < 0.12:
        both = [fact, new_fact(dialogue, fact)]
        dialogue.random.shuffle(both)
        dialogue.tell_both(*both)
    else:
        dialogue.tell(fact)
    for _ in range(distance):
        pass_time(dialogue, fact)
    ask(dialogue, fact)
    ask_more(dialogue)


def tell_several(dialogue: Dialogue) -> None:
    """Two or three facts are told, and then asked for in any order."""
    told: list[Fact] = []
    for _ in range(dialogue.random.choice((2, 2, 3))):
        told.append(new_fact(dialogue))
        dialogue.tell(told[-1])
    dialogue.random.shuffle(told)
    for fact in told:
        ask(dialogue, fact)


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


def correct_and_go_on(dialogue: Dialogue) -> None:
    """A correction, and perhaps questions about other facts."""
    correct(dialogue)
    ask_more(dialogue)


def ask_in_vain(dialogue: Dialogue) -> None:
    """Something is asked for that was not told, though something else may have been."""
    fact = facts.draw(dialogue.source)
    for _ in range(dialogue.random.choice((0, 1, 1, 2))):
        pass_time(dialogue, fact)
    ask(dialogue, fact)
    ask_more(dialogue)


def do_sums(dialogue: Dialogue) -> None:
    """Several questions about numbers."""
    if dialogue.random.random() < 0.15:
        dialogue.chat()
    for _ in range(dialogue.random.choice((3, 4, 5, 6))):
        dialogue.ask_number()


def explain(dialogue: Dialogue) -> None:
    """Questions about technical terms, and a few about other things."""
    kinds = (dialogue.ask_meaning, dialogue.ask_unknown, dialogue.chat)
    for _ in range(dialogue.random.choice((1, 2, 3, 4))):
        dialogue.random.choices(kinds, weights=(70, 20, 10))[0]()


def make_friends(dialogue: Dialogue) -> None:
    """Small talk, and questions that have no answer here."""
    kinds = (dialogue.chat, dialogue.ask_unknown)
    for _ in range(dialogue.random.choice((1, 2, 3, 4))):
        dialogue.random.choices(kinds, weights=(60, 40))[0]()


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


def ask(dialogue: Dialogue, fact: Fact) -> None:
    """The user asks for a fact; for the only pet also without saying what it is."""
    is_clear = fact.key in facts.PETS and len(facts.pets_in(dialogue.memory)) < 2
    if is_clear and dialogue.random.random() < 0.3:
        dialogue.ask_about_pet()
    else:
        dialogue.ask(fact)


def ask_more(dialogue: Dialogue) -> None:
    """Now and then another question about what was told, or was not."""
    while dialogue.random.random() < 0.35:
        told = [fact for fact in facts.ALL if fact.key in dialogue.memory]
        if told and dialogue.random.random() < 0.75:
            ask(dialogue, dialogue.random.choice(told))
        else:
            ask(dialogue, facts.draw(dialogue.source))


def new_fact(dialogue: Dialogue, apart_from: Fact | None = None) -> Fact:
    """A kind of fact that was not told yet, other than one."""
    while True:
        fact = facts.draw(dialogue.source)
        if fact is not apart_from and fact.key not in dialogue.memory:
            return fact
