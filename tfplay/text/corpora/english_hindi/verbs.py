"""What people do: English verbs, their Hindi stems, and what they are done to."""

from typing import NamedTuple

from tfplay.text.corpora.english_hindi.english import EnglishVerb, english_verb
from tfplay.text.corpora.english_hindi.lexicon import (
    CLOTHES,
    DISHES,
    DRINKS,
    EDIBLE,
    FOOD,
    FRUIT,
    FURNITURE,
    GAMES,
    JEWELLERY,
    LANGUAGES,
    PARTS_OF_HOUSES,
    POSSESSIONS,
    SHOWS,
    SIGHTS,
    SMALL_THINGS,
    SONGS,
    TEXTS,
    TOYS,
    VEGETABLES,
    VEHICLES,
    Noun,
    some,
)


class Verb(NamedTuple):
    """A verb of both languages.

    Attributes:
        forms: English.
        stem: Hindi, without -ना: "खा".
        ergative: Whether its doer takes ने in the past.
        objects: What it is done to; none if it is intransitive.
        inner: Gender of the noun inside the stem ("मदद कर"), with which the verb agrees in the
            past with ने.
        case: What the person it is done to takes: को, से, पर, का.
    """

    forms: EnglishVerb
    stem: str
    ergative: bool = True
    objects: tuple[Noun, ...] = ()
    inner: str = ""
    case: str = ""

    @property
    def english(self) -> str:
        """The base form, by which the verb is known."""
        return self.forms.base


def transitive(english: str, stem: str, objects: tuple[Noun, ...]) -> Verb:
    """A verb with a thing as object: its past agrees with the thing."""
    return Verb(english_verb(english), stem, objects=objects)


def intransitive(english: str, stem: str, inner: str = "", ergative: bool = False) -> Verb:
    """A verb without object; with a noun inside the Hindi verb it is ergative."""
    return Verb(english_verb(english), stem, ergative or bool(inner), inner=inner)


def towards(english: str, stem: str, case: str, inner: str = "", ergative: bool = True) -> Verb:
    """A verb that is done to a person."""
    return Verb(english_verb(english), stem, ergative, (), inner, case)


CARRIED = SMALL_THINGS + FRUIT
BOUGHT = EDIBLE + FOOD + POSSESSIONS

TRANSITIVE = (
    transitive("eat ate eaten", "खा", EDIBLE + FOOD),
    transitive("drink drank drunk", "पी", DRINKS),
    transitive("read read read", "पढ़", TEXTS),
    transitive("write wrote written", "लिख", some("letter, book, story, poem")),
    transitive("buy bought bought", "खरीद", BOUGHT),
    transitive("sell sold sold", "बेच", BOUGHT),
    transitive("see saw seen", "देख", POSSESSIONS + SIGHTS),
    transitive("watch", "देख", SHOWS),
    transitive("listen/to", "सुन", SONGS + some("story, poem")),
    transitive("sing sang sung", "गा", SONGS),
    transitive("wash", "धो", CLOTHES + DISHES + FRUIT + VEGETABLES),
    transitive("open", "खोल", some("door, window, lock, box, bag, cupboard, umbrella, book")),
    transitive("close", "बंद कर", some("door, window, box, bag, cupboard, umbrella, book")),
    transitive("cook", "पका", VEGETABLES + some("rice, meat, egg, food")),
    transitive("make made made", "बना", TOYS + FURNITURE + some("bread, tea, juice, soup, cake")),
    transitive("draw drew drawn", "बना", some("picture, map, flower, horse, bird, boat")),
    transitive("paint", "रँग", PARTS_OF_HOUSES + FURNITURE),
    transitive("break broke broken", "तोड़", DISHES + some("toy, lock, mirror, clock, chair")),
    transitive("repair", "ठीक कर", VEHICLES + some("clock, phone, chair, table, door, umbrella")),
    transitive("clean", "साफ़ कर", FURNITURE + PARTS_OF_HOUSES + DISHES + VEHICLES),
    transitive("wear wore worn", "पहन", CLOTHES + JEWELLERY),
    transitive("hide hid hidden", "छिपा", CARRIED),
    transitive("throw threw thrown", "फेंक", some("ball, stone, lemon, shoe, rope")),
    transitive("catch caught caught", "पकड़", some("ball, kite, rope, stone")),
    transitive("lift", "उठा", FURNITURE + some("stone, box, bag, bucket, basket, bicycle")),
    transitive("send sent sent", "भेज", CLOTHES + some("letter, book, gift, ticket, flower")),
    transitive("choose chose chosen", "चुन", SMALL_THINGS),
    transitive("look/for", "ढूँढ़", SMALL_THINGS),
    transitive("learn", "सीख", LANGUAGES + SONGS),
    transitive("play", "खेल", GAMES),
    transitive("remember", "याद कर", SONGS + some("story, poem")),
    transitive("taste", "चख", EDIBLE + FOOD + DRINKS),
    transitive("drive drove driven", "चला", some("car, bus, truck, rickshaw")),
    transitive("count", "गिन", FRUIT + some("book, flower, cup, stone, bangle, egg")),
    Verb(english_verb("bring brought brought"), "ला", False, CARRIED + DRINKS),
)

INTRANSITIVE = (
    intransitive("go went gone", "जा"),
    intransitive("come came come", "आ"),
    intransitive("sleep slept slept", "सो"),
    intransitive("wake/up", "जाग"),
    intransitive("laugh", "हँस"),
    intransitive("smile", "मुस्कुरा"),
    intransitive("cry", "रो"),
    intransitive("run ran run", "दौड़"),
    intransitive("walk", "चल"),
    intransitive("sit sat sat", "बैठ"),
    intransitive("swim swam swum", "तैर"),
    intransitive("dance", "नाच"),
    intransitive("fall fell fallen", "गिर"),
    intransitive("jump", "कूद"),
    intransitive("shout", "चिल्ला"),
    intransitive("stop", "रुक"),
    intransitive("arrive", "पहुँच"),
    intransitive("return", "लौट"),
    intransitive("bathe", "नहा"),
    intransitive("fight fought fought", "लड़"),
    intransitive("win won won", "जीत"),
    intransitive("lose lost lost", "हार"),
    intransitive("hide hid hidden", "छिप"),
    intransitive("sing sang sung", "गा", ergative=True),
    intransitive("speak spoke spoken", "बोल"),
    intransitive("work", "काम कर", "m"),
    intransitive("rest", "आराम कर", "m"),
    intransitive("wait", "इंतज़ार कर", "m"),
    intransitive("study", "पढ़ाई कर", "f"),
    intransitive("travel", "यात्रा कर", "f"),
    intransitive("exercise", "कसरत कर", "f"),
    intransitive("pray", "प्रार्थना कर", "f"),
)

SOCIAL = (
    towards("see saw seen", "देख", "को"),
    towards("call", "बुला", "को"),
    towards("teach taught taught", "पढ़ा", "को"),
    towards("scold", "डाँट", "को"),
    towards("stop", "रोक", "को"),
    towards("wake woke woken", "जगा", "को"),
    towards("thank", "धन्यवाद दे", "को", "m"),
    towards("remember", "याद कर", "को"),
    towards("know knew known", "जान", "को"),
    towards("meet met met", "मिल", "से", ergative=False),
    towards("fear", "डर", "से", ergative=False),
    towards("love", "प्यार कर", "से", "m"),
    towards("talk/to", "बात कर", "से", "f"),
    towards("trust", "भरोसा कर", "पर", "m"),
    towards("help", "मदद कर", "का", "f"),
    towards("praise", "तारीफ़ कर", "का", "f"),
    towards("respect", "आदर कर", "का", "m"),
    towards("wait/for", "इंतज़ार कर", "का", "m"),
    towards("follow", "पीछा कर", "का", "m"),
)

# Some verbs do not suit some sentences; these are their English base forms.
STATIVE = frozenset({"know", "fear", "love", "trust", "respect"})
"""They last, rather than happen."""
UNPROGRESSIVE = STATIVE | {"see", "sit", "wear", "hide"}
"""Nobody is knowing; and somebody who is sitting has sat down in Hindi, बैठा है."""
INVOLUNTARY = STATIVE | {"fall", "lose", "cry", "break", "win"}
"""Nobody wants to, or has to."""
SAME_PAST = frozenset({"read"})
"""Only a time tells "I read" of every day from "I read" of yesterday."""
