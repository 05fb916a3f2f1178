"""All plots, and sentences with which any of them may end."""

from tfplay.text.corpora.stories import adventures, friendship

PLOTS = (
    adventures.THE_KEY,
    adventures.THE_LOST_PET,
    friendship.THE_GIFT,
    adventures.THE_RAINY_TRIP,
    friendship.THE_LESSON,
    friendship.HELPING,
    friendship.THE_SOUP,
    adventures.THE_RACE,
    friendship.THE_LETTER,
    friendship.THE_SEED,
    adventures.THE_NIGHT,
    friendship.THE_CRAFT,
    adventures.THE_SNOWMAN,
)

ENDINGS = (
    "that night {hero} fell asleep with a smile.",
    "{hero} and {friend} were {happy}.",
    "it was a day that {hero} never forgot.",
    "from that day on, {hero} and {friend} were best friends.",
    "{friend} still likes to tell this story.",
    "and if you ask {hero}, {hero_he} will tell you the same.",
    "in the evening {hero} told {helper} everything.",
    "later they often laughed about it.",
    "how good it is to have a friend!",
)
