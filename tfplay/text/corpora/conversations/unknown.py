"""Questions that this assistant cannot answer, and says so."""

from tfplay.text.corpora.conversations.glossary import QUESTIONS
from tfplay.text.corpora.conversations.source import CITIES, Source
from tfplay.text.corpora.conversations.turn import Turn

COUNTRIES = (
    *("France", "Spain", "Italy", "Germany", "Poland", "India", "China", "Japan", "Kenya", "Egypt"),
    *("Brazil", "Peru", "Chile", "Canada", "Mexico", "Norway", "Sweden", "Turkey", "Greece"),
    *("Nepal", "Vietnam", "Ghana", "Morocco", "Australia", "Iceland", "Cuba", "Portugal"),
)
TOPICS = (
    *("photosynthesis", "gravity", "democracy", "the moon", "the sun", "electricity", "history"),
    *("biology", "chemistry", "football", "chess", "music", "jazz", "art", "poetry", "law"),
    *(
        "inflation",
        "the economy",
        "volcanoes",
        "dinosaurs",
        "dolphins",
        "bees",
        "whales",
        "penguins",
    ),
    *("the Roman Empire", "the Middle Ages", "the French Revolution", "a black hole", "a planet"),
    *("an atom", "a molecule", "DNA", "a virus", "quantum physics", "philosophy", "religion"),
    *("love", "happiness", "time", "money", "coffee", "tea", "wine", "bread", "cheese", "glass"),
    *("a bicycle", "a train", "a rocket", "a bridge", "a river", "a mountain", "rain", "snow"),
)
THINGS = (
    *("a car", "a house", "a bicycle", "a ticket", "a loaf of bread", "a phone", "a computer"),
    *("a cup of coffee", "a book", "a ring", "a sofa", "an apple", "a boat", "a violin"),
)
ABOUT_COUNTRIES = (
    "What is the capital of {}?",
    "How many people live in {}?",
    "Who rules {}?",
    "Who is the president of {}?",
    "Which language is spoken in {}?",
    "Where is {}?",
    "How large is {}?",
    "Which rivers flow through {}?",
    "When was {} founded?",
    "What do people eat in {}?",
)
ABOUT_CITIES = (
    "How far is {}?",
    "How do I get to {}?",
    "How is the weather in {}?",
    "What time is it in {}?",
    "Which is the best hotel in {}?",
    "Is there a train to {}?",
    "Who is the mayor of {}?",
    "How old is {}?",
)
ABOUT_PEOPLE = (
    "Who is {}?",
    "Who was {}?",
    "Do you know {}?",
    "Where does {} live?",
    "When was {} born?",
    "What did {} say?",
    "Who wrote {}?",
    "Who painted {}?",
    "How tall is {}?",
    "What is {} famous for?",
)
ABOUT_THINGS = (
    "How much is {}?",
    "How much does {} cost?",
    "Where can I buy {}?",
    "What is the price of {}?",
    "Who invented {}?",
    "How do I build {}?",
    "How heavy is {}?",
    "What does {} weigh?",
    "How do I repair {}?",
)
OTHERS = (
    "Who won the match yesterday?",
    "Who won the election?",
    "What is in the news?",
    "What time is it?",
    "What day is today?",
    "Which year is it?",
    "Why is the sky blue?",
    "Why is grass green?",
    "How deep is the sea?",
    "How high is the highest mountain?",
    "How many stars are there?",
    "What is the meaning of life?",
    "Who was the first king?",
    "When did the war end?",
    "Will it rain tomorrow?",
    "Which film should I watch?",
    "Which book should I read?",
    "Where are my keys?",
    "What shall I cook today?",
    "How do I bake bread?",
    "How do planes fly?",
    "What is the fastest animal?",
    "Which team is the best?",
    "Who is the richest person?",
    "What did I eat yesterday?",
    "What am I thinking?",
    "When does the train leave?",
    "How do I learn to swim?",
    "Can fish hear?",
    "Do birds sleep?",
)


def draw(source: Source) -> Turn:
    """A question nobody taught this assistant; some are about things that do not exist."""
    kinds = (
        (ABOUT_COUNTRIES, COUNTRIES, 0.4),
        (ABOUT_CITIES, CITIES, 0.4),
        (ABOUT_PEOPLE, (), 1.0),
        (ABOUT_THINGS, THINGS, 0.1),
        (QUESTIONS, TOPICS, 0.3),
        (OTHERS, ("",), 0.0),
    )
    wordings, subjects, made_up_share = source.random.choice(kinds)
    if source.random.random() >= made_up_share:
        subject = source.random.choice(subjects)
    else:
        subject = _made_up(source, wordings)
    said = source.random.choice(wordings).format(subject)
    return Turn(said[0].upper() + said[1:], "I do not know that.", "Unknown", "unknown")


def _made_up(source: Source, wordings: tuple[str, ...]) -> str:
    name = source.made_up_name()
    if wordings is ABOUT_THINGS:
        return f"a {name.lower()}"
    if wordings is QUESTIONS:
        return f"{source.random.choice(('a ', '', 'the '))}{name.lower()}"
    return name
