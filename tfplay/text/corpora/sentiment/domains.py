"""What the reviews are about: films, food, books, hotels, phones and more."""

from dataclasses import dataclass

from tfplay.text.corpora.sentiment.lexicon import NEGATIVE, POSITIVE


@dataclass(frozen=True)
class Domain:
    """One thing that people review.

    Attributes:
        kind: Which special adjectives fit the whole thing.
        things: Its names, singular and plural.
        aspects: What can be judged about it, by kind; "+" marks a plural.
        facts: Statements about it that praise and blame nothing.
        experiences: Statements of each polarity that only make sense here.
    """

    kind: str
    things: dict[str, str]
    aspects: dict[str, tuple[str, ...]]
    facts: tuple[str, ...]
    experiences: dict[int, tuple[str, ...]]


DOMAINS = (
    Domain(
        kind="story",
        things={"film": "films", "movie": "movies", "comedy": "comedies", "thriller": "thrillers"},
        aspects={
            "story": ("plot", "story", "ending", "beginning", "script", "dialogue", "second half"),
            "performer": ("acting", "cast", "lead actor", "lead actress", "actors+", "hero"),
        },
        facts=(
            "we watched it on Tuesday",
            "it lasts two hours",
            "it is set in the sixties",
            "I saw it with my brother",
            "it has three actors",
        ),
        experiences={
            POSITIVE: (
                "I was on the edge of my seat",
                "I could have watched it all night",
                "I laughed until I cried",
                "time flew by",
                "we all stood up and clapped",
                "I could not take my eyes off the screen",
            ),
            NEGATIVE: (
                "I fell asleep halfway through",
                "we left before the end",
                "I looked at my watch every five minutes",
                "nobody in the audience laughed once",
                "it dragged on and on",
                "I could not keep my eyes open",
            ),
        },
    ),
    Domain(
        kind="story",
        things={"book": "books", "novel": "novels", "biography": "biographies"},
        aspects={
            "story": ("plot", "story", "ending", "first chapter", "style", "last part", "opening"),
            "performer": ("heroine", "author", "main character", "characters+", "narrator"),
        },
        facts=(
            "it has nine chapters",
            "I read it on the train",
            "my aunt gave it to me",
            "I borrowed it from the library",
            "it is about a family of sailors",
        ),
        experiences={
            POSITIVE: (
                "I could not put it down",
                "I read it in one sitting",
                "I have read it three times already",
                "I did not want it to end",
                "every page was worth reading",
            ),
            NEGATIVE: (
                "I gave up after fifty pages",
                "I could not get through it",
                "it gathers dust on my shelf",
                "I skipped half of the pages",
                "I was glad when it ended",
            ),
        },
    ),
    Domain(
        kind="place",
        things={"restaurant": "restaurants", "diner": "diners", "bistro": "bistros"},
        aspects={
            "dish": ("food", "soup", "fish", "bread", "dessert", "pasta", "vegetables+", "salad"),
            "staff": ("service", "waiter", "staff", "waitress", "cook", "waiters+"),
            "room": ("dining room", "terrace", "table by the door"),
        },
        facts=(
            "we ordered the fish",
            "there were six of us",
            "it opens at noon",
            "we sat near the window",
            "my father paid the bill",
        ),
        experiences={
            POSITIVE: (
                "my plate was empty in no time",
                "we asked for a second helping",
                "it melted in my mouth",
                "we will be back next week",
                "it tasted like home",
            ),
            NEGATIVE: (
                "I sent my plate back",
                "we left hungry",
                "I felt sick all night",
                "we will not be back",
                "my dog would not have eaten it",
            ),
        },
    ),
    Domain(
        kind="room",
        things={"hotel": "hotels", "guest house": "guest houses", "hostel": "hostels"},
        aspects={
            "room": ("room", "bathroom", "bed", "lobby", "beds+", "suite"),
            "staff": ("receptionist", "staff", "porter", "service", "owners+"),
            "dish": ("breakfast", "coffee", "buffet"),
        },
        facts=(
            "we stayed for two nights",
            "our room was on the third floor",
            "it is near the station",
            "we arrived on a Sunday",
            "it has forty rooms",
        ),
        experiences={
            POSITIVE: (
                "I slept like a baby",
                "we felt at home at once",
                "we did not want to leave",
                "they thought of everything",
                "we booked again right away",
            ),
            NEGATIVE: (
                "I did not sleep a wink",
                "we checked out a day early",
                "there were spiders in the shower",
                "nobody answered when we rang",
                "the pictures on the website lie",
            ),
        },
    ),
    Domain(
        kind="device",
        things={"phone": "phones", "laptop": "laptops", "camera": "cameras", "tablet": "tablets"},
        aspects={
            "device": ("screen", "battery", "keyboard", "menu", "case", "buttons+", "charger"),
            "music": ("sound", "ringtone", "loudspeaker"),
            "staff": ("support team", "seller", "help desk"),
        },
        facts=(
            "I bought it in March",
            "it comes in blue and grey",
            "it replaces my old one",
            "it weighs half a pound",
            "the box has two cables",
        ),
        experiences={
            POSITIVE: (
                "it works like a charm",
                "I do not want any other",
                "it has never let me down",
                "it does everything I need",
                "I would buy it again",
            ),
            NEGATIVE: (
                "it broke after a week",
                "I sent it back the next day",
                "it crashes all the time",
                "it never did what I wanted",
                "I wish I had kept my old one",
            ),
        },
    ),
    Domain(
        kind="lesson",
        things={"course": "courses", "lecture": "lectures", "class": "classes"},
        aspects={
            "lesson": (
                "homework",
                "explanations+",
                "first lesson",
                "exam",
                "textbook",
                "examples+",
            ),
            "staff": ("teacher", "tutor", "professor", "assistants+"),
            "room": ("classroom", "lecture hall"),
        },
        facts=(
            "it takes place on Mondays",
            "there are twenty students",
            "it is about statistics",
            "I sat in the second row",
            "we meet in the old building",
        ),
        experiences={
            POSITIVE: (
                "I learned more than in a whole year",
                "it opened my eyes",
                "nobody ever missed a lesson",
                "I finally understood everything",
                "I never once looked at the clock",
            ),
            NEGATIVE: (
                "I learned nothing at all",
                "it went in one ear and out the other",
                "half of the class dropped out",
                "I still do not understand a thing",
                "I kept looking at the clock",
            ),
        },
    ),
    Domain(
        kind="music",
        things={"concert": "concerts", "album": "albums", "show": "shows", "opera": "operas"},
        aspects={
            "music": ("music", "singing", "songs+", "sound", "last song", "drum solo", "melodies+"),
            "performer": ("band", "singer", "orchestra", "drummer", "musicians+"),
        },
        facts=(
            "it began at eight",
            "they played twelve songs",
            "I went with my cousin",
            "the band comes from the north",
            "it took place in the park",
        ),
        experiences={
            POSITIVE: (
                "the crowd went wild",
                "I had goose bumps",
                "we danced all night",
                "I have been humming the tunes ever since",
                "they deserved every encore",
            ),
            NEGATIVE: (
                "my ears still hurt",
                "half of the seats were empty by the end",
                "the crowd booed",
                "we went home during the break",
                "they hit more wrong notes than right ones",
            ),
        },
    ),
    Domain(
        kind="place",
        things={"trip": "trips", "cruise": "cruises", "tour": "tours", "holiday": "holidays"},
        aspects={
            "place": ("beach", "old town", "island", "campsite", "villages+", "harbour"),
            "staff": ("guide", "bus driver", "crew", "organisers+"),
            "dish": ("picnic", "dinner", "lunch"),
        },
        facts=(
            "we left on Friday",
            "it took eleven hours",
            "there were thirty of us on the bus",
            "we went in October",
            "our guide spoke three languages",
        ),
        experiences={
            POSITIVE: (
                "we came home happy",
                "it was over far too soon",
                "we talk about it to this day",
                "the children want to go again",
                "I have never felt so relaxed",
            ),
            NEGATIVE: (
                "we could not wait to get home",
                "the children cried all the way",
                "everything that could go wrong went wrong",
                "we should have stayed at home",
                "I have never felt so exhausted",
            ),
        },
    ),
    Domain(
        kind="room",
        things={"shop": "shops", "bookshop": "bookshops", "bakery": "bakeries", "gym": "gyms"},
        aspects={
            "staff": ("manager", "cashier", "shop assistant", "owner", "assistants+"),
            "room": ("entrance", "changing room", "waiting area"),
            "device": ("website", "ticket machine", "online shop"),
        },
        facts=(
            "it is next to the bank",
            "it closes at six",
            "I go there on my way to work",
            "it has two floors",
            "I live around the corner",
        ),
        experiences={
            POSITIVE: (
                "I always find what I need",
                "they went out of their way to help me",
                "I would not go anywhere else",
                "I leave with a smile every time",
                "they solved my problem in a minute",
            ),
            NEGATIVE: (
                "I never find what I need",
                "they ignored me for half an hour",
                "I will go anywhere else in future",
                "they charged me twice",
                "they made me wait and then closed",
            ),
        },
    ),
)
