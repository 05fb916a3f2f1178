"""Stories and questions, drawn from the plots."""

import random

from tfplay.text.corpora.draws import distinct_examples, is_held_out
from tfplay.text.corpora.people import PEOPLE, Person, made_up_person, person_words
from tfplay.text.corpora.reading.plots import PLOTS, Ask
from tfplay.text.corpora.reading.words import CLOSINGS, OPENINGS, TABLES
from tfplay.text.corpora.slots import Filled, fill, fill_sentence
from tfplay.text.examples import Question

QUESTIONS_OF_A_STORY = (3, 4, 5)

_ROLES = ("hero", "friend", "third", "fourth")
_SHARE_OF_MADE_UP_NAMES = 0.4
_SHARE_OF_SCENES = 0.4


def examples(part: str, count: int, seed: int) -> list[Question]:
    """Different examples of one part, drawn by the seed."""
    stories = -(-count // min(QUESTIONS_OF_A_STORY))
    drawn = distinct_examples([_draw_story], part, stories, seed)
    return list(dict.fromkeys(question for story in drawn for question in story))[:count]


def _draw_story(generator: random.Random) -> tuple[tuple[Question, ...], bool]:
    """Several questions on one story, and whether it is held out."""
    plot = generator.choice(PLOTS)
    words = draw_words(generator)
    held_out = any(is_held_out(words[one], words[two]) for one, two in plot.combinations)

    opening = _draw_scene(generator, OPENINGS)
    sentences = [fill_sentence(generator.choice(ways), words) for ways in plot.sentences]
    closing = _draw_scene(generator, CLOSINGS)
    context = " ".join([*opening, *(sentence.text for sentence in sentences), *closing])

    count = generator.choice(QUESTIONS_OF_A_STORY)
    asked = generator.sample(plot.questions, count)
    questions = tuple(
        _question(context, sentences[ask.sentence], ask, generator.choice(ask.wordings), words)
        for ask in asked
    )
    return questions, held_out


def _question(
    context: str, sentence: Filled, ask: Ask, wording: str, words: dict[str, str]
) -> Question:
    start, end = sentence.places[ask.slot]
    return Question(
        context=context,
        question=fill(wording, words).text,
        answer=sentence.text[start:end],
        start=context.index(sentence.text) + start,
    )


def draw_words(generator: random.Random) -> dict[str, str]:
    """Words for every slot, and different ones for its "other_" twin."""
    words = {}
    for slot, table in TABLES.items():
        words[slot], words[f"other_{slot}"] = generator.sample(table, 2)
    for spot in "spot", "other_spot", "corner", "other_corner":
        preposition, noun = words[spot].split(" the ")
        words[spot] = f"{preposition} {{{spot}_place}}"
        words[f"{spot}_place"] = f"the {noun}"
    words["belonging"] = "{hero_his} {colour} {thing}"
    words["toy"] = "a {colour} {thing}"
    words["other_toy"] = "a {other_colour} {other_thing}"
    for role, person in zip(_ROLES, _draw_people(generator), strict=True):
        words |= person_words(role, person)
    return words


def _draw_people(generator: random.Random) -> list[Person]:
    """One for each role, all of different names."""
    people: dict[str, Person] = {}
    while len(people) < len(_ROLES):
        made_up = generator.random() < _SHARE_OF_MADE_UP_NAMES
        person = made_up_person(generator) if made_up else generator.choice(PEOPLE)
        people[person.name] = person
    return list(people.values())


def _draw_scene(generator: random.Random, scenes: tuple[str, ...]) -> list[str]:
    """Now and then a sentence that has nothing to do with the questions."""
    if generator.random() > _SHARE_OF_SCENES:
        return []
    return [fill_sentence(generator.choice(scenes) + ".", {}).text]
