"""Relations of what people do, wear, feel and say."""

from tfplay.text.corpora.masked_words.relation import Relation, read_rows

ACTIONS = Relation(
    read_rows("""
past | verb | doing | object
drank | drink | drinking | a cup of tea
read | read | reading | the newspaper
ate | eat | eating | a sandwich
wore | wear | wearing | a red dress
rode | ride | riding | a horse
sang | sing | singing | a song
wrote | write | writing | a letter
played | play | playing | the piano
drove | drive | driving | the car
climbed | climb | climbing | a mountain
threw | throw | throwing | the ball
baked | bake | baking | a cake
washed | wash | washing | the dishes
painted | paint | painting | a picture
locked | lock | locking | the door
lit | light | lighting | a candle
watched | watch | watching | a film
flew | fly | flying | a kite
planted | plant | planting | some seeds
brushed | brush | brushing | {name_his} teeth
caught | catch | catching | a fish
milked | milk | milking | the cow
swept | sweep | sweeping | the floor
told | tell | telling | a joke
paid | pay | paying | the bill
solved | solve | solving | a riddle
peeled | peel | peeling | an orange
poured | pour | pouring | the milk
knitted | knit | knitting | a scarf
combed | comb | combing | {name_his} hair
"""),
    (
        "{time} {name} {past?} {object}.",
        "{name} {past?} {object} and went home.",
        "{name} wanted to {verb?} {object} {where}.",
        "{name} was {doing?} {object} when the bell rang.",
        "we saw {name} {doing?} {object} {where}.",
        "{name} likes {doing?} {object} {where}.",
        "yesterday {name} {past?} {object}, and tomorrow {name_he} will {verb?} {object} again.",
        "can {name} {verb?} {object} alone?",
    ),
)

CLOTHES = Relation(
    read_rows("""
clothing | reason
coat | it was cold outside
umbrella | it was raining
sunglasses | the sun was too bright
boots | the ground was muddy
gloves | {name_his} hands were cold
scarf | {name_his} neck was cold
slippers | {name_his} feet were cold
helmet | {name_he} was riding a bicycle
apron | {name_he} was cooking soup
pyjamas | {name_he} was going to bed
glasses | {name_he} could not read the small letters
skates | the lake was frozen
swimsuit | {name_he} wanted to swim
"""),
    (
        "{name} took {name_his?} {clothing?} because {reason}.",
        "because {reason}, {name} looked for {name_his?} {clothing?} at home.",
        "{name} needed the {clothing?} {time}, because {reason}.",
        "{name} asked for {name_his?} {clothing?}, because {reason}.",
    ),
)

OPPOSITES = Relation(
    read_rows("""
one | two
hot | cold
cold | hot
big | small
small | big
old | new
new | old
fast | slow
slow | fast
full | empty
empty | full
wet | dry
dry | wet
clean | dirty
dirty | clean
hard | soft
soft | hard
open | closed
closed | open
long | short
short | long
high | low
low | high
rich | poor
poor | rich
loud | quiet
quiet | loud
early | late
late | early
sweet | sour
sour | sweet
thick | thin
thin | thick
strong | weak
weak | strong
happy | sad
sad | happy
true | false
false | true
left | right
right | left
"""),
    (
        "the opposite of {one} is {two?}, as {name} knows.",
        "{name} learned that {one} and {two?} are opposites.",
        "it is not {one} but {two?}, said {name}.",
        "{name} says {one} when I say {two?}, so we never agree.",
        "no, it is the opposite of {one}, it is {two?}, said {name}.",
    ),
)

JOBS = Relation(
    read_rows("""
job | place | work
teacher | school | taught the children
baker | bakery | baked the bread
doctor | hospital | healed the sick
farmer | field | grew the wheat
pilot | plane | flew over the sea
librarian | library | lent the books
waiter | restaurant | served the guests
judge | court | punished the thief
miner | mine | dug for coal
actor | theatre | learned a part
gardener | garden | watered the flowers
tailor | shop | sewed a suit
hairdresser | salon | cut our hair
fisherman | boat | pulled in the nets
cook | kitchen | made the soup
dentist | clinic | pulled out a tooth
"""),
    (
        "in the {place?} the {job?} {work}.",
        "the {job?} {work} in the {place?} where {name} waited.",
        "{name} saw how the {job?} {work} {time}.",
        "{name} was the {job?} who {work} in the {place?} {time}.",
    ),
)

PLACES = Relation(
    read_rows("""
place | aim
bakery | buy bread
pharmacy | buy medicine
library | borrow a book
cinema | watch a film
pool | swim
airport | catch a plane
station | catch a train
zoo | see the lions
school | learn to read
hospital | visit a sick friend
restaurant | have dinner
kitchen | cook a meal
bathroom | take a shower
bedroom | sleep
museum | see old paintings
church | get married
beach | look for shells
farm | milk the cows
harbour | see the ships
stadium | watch the football game
theatre | see a play
"""),
    (
        "{name} went to the {place?} to {aim}.",
        "to {aim}, {name} went to the {place?} {time}.",
        "{time} {name} was in the {place?}, because {name_he} wanted to {aim}.",
        "is there a {place?} where {name} can {aim}?",
    ),
)

FEELINGS = Relation(
    read_rows("""
feeling | cause
happy | {name_he} had won a prize
sad | {name_his} cat had died
tired | {name_he} had not slept
hungry | {name_he} had not eaten
thirsty | {name_he} had not drunk
afraid | {name_he} had seen a ghost
angry | somebody had broken {name_his} window
cold | {name_he} had no coat
ill | {name_he} had a fever
lonely | all {name_his} friends had gone
proud | {name_his} team had won
bored | there was nothing to do
nervous | the exam was near
dizzy | {name_he} had danced too long
"""),
    (
        "{name} was {feeling?} because {cause}.",
        "because {cause}, {name} was {feeling?} {time}.",
        "{name} felt so {feeling?} {time}: {cause}.",
        "we knew that {name} was {feeling?}, because {cause}.",
    ),
)

PREPOSITIONS = Relation(
    read_rows("""
before | preposition | after
waited | for | the bus
listened | to | the radio
looked | at | the picture
believed | in | ghosts
laughed | about | the joke
thought | about | the question
talked | to | the teacher
walked | through | the door
jumped | over | the fence
swam | across | the river
sat | on | the chair
slept | in | the bed
paid | for | the meal
came | from | the village
lived | in | a small house
climbed | up | the ladder
fell | off | the horse
played | with | the puppy
"""),
    (
        "{name} {before?} {preposition?} {after}.",
        "{time} {name} {before?} {preposition?} {after}.",
        "{name} and a friend {before?} {preposition?} {after} {time}.",
        "it was {name} who {before?} {preposition?} {after}.",
    ),
)

SENSES_OF_THE_BODY = Relation(
    read_rows("""
part | use
eyes | see
ears | hear
nose | smell
tongue | taste
hands | hold things
feet | walk
teeth | bite
legs | run
brain | think
lungs | breathe
fingers | point at things
arms | carry a box
"""),
    (
        "{name} needs {name_his?} {part?} to {use}.",
        "with {name_his?} {part?}, {name} can {use} well.",
        "without {name_his} {part?}, {name} could not {use}.",
        "{name} used {name_his?} {part?} to {use} {where}.",
    ),
)

COUNTRIES = Relation(
    read_rows("""
city | country | language
Paris | France | French
Rome | Italy | Italian
Berlin | Germany | German
Madrid | Spain | Spanish
Tokyo | Japan | Japanese
Athens | Greece | Greek
Cairo | Egypt | Arabic
Moscow | Russia | Russian
Beijing | China | Chinese
Lisbon | Portugal | Portuguese
Warsaw | Poland | Polish
Stockholm | Sweden | Swedish
Oslo | Norway | Norwegian
Ankara | Turkey | Turkish
London | England | English
"""),
    (
        "in {city?}, the capital of {country?}, {name} learned {language?} {time}.",
        "{name} speaks {language?} in {city?}, {country?}.",
        "the capital of {country?} is {city?}, as {name} knows.",
        "when {name} was in {country?}, {name_he} saw {city?} and spoke {language?} {time}.",
    ),
)

PRONOUNS = Relation(
    [{}],
    (
        "when {name} came home, {name_he?} was tired.",
        "before {name_he?} went to bed, {name} washed {name_his?} hands.",
        "{name} lost {name_his?} key, so {name_he?} could not open the door.",
        "{name} was happy because we gave {name_him?} a present.",
        "if {name_he?} is not too late, {name} will sit with {name_his?} mother.",
        "{name} called {name_his?} brother, but he did not hear {name_him?} at all.",
        "after {name_his?} dinner, {name} went for a walk.",
        "we asked {name} why {name_he?} had sold {name_his?} house.",
        "{name} said that {name_he?} had to visit {name_his?} aunt.",
        "although {name_he?} was small, {name} was strong.",
        "{name} looked in the mirror and saw {name_his?} face.",
        "we met {name} and went with {name_him?} to the station.",
        "since {name_he?} loves music, {name} plays in {name_his?} room all day.",
        "{name} put {name_his?} hat on the table, and then {name_he?} sat down.",
    ),
)


def _rows_in_order(*sequences: str) -> list[dict[str, str]]:
    """Each word of a sequence with the word before it and the word after it."""
    return [
        {"first": first, "second": second, "third": third}
        for words in (sequence.split() for sequence in sequences)
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    ]


SEQUENCES = Relation(
    _rows_in_order(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Monday Tuesday",
        "January February March April May June July August September October November December",
        "one two three four five six seven eight nine ten eleven twelve thirteen",
        "spring summer autumn winter spring summer",
    ),
    (
        "after {first} comes {second?}, and after that comes {third}.",
        "{name} says: {first}, {second?}, {third}.",
        "between {first} and {third} there is {second?}, as {name} knows.",
        "{name} learned that {second?} follows {first} and that {third} is next.",
        "first {first}, then {second?}, then {third}, said {name}.",
    ),
)
