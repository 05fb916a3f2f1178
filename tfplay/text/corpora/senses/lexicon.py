"""Words of two senses, each sense with beginnings and ends of sentences that fit one another.

Most beginnings fit both senses of a word, so that only what follows decides.
"""

from typing import NamedTuple


class Sense(NamedTuple):
    """One sense of a word: every beginning goes with every end."""

    word: str
    label: str
    """As "bank (river)"."""
    beginnings: tuple[str, ...]
    """Somebody does something; the word stands in it."""
    ends: tuple[str, ...]


# A sense, what somebody did, and after three dots how it goes on.
_TABLE = """
bank (river)
    sat on the bank | walked along the bank | waited near the bank | took a photo of the bank
    ... and watched the river | where the boats were tied | while the water flowed past
    ... and saw ducks in the reeds
bank (money)
    went to the bank | worked in the bank | waited near the bank | took a photo of the bank
    ... and talked to the cashier | where people opened accounts | while the money was counted
    ... and saw a queue at the cash desk
bat (animal)
    saw a bat | looked at the bat | drew a bat | was afraid of the bat
    ... that flew out of the cave | hanging upside down in the dark | with thin black wings
    ... that hunted insects at night
bat (sport)
    saw a bat | looked at the bat | bought a bat | swung the bat
    ... that the cricket team had used | lying beside the ball | made of hard wood for the game
    ... before the next player threw the ball
bark (tree)
    touched the bark | noticed the bark | wrote about the bark | remembered the bark
    ... of the old oak | that covered the tall birch | because it was rough and brown
    ... below the branches and the leaves
bark (dog)
    heard the bark | noticed the bark | wrote about the bark | remembered the bark
    ... of the neighbour's dog | that scared the cat | because it was loud and angry
    ... of a hungry puppy
spring (season)
    waited for the spring | enjoyed the spring | liked the spring | remembered the spring
    ... when the first flowers opened | because the days grew warmer | after the long winter
    ... when the birds came back
spring (metal)
    bent the spring | mended the spring | liked the spring | remembered the spring
    ... inside the old clock | because the mattress was broken | that pushed the lid open
    ... made of coiled steel
light (bright)
    said that it was light | noticed that it was light | was glad that it was light
    knew that it would be light
    ... because the sun had risen | when the lamp was switched on | and closed the curtains
    ... so that nobody needed a candle
light (weight)
    said that it was light | noticed that it was light | was glad that it was light
    knew that it would be light
    ... because the box was empty | and carried it with one hand | when the suitcase was weighed
    ... so that a child could lift it
match (fire)
    needed a match | looked for a match | took a match | asked for a match
    ... to light the candle | because the fire was out | from the little box in the kitchen
    ... that would burn in the wind
match (game)
    watched a match | looked for a match | played a match | asked for a match
    ... against the school team | between the two football clubs | in the big stadium
    ... with the best tennis players
ring (jewel)
    lost the ring | noticed the ring | described the ring | thought of the ring
    ... with the blue diamond | on the finger of the bride | made of pure gold
    ... from the jeweller
ring (sound)
    heard the ring | noticed the ring | described the ring | thought of the ring
    ... of the telephone | of the school bell | that woke everybody at six | from the front door
wave (sea)
    saw a wave | remembered the wave | waited for a wave | was surprised by a wave
    ... that broke on the beach | that rocked the boat | from the stormy sea
    ... with white foam on top
wave (hand)
    saw a wave | remembered the wave | waited for a wave | answered with a wave
    ... of the hand | from a friend at the window | that meant goodbye
    ... from the driver of the bus
seal (animal)
    looked at the seal | described the seal | photographed the seal | fed the seal
    ... that swam in the cold sea | with whiskers and flippers | resting on the ice
    ... that ate a fish
seal (wax)
    looked at the seal | described the seal | photographed the seal | broke the seal
    ... on the king's letter | made of red wax | that closed the envelope | on the old document
crane (bird)
    watched the crane | pointed at the crane | drew the crane | heard about the crane
    ... that built a nest in the marsh | with grey feathers | standing on one leg in the water
    ... that flew south in autumn
crane (machine)
    watched the crane | pointed at the crane | drove the crane | heard about the crane
    ... that lifted the heavy bricks | at the building site | with a long steel arm
    ... that unloaded the ship
mouse (animal)
    looked for the mouse | picked up the mouse | fed the mouse | talked about the mouse
    ... that the cat had chased | with the long tail and tiny ears | that nibbled the cheese
    ... hiding in a hole in the wall
mouse (computer)
    looked for the mouse | picked up the mouse | clicked with the mouse | talked about the mouse
    ... beside the keyboard | because the cursor did not move | that belonged to the computer
    ... with two buttons and a cable
club (group)
    joined the club | liked the club | chose a club | talked about the club
    ... where people played chess | that met every Friday | with fifty members
    ... for young singers
club (golf)
    swung the club | liked the club | chose a club | talked about the club
    ... that sent the golf ball far | made of iron and wood | from the golfer's bag
    ... that was too long for the player
letter (mail)
    sent the letter | showed us the letter | forgot the letter | looked at the letter
    ... in the white envelope | that the postman had brought | to an old friend in France
    ... with a stamp on it
letter (alphabet)
    spelled the letter | showed us the letter | forgot the letter | looked at the letter
    ... at the beginning of the word | that comes after B | between A and C in the alphabet
    ... that makes the sound of a snake
palm (tree)
    looked at the palm | touched the palm | climbed the palm | described the palm
    ... with coconuts at the top | that grew on the beach | in the hot desert
    ... with long green leaves
palm (hand)
    looked at the palm | touched the palm | washed the palm | described the palm
    ... of the left hand | between the wrist and the fingers | that the glove had covered
    ... where the skin was red
pitch (field)
    was pleased with the pitch | talked about the pitch | checked the pitch
    complained about the pitch
    ... because the grass was too long | before the football game | where the team trained
    ... after the rain had made it muddy
pitch (sound)
    was pleased with the pitch | talked about the pitch | checked the pitch
    complained about the pitch
    ... because the voice was too high | before the choir sang | of the violin
    ... after the piano had been tuned
nail (finger)
    looked at the nail | noticed the nail | cut the nail | painted the nail
    ... on the little finger | of the right thumb | with the pink polish | of the big toe
nail (metal)
    looked at the nail | noticed the nail | bent the nail | pulled out the nail
    ... that held the picture on the wall | in the wooden board | that the hammer had missed
    ... made of rusty iron
plant (leaves)
    watered the plant | talked about the plant | looked after the plant | knew the plant
    ... with the big green leaves | that grew in a pot | because its flowers were yellow
    ... on the sunny window sill
plant (factory)
    managed the plant | talked about the plant | looked after the plant | knew the plant
    ... where cars were built | that made electricity | with three hundred workers
    ... because its chimneys smoked
trunk (elephant)
    touched the trunk | pointed at the trunk | talked about the trunk | admired the trunk
    ... of the grey elephant | that the animal had filled with water
    ... between the two ivory tusks | that reached for the bananas at the zoo
trunk (box)
    opened the trunk | pointed at the trunk | talked about the trunk | admired the trunk
    ... full of old clothes | that was packed for the voyage | with the heavy lid and the lock
    ... in the attic under the suitcases
star (sky)
    saw a star | dreamed of a star | pointed at the star | wished for a star
    ... high above the dark hills | that twinkled in the night | through the telescope
    ... near the moon
star (fame)
    saw a star | dreamed of a star | pointed at the star | interviewed the star
    ... who sang on the stage | who had played in a film | signing photos for visitors
    ... who walked on the red carpet
fan (air)
    switched on a fan | looked for a fan | pointed at a fan | talked about a fan
    ... because the room was hot | that turned on the ceiling | that blew cool air
    ... with three metal blades
fan (person)
    met a fan | looked for a fan | pointed at a fan | talked about a fan
    ... who shouted for the team | who wanted an autograph | who knew every song of the band
    ... in the crowd at the concert
jam (food)
    tasted the jam | complained about the jam | was surprised by the jam | told us about the jam
    ... made of strawberries | on the toast | in the glass jar | that grandmother had cooked
jam (traffic)
    waited in the jam | complained about the jam | was surprised by the jam
    told us about the jam
    ... of cars and lorries | on the motorway | that made everybody late
    ... after the accident at the crossing
date (fruit)
    ate a date | chose a date | asked for a date | wrote about a date
    ... from the bowl of dried fruit | that tasted very sweet | that had grown in the oasis
    ... with a stone in the middle
date (day)
    set a date | chose a date | asked for a date | wrote about a date
    ... for the wedding | in the first week of May | on the calendar | for the next meeting
pupil (school)
    taught the pupil | looked at the pupil | described the pupil | wrote about the pupil
    ... in the first row of the classroom | who had done no homework | who answered the teacher
    ... with the school bag and the books
pupil (eye)
    examined the pupil | looked at the pupil | described the pupil | wrote about the pupil
    ... of the left eye | that grew wide in the dark | in the middle of the blue iris
    ... that became small in bright sunshine
sentence (grammar)
    wrote the sentence | heard the sentence | thought about the sentence
    was surprised by the sentence
    ... at the end of the paragraph | with three verbs and a comma
    ... that the class had to translate | in the first chapter of the book
sentence (prison)
    feared the sentence | heard the sentence | thought about the sentence
    was surprised by the sentence
    ... that the judge had given | of ten years in jail | at the end of the trial
    ... for the thief
"""


def _read_table(table: str) -> list[Sense]:
    senses: list[Sense] = []
    for line in table.strip().split("\n"):
        phrases = tuple(line.strip().removeprefix("... ").split(" | "))
        if not line.startswith(" "):
            senses.append(Sense(line.split()[0], line, (), ()))
        elif line.startswith("    ... "):
            senses[-1] = senses[-1]._replace(ends=senses[-1].ends + phrases)
        else:
            senses[-1] = senses[-1]._replace(beginnings=senses[-1].beginnings + phrases)
    return senses


WORD_SENSES = _read_table(_TABLE)
