"""Sentences around names. Words are divided by spaces; a slot in braces becomes one or more words.

Slots of entities:
    PER: a person; FIRST: by first name only; TITLED: after a title, which is outside the entity.
    NAMESAKE_PER, NAMESAKE_LOC: a person and a place of the same name.
    LOC: any place; CITY, COUNTRY: of these kinds.
    COMPANY, SCHOOL, CLUB, OFFICE: organisations.
    DAY, PERIOD: dates, after "on" and after "in".

Slots of ordinary words:
    WHEN: a date with its preposition, or words such as "yesterday".
    job, goods, reason, kin, building, feature: nouns.
    praise: an adjective; few, number: numbers.
    brand: an ordinary word that is also the name of a firm.
"""

WORDS = {
    "job": (
        "teacher",
        "nurse",
        "painter",
        "driver",
        "lawyer",
        "farmer",
        "singer",
        "judge",
        "pilot",
    ),
    "goods": ("phones", "trucks", "shoes", "chairs", "toys", "engines", "lamps", "bicycles"),
    "reason": ("a wedding", "a meeting", "a holiday", "work", "a concert", "the summer"),
    "kin": ("brother", "sister", "mother", "uncle", "neighbour", "doctor", "friend", "boss"),
    "building": ("station", "library", "bridge", "market", "church", "hospital", "theatre"),
    "feature": ("beaches", "mountains", "food", "museums", "forests", "music", "parks"),
    "praise": ("beautiful", "famous", "quiet", "lovely", "interesting"),
    "somewhen": ("yesterday", "last week", "today", "two years ago", "this morning", "recently"),
    "few": ("two", "three", "four", "five", "six"),
    "number": ("two", "three", "12", "40", "seven", "300", "95"),
}

PERSONS = (
    "my name is {FIRST} .",
    "hello , I am {PER} .",
    "hello {FIRST} , how are you ?",
    "{PER} is a {job} .",
    "{PER} works as a {job} .",
    "the {job} {PER} arrived {WHEN} .",
    "{PER} and {PER} are friends .",
    "{PER} , {PER} and {PER} sang a song .",
    "{FIRST} 's {kin} is a {job} .",
    "have you seen {FIRST} ?",
    "I met {TITLED} {WHEN} .",
    "{TITLED} said that she was tired .",
    "{PER} said he would call {PER} {WHEN} .",
    "the book was written by {PER} .",
    '" I am hungry , " said {FIRST} .',
    "{PER} told me a story about a dog .",
    "{FIRST} has {few} children .",
    "we gave the prize to {PER} .",
    "{TITLED} opened the letter and smiled .",
    "dear {FIRST} , thank you for the flowers .",
    "she married {PER} {WHEN} .",
    "my {kin} {FIRST} is {few} years old .",
    "{PER} was born on {DAY} .",
    "{PER} retired in {PERIOD} .",
    "the {job} thanked {TITLED} .",
    "nobody believed {PER} .",
    "however , {PER} stayed at home .",
    "{PER} said that it was a good idea .",
    "thank you , {PER} !",
)

PLACES = (
    "we went to {LOC} {WHEN} .",
    "{CITY} is the capital of {COUNTRY} .",
    "I have never been to {LOC} .",
    "the {feature} of {LOC} are worth a trip .",
    "it rained in {LOC} {WHEN} .",
    "the train from {CITY} to {CITY} was late .",
    "flights to {CITY} , {CITY} and {CITY} were cancelled .",
    "the {building} in {CITY} is old .",
    "{LOC} is known for its {feature} .",
    "in {LOC} people like {feature} .",
    "the mayor of {CITY} opened a {building} .",
    "she grew up near {CITY} , {COUNTRY} .",
    "the road to {LOC} is long .",
    "most people in {COUNTRY} live in towns .",
    "{COUNTRY} and {COUNTRY} share a border .",
    "the population of {LOC} grew in {PERIOD} .",
    "snow fell over {LOC} on {DAY} .",
    "where is {CITY} ?",
)

PERSONS_AND_PLACES = (
    "{PER} lives in {LOC} .",
    "{PER} was born in {LOC} .",
    "{PER} was born in {LOC} in {PERIOD} .",
    "{PER} visited {LOC} {WHEN} .",
    "{PER} visited {LOC} .",
    "{PER} moved from {LOC} to {LOC} .",
    "{somewhen} {PER} went to {LOC} .",
    "{PER} and {PER} live in {LOC} .",
    "{PER} flew to {CITY} for {reason} .",
    "in {LOC} , {PER} met {PER} .",
    "on {DAY} {PER} left for {LOC} .",
    "I am {FIRST} from {LOC} .",
    "{FIRST} showed {FIRST} the {building} of {CITY} .",
    "{TITLED} travelled through {COUNTRY} with {PER} .",
    "{PER} comes from {CITY} , {COUNTRY} .",
    "the {job} from {LOC} is called {PER} .",
    "{FIRST} 's {kin} lives in {LOC} .",
    "will {FIRST} come to {LOC} ?",
    "{PER} sent me a letter from {LOC} .",
    "{FIRST} loves the {feature} of {LOC} .",
    "{PER} , a {job} from {LOC} , won the prize .",
)

# The person and the place have the same name.
NAMESAKES = (
    "{NAMESAKE_PER} likes living in {NAMESAKE_LOC} .",
    "has {NAMESAKE_PER} ever been to {NAMESAKE_LOC} ?",
    "my {kin} {NAMESAKE_PER} comes from {NAMESAKE_LOC} .",
    "when {NAMESAKE_PER} was in {NAMESAKE_LOC} , it rained .",
    "{NAMESAKE_PER} loves {NAMESAKE_LOC} and its {feature} .",
    "in {NAMESAKE_LOC} the {job} asked {NAMESAKE_PER} for help .",
)

ORGANISATIONS = (
    "{COMPANY} makes {goods} .",
    "{COMPANY} sold {number} {goods} {WHEN} .",
    "{COMPANY} opened a factory in {LOC} .",
    "{COMPANY} has its offices in {CITY} .",
    "shares of {COMPANY} rose on {DAY} .",
    "she works for {COMPANY} in {CITY} .",
    "{PER} works for {COMPANY} .",
    "{PER} founded {COMPANY} in {PERIOD} .",
    "{COMPANY} and {COMPANY} build {goods} together .",
    "the {goods} made by {COMPANY} are {praise} .",
    "{COMPANY} hired {PER} as a {job} .",
    "{PER} , the head of {COMPANY} , spoke on {DAY} .",
    "new {goods} from {COMPANY} reached the shops of {LOC} .",
    "{PER} studies at {SCHOOL} .",
    "{PER} studied in {CITY} at {SCHOOL} .",
    "{SCHOOL} offers a course on {feature} .",
    "I teach at {SCHOOL} .",
    "{TITLED} of {SCHOOL} won a medal {WHEN} .",
    "students of {SCHOOL} travelled to {LOC} .",
    "{CLUB} won against {CLUB} on {DAY} .",
    "{CLUB} beat {CLUB} by {few} goals .",
    "{PER} plays for {CLUB} .",
    "{PER} moved from {CLUB} to {CLUB} in {PERIOD} .",
    "the fans of {CLUB} came to {CITY} .",
    "{OFFICE} announced a plan {WHEN} .",
    "{OFFICE} invited {PER} to {LOC} .",
    "{OFFICE} was founded in {PERIOD} .",
    "a spokeswoman of {OFFICE} met {TITLED} {WHEN} .",
    "{PER} left {OFFICE} for {COMPANY} .",
    "{SCHOOL} and {OFFICE} signed a contract .",
)

NOTHING = (
    "the {job} bought {number} {goods} .",
    "the {building} was closed {somewhen} .",
    "{somewhen} the {job} went home .",
    "may I come in ?",
    "will you help the {job} ?",
    "mark the page with a pencil .",
    "rose petals lay in front of the {building} .",
    "hope is a good {kin} .",
    "bill after bill came from the {job} .",
    "grace is hard to learn , said the {job} .",
    "the {brand} stood near the {building} .",
    "a {brand} and {number} {goods} were lost {somewhen} .",
    "{brand} or not , the {job} took it .",
    "{brand} and {brand} are words that my {kin} likes .",
    "we met at the {building} {somewhen} .",
    "my {kin} likes {goods} and {feature} .",
    "how many {goods} do you need ?",
    "it rained all night near the {building} .",
    "the bank near the {building} has no {feature} .",
    "the university has a {praise} {building} .",
    "a {praise} {job} told me about {goods} .",
    "what a {praise} {building} !",
    "please call my {kin} , the {job} .",
    "our club has {number} members and no {goods} .",
    "I saw the {job} and my {kin} {somewhen} .",
)

# One in ten sentences has no name.
PATTERN_GROUPS = (
    PERSONS,
    PLACES,
    *2 * (PERSONS_AND_PLACES,),
    NAMESAKES,
    *4 * (ORGANISATIONS,),
    NOTHING,
)
