"""Relations of animals and things: their sounds, homes, colours, kinds and uses."""

from tfplay.text.corpora.masked_words.relation import Relation, read_rows

SOUNDS = Relation(
    read_rows("""
animal | sound
dog | barked
cat | meowed
cow | mooed
duck | quacked
lion | roared
bee | buzzed
sheep | bleated
horse | neighed
frog | croaked
wolf | howled
snake | hissed
pig | grunted
owl | hooted
mouse | squeaked
rooster | crowed
donkey | brayed
pigeon | cooed
elephant | trumpeted
sparrow | chirped
"""),
    (
        "the {animal?} {sound?} at {name}.",
        "{name} woke up because the {animal?} {sound?} {where}.",
        "the {animal?} saw {name} and {sound?} loudly.",
        "{where} the {animal?} {sound?} when {name} came.",
        "{name} smiled when the big {animal?} {sound?} {where}.",
    ),
)

YOUNG = Relation(
    read_rows("""
animal | child
dog | puppy
cat | kitten
cow | calf
sheep | lamb
horse | foal
duck | duckling
hen | chick
pig | piglet
bear | cub
frog | tadpole
goose | gosling
deer | fawn
swan | cygnet
butterfly | caterpillar
"""),
    (
        "the {child?} grew and became a {animal?}, said {name}.",
        "{name} saw how the little {child?} became a big {animal?} {where}.",
        "a {child?} will be a {animal?} one day, as {name} knows.",
        "{name} told us that a young {animal?} is called a {child?} {where}.",
    ),
)

HOMES = Relation(
    read_rows("""
animal | home
dog | kennel
bee | hive
bird | nest
horse | stable
spider | web
pig | sty
fox | den
rabbit | burrow
cow | barn
snail | shell
"""),
    (
        "the {animal?} was asleep in its {home?} when {name} came.",
        "{time} the {animal?} went back to its {home?} and slept.",
        "{name} saw the {animal?} leave its {home?} {time}.",
        "in its {home?} the {animal?} waited for {name}.",
    ),
)

COLOURS = Relation(
    read_rows("""
thing | colour
grass | green
sky | blue
snow | white
coal | black
blood | red
lemon | yellow
carrot | orange
elephant | grey
chocolate | brown
milk | white
banana | yellow
tomato | red
spinach | green
sun | yellow
frog | green
strawberry | red
sea | blue
swan | white
raven | black
plum | purple
pumpkin | orange
bear | brown
cherry | red
salt | white
"""),
    (
        "{name} painted the {thing} {colour?} and went home.",
        "the {thing} was {colour?}, as {name} had said.",
        "in the picture the {thing} is {colour?}, and {name} likes it.",
        "{name} asked why the {thing} is {colour?} and not violet.",
    ),
)

KINDS = Relation(
    read_rows("""
item | article | kind
a rose | a | flower
a tulip | a | flower
a daisy | a | flower
an oak | a | tree
a birch | a | tree
a pine | a | tree
an apple | a | fruit
a pear | a | fruit
a plum | a | fruit
a carrot | a | vegetable
an onion | a | vegetable
spinach | a | vegetable
a hammer | a | tool
a saw | a | tool
a spade | a | tool
a piano | an | instrument
a violin | an | instrument
a flute | an | instrument
an eagle | a | bird
a sparrow | a | bird
a swan | a | bird
a salmon | a | fish
a trout | a | fish
an ant | an | insect
a bee | an | insect
a beetle | an | insect
gold | a | metal
iron | a | metal
silver | a | metal
red | a | colour
green | a | colour
winter | a | season
summer | a | season
Monday | a | day
Friday | a | day
May | a | month
April | a | month
Paris | a | city
Rome | a | city
India | a | country
France | a | country
a bus | a | vehicle
a lorry | a | vehicle
football | a | sport
tennis | a | sport
French | a | language
Hindi | a | language
seven | a | number
twelve | a | number
a triangle | a | shape
a circle | a | shape
"""),
    (
        "{name} knows that {item} is {article} {kind?}, of course.",
        "{item} is {article} {kind?}, said {name}.",
        "at school {name} learned that {item} is {article} {kind?} too.",
        "the teacher asked {name} if {item} is {article?} {kind?} or not.",
        "{item} is {article?} {kind} that {name} likes.",
    ),
)

TOOLS = Relation(
    read_rows("""
tool | task
scissors | cut the paper
hammer | hit the nail
needle | sewed the shirt
broom | swept the floor
brush | painted the wall
knife | cut the bread
saw | cut down the tree
key | opened the door
pen | wrote the letter
towel | dried the plates
soap | washed the shirts
thermometer | measured the heat
ruler | drew a straight line
spade | dug a hole
telescope | looked at the stars
ladder | climbed onto the roof
camera | took a picture
rope | tied up the boat
sponge | wiped the table
net | caught a fish
bucket | carried the water
rake | gathered the leaves
match | lit the fire
drill | made a hole in the wall
"""),
    (
        "{name} took the {tool?} and {task}.",
        "with the {tool?}, {name} {task} {time}.",
        "{time} {name} {task} with the {tool?} from the kitchen.",
        "{name} found the {tool?} and {task} {where}.",
        "there was the {tool?} with which {name} {task}.",
    ),
)

MATERIALS = Relation(
    read_rows("""
thing | material
window | glass
shirt | cotton
table | wood
ring | gold
tyre | rubber
shoe | leather
wall | brick
book | paper
sword | steel
jumper | wool
candle | wax
igloo | snow
cup | china
tent | cloth
"""),
    (
        "the {thing?} that {name} has is made of {material?} and was cheap.",
        "{name} made the {thing?} of {material?} {time}.",
        "for the {thing?}, {name} needed {material?} and much time.",
        "{name} has a {thing?} of {material?} at home.",
    ),
)

NUMBERS = Relation(
    read_rows("""
noun | nouns
dog | dogs
child | children
mouse | mice
man | men
woman | women
foot | feet
tooth | teeth
leaf | leaves
box | boxes
baby | babies
knife | knives
cup | cups
key | keys
story | stories
house | houses
wolf | wolves
fox | foxes
city | cities
"""),
    (
        "there {was?} one {noun} here, and there {were?} two {nouns} there, said {name}.",
        "{name} saw one {noun?} {where} and then ten {nouns?} {where}.",
        "one {noun?} is enough for {name}, but we have five {nouns?} here.",
        "the {nouns} {were?} too big for {name}, and the {noun} {was?} too small.",
        "these {nouns} {are?} old, and that {noun} {is?} new, said {name}.",
        "{name} has many {nouns?}, and I have only one {noun?} {where}.",
    ),
)

ARTICLES = Relation(
    read_rows("""
article | noun
an | apple
an | orange
an | egg
an | umbrella
an | onion
an | old clock
an | empty box
an | uncle
an | island
a | pear
a | lemon
a | potato
a | coat
a | melon
a | new clock
a | full box
a | cousin
a | river
"""),
    (
        "{name} saw {article?} {noun} {where}.",
        "{name} dreamed of {article?} {noun} {time}.",
        "{where} {name} drew {article?} {noun}.",
        "in the story there is {article?} {noun}, and {name} likes it.",
    ),
)
