"""The words of the reviews: what is judged, and the words that judge."""

from dataclasses import dataclass
from functools import lru_cache

POSITIVE, NEGATIVE = 1, -1


@dataclass(frozen=True)
class Adjectives:
    """Adjectives of one polarity.

    Attributes:
        gentle: Those that can be compared and plainly negated, each with its comparative.
        strong: Those that cannot: nobody says "more superb" or "not very awful".
    """

    gentle: dict[str, str]
    strong: tuple[str, ...] = ()


def _adjectives(gentle: str, strong: str = "") -> Adjectives:
    """Reads "good/better clever": a comparative is given, or made with "more"."""
    compared = {}
    for entry in gentle.split():
        adjective, _, comparative = entry.partition("/")
        compared[adjective] = comparative or f"more {adjective}"
    return Adjectives(compared, tuple(strong.split()))


# Fit for everything.
GENERAL = {
    POSITIVE: _adjectives(
        """good/better great/greater nice/nicer lovely/lovelier pleasant enjoyable impressive
        satisfying charming likeable memorable delightful attractive admirable agreeable fine/finer
        remarkable appealing""",
        """superb excellent wonderful fantastic brilliant outstanding magnificent perfect terrific
        marvellous amazing splendid stunning fabulous exceptional flawless first-rate""",
    ),
    NEGATIVE: _adjectives(
        """bad/worse poor/poorer disappointing mediocre weak/weaker annoying dreary/drearier
        forgettable irritating unpleasant tiresome lame/lamer frustrating depressing unbearable
        shoddy/shoddier tacky/tackier""",
        """terrible awful horrible dreadful atrocious abysmal appalling horrendous lousy pathetic
        dismal hideous ghastly woeful worthless second-rate miserable""",
    ),
}

# Fit for one kind of thing only: a soup is not gripping.
SPECIAL = {
    "story": {
        POSITIVE: _adjectives(
            """gripping moving witty/wittier original clever/cleverer thrilling touching
            entertaining surprising heart-warming funny/funnier thoughtful exciting absorbing"""
        ),
        NEGATIVE: _adjectives(
            """dull/duller boring predictable confusing far-fetched tedious shallow/shallower
            sentimental clumsy/clumsier lifeless long-winded pointless silly/sillier
            unoriginal"""
        ),
    },
    "performer": {
        POSITIVE: _adjectives("convincing talented charismatic expressive gifted captivating"),
        NEGATIVE: _adjectives("wooden unconvincing stiff/stiffer amateurish listless tedious"),
    },
    "dish": {
        POSITIVE: _adjectives(
            """tasty/tastier fresh/fresher tender juicy/juicier crisp/crisper creamy/creamier
            appetising""",
            "delicious scrumptious",
        ),
        NEGATIVE: _adjectives(
            """bland/blander greasy/greasier stale/staler soggy/soggier tasteless rubbery mushy
            unappetising""",
            "disgusting inedible revolting",
        ),
    },
    "staff": {
        POSITIVE: _adjectives(
            """friendly/friendlier helpful polite/politer attentive patient kind/kinder
            welcoming courteous"""
        ),
        NEGATIVE: _adjectives(
            """rude/ruder unfriendly careless impatient arrogant lazy/lazier grumpy/grumpier
            unhelpful impolite"""
        ),
    },
    "room": {
        POSITIVE: _adjectives(
            """clean/cleaner cosy/cosier spacious comfortable bright/brighter inviting elegant""",
            "spotless",
        ),
        NEGATIVE: _adjectives(
            """dirty/dirtier cramped noisy/noisier gloomy/gloomier shabby/shabbier smelly/smellier
            uncomfortable""",
            "filthy",
        ),
    },
    "device": {
        POSITIVE: _adjectives(
            """fast/faster reliable sturdy/sturdier handy/handier intuitive responsive practical
            durable"""
        ),
        NEGATIVE: _adjectives(
            """slow/slower unreliable flimsy/flimsier awkward sluggish impractical fragile
            buggy/buggier"""
        ),
    },
    "lesson": {
        POSITIVE: _adjectives(
            """clear/clearer inspiring encouraging fair/fairer instructive lively/livelier
            motivating"""
        ),
        NEGATIVE: _adjectives(
            """unclear discouraging unfair muddled uninspiring dry/drier exhausting"""
        ),
    },
    "music": {
        POSITIVE: _adjectives(
            """catchy/catchier lively/livelier melodic passionate uplifting powerful rousing"""
        ),
        NEGATIVE: _adjectives(
            """shrill/shriller monotonous tuneless repetitive feeble/feebler lifeless dull/duller"""
        ),
    },
    "place": {
        POSITIVE: _adjectives("""peaceful scenic picturesque relaxing tidy/tidier idyllic"""),
        NEGATIVE: _adjectives(
            """overcrowded overpriced ugly/uglier neglected chaotic grim/grimmer"""
        ),
    },
}

# What a whole film, hotel or phone can be.
NOUNS = {
    POSITIVE: """masterpiece,triumph,delight,gem,joy,treat,pleasure,success,marvel,bargain,
        dream come true,revelation,winner,treasure,sensation,stroke of genius""",
    NEGATIVE: """disaster,failure,mess,disappointment,nightmare,waste of time,waste of money,
        let-down,flop,ordeal,rip-off,insult,catastrophe,fiasco,embarrassment,swindle""",
}

# What it can have or lack.
QUALITIES = {
    POSITIVE: """charm,style,character,imagination,originality,quality,good ideas,elegance,
        inspiration,finesse""",
    NEGATIVE: """mistakes,flaws,faults,nonsense,bad ideas,weaknesses,shortcomings,defects,
        blunders,nasty surprises""",
}

# To do, did.
VERBS = {
    POSITIVE: """love/loved,like/liked,enjoy/enjoyed,adore/adored,admire/admired,praise/praised,
        recommend/recommended,appreciate/appreciated,treasure/treasured,cherish/cherished,
        applaud/applauded,celebrate/celebrated""",
    NEGATIVE: """hate/hated,dislike/disliked,detest/detested,loathe/loathed,despise/despised,
        criticise/criticised,condemn/condemned,resent/resented,complain about/complained about,
        find fault with/found fault with""",
}


# Sentences of their own, with no room for a subject. Only their whole says what they mean.
EXCLAMATIONS = {
    POSITIVE: (
        "do not miss it",
        "two thumbs up",
        "worth every penny",
        "what a pleasant surprise",
        "five stars from me",
        "hats off to everyone involved",
        "it does not get better than this",
        "thank you for everything",
        "more of this, please",
        "it could not be better",
        "go and see for yourself, you will be happy",
        "nothing to complain about",
        "what more could anyone want",
        "well done",
        "I cannot recommend it enough",
        "what a treat",
        "no regrets",
        "not a single bad moment",
        "best of its kind",
        "it made my day",
    ),
    NEGATIVE: (
        "what a waste of time",
        "save your money",
        "never again",
        "I want my money back",
        "do not bother",
        "stay away",
        "thanks for nothing",
        "two thumbs down",
        "one star is one too many",
        "it could not be worse",
        "it does not get worse than this",
        "do yourself a favour and keep away",
        "not worth a penny",
        "shame on everyone involved",
        "what were they thinking",
        "nothing to write home about",
        "not a single good moment",
        "worst of its kind",
        "it ruined my day",
        "such a shame",
    ),
}

# Statements about oneself, for everything.
EXPERIENCES = {
    POSITIVE: (
        "I could not have asked for more",
        "I would do it all again tomorrow",
        "I would not change a thing",
        "it put a smile on my face",
        "it exceeded my expectations",
        "I cannot wait for the next time",
        "it was worth every minute",
        "it took my breath away",
        "I would give it full marks",
        "I have told all my friends to try it",
        "it was money well spent",
        "it ticked every box",
        "I could not find anything wrong with it",
        "I have nothing bad to say about it",
        "I was over the moon",
        "it hit the spot",
    ),
    NEGATIVE: (
        "it left me cold",
        "I expected much more",
        "I would not do it again for free",
        "it fell short of my expectations",
        "I have seen far better",
        "it was not worth the trouble",
        "it was a long way from what was promised",
        "I could not wait for it to be over",
        "I would give it no stars if I could",
        "I have told all my friends to keep away",
        "it was money down the drain",
        "it got on my nerves",
        "I could not find anything right with it",
        "I have nothing good to say about it",
        "I want those hours of my life back",
        "it missed the mark",
    ),
}


@lru_cache
def judging_words(slot: str, polarity: int, kind: str) -> tuple[str, ...] | None:
    """What a pattern's slot can be filled with so that it praises or blames something of a kind.

    Returns:
        The words; those for this kind only stand twice, so that they are drawn more often. None if
        words in this slot neither praise nor blame.
    """
    pools = (GENERAL[polarity], SPECIAL[kind][polarity], SPECIAL[kind][polarity])
    match slot:
        case "gentle":
            return tuple(adjective for pool in pools for adjective in pool.gentle)
        case "strong":
            return tuple(adjective for pool in pools for adjective in pool.strong)
        case "adj":
            return judging_words("gentle", polarity, kind) + GENERAL[polarity].strong
        case "more":
            return tuple(comparative for pool in pools for comparative in pool.gentle.values())
        case "noun":
            return _entries(NOUNS[polarity])
        case "quality":
            return _entries(QUALITIES[polarity])
        case "love":
            return tuple(verb.split("/")[0] for verb in _entries(VERBS[polarity]))
        case "loved":
            return tuple(verb.split("/")[1] for verb in _entries(VERBS[polarity]))
        case _:
            return None


def _entries(table: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in table.split(","))
