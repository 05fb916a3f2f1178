"""The plots: each tells of two of a kind, so that a question must be read to be answered."""

from tfplay.text.corpora.reading import people, things

PLOTS = (
    things.HIDING,
    things.MARKET,
    people.STAYING_AT_HOME,
    things.PETS,
    things.BIRTHDAY,
    people.NEIGHBOURS,
    people.CONTEST,
    things.LOST,
    people.LETTERS,
    things.SOUP,
    people.LESSONS,
    people.JOURNEYS,
    things.FLOWERS,
)
