"""Plots of something that happens: a key is found, a pet is lost, it rains on a trip."""

from tfplay.text.corpora.stories.plot import Plot

THE_KEY = Plot(
    sentences=(
        (
            "one {weather} {daytime}, {hero} found a {metal} key {spot}.",
            "{hero} was playing {spot} when {hero_he} saw a {metal} key.",
            "a {metal} key lay {spot}, and {hero} picked it up.",
        ),
        (
            "{hero_he} tried it in every door of the house, but it did not fit.",
            "{hero} wondered which door it could open.",
            "it did not belong to any box at home.",
        ),
        (
            "then {friend} told {hero_him} about a little door {door_place}.",
            "{friend} remembered that there was a locked door {door_place}.",
            "when {hero} showed it to {friend}, they both thought of the door {door_place}.",
        ),
        (
            "they ran there together, and the key turned slowly in the lock.",
            "the key was just right, and the door opened with a creak.",
            "{hero} put the key into the lock, {friend} pushed, and the door opened.",
        ),
        (
            "behind the door they found {treasure}.",
            "inside there was {treasure}.",
            "they could not believe their eyes: there was {treasure}.",
        ),
        (
            "they cleaned the windows and came back every week.",
            "{hero} hung the key on a string, so that it was never lost again.",
            "they promised to keep it a secret for a year.",
        ),
    ),
    optional=(1, 5),
    combination=("spot", "treasure"),
)

THE_LOST_PET = Plot(
    sentences=(
        (
            "{hero} had a {fur} {pet} called {pet_name}.",
            "there was once a {fur} {pet} whose name was {pet_name}, and it belonged to {hero}.",
            "{pet_name} was the {fur} {pet} of {hero}.",
        ),
        (
            "every morning {pet_name} {habit}.",
            "each day {pet_name} {habit}, and {hero} laughed.",
        ),
        (
            "but one {weather} {daytime} the {pet} was gone.",
            "one day {hero} came home from school, and {pet_name} was not there.",
            "then came a storm, and {pet_name} ran away.",
        ),
        (
            "{hero} cried, but {friend} said that they would find {pet_name} together.",
            "{friend} helped {hero_him} to look {spot}, but there was nobody.",
            "{hero} asked {friend} for help, and they called the name again and again.",
        ),
        (
            "at last they heard a small sound.",
            "when the sun went down, {friend} saw footprints.",
            "after a long search, {hero} stopped and listened.",
        ),
        (
            "{pet_name} was {hiding_place}, {state}.",
            "there, {hiding_place}, was {pet_name}, {state}.",
            "they found the {pet} {hiding_place}, {state}.",
        ),
        (
            "{hero} hugged {pet_name} and carried it home.",
            "{hero} wrapped the {pet} in a blanket, and {friend} carried the lamp.",
            "{hero_he} gave {pet_name} a big supper and thanked {friend}.",
        ),
    ),
    optional=(1, 4),
    combination=("pet", "hiding_place"),
)

THE_RAINY_TRIP = Plot(
    sentences=(
        (
            "{hero} and {friend} wanted to go to {outing}.",
            "the holidays had begun, and {hero} wanted to see {outing} with {friend}.",
            "for weeks {hero} had talked about a trip to {outing}, and {friend} wanted to come.",
        ),
        (
            "they packed {food} and a bottle of {drink}.",
            "{hero} brought {food}, and {friend} brought {drink}.",
        ),
        (
            "but when they left the house, dark clouds came and it began to rain.",
            "just then there was thunder, and the rain poured down.",
            "they had walked for ten minutes when the first drops fell, and soon they were wet.",
        ),
        (
            "{friend} was sad and wanted to go home.",
            '"Now the day is spoiled," said {friend}.',
            "{friend} looked at the grey sky and sighed.",
        ),
        (
            "but {hero} had an idea and spread a blanket {shelter}.",
            '"We do not need the sun," said {hero}, and they had their picnic {shelter}.',
            "then {hero} laughed, and they ran back and sat down {shelter}.",
        ),
        (
            "they ate the {food} and {pastime} while the rain fell on the roof.",
            "the {food} tasted even better there, and they {pastime}.",
            "they drank the {drink} and {pastime} for hours.",
        ),
        (
            "when the rain was over, a rainbow stood in the sky.",
            "the next day the sun shone, and they went to {outing} after all.",
            "in the evening {friend} said that it had been the best trip of the year.",
        ),
    ),
    optional=(3, 6),
    combination=("outing", "shelter"),
)

THE_RACE = Plot(
    sentences=(
        (
            "every {season} there was a race {race}.",
            "on Saturday all the children ran {race}.",
            "the big race went {race}, and the whole village was there.",
        ),
        (
            "{friend} was the fastest, and {hero} had never won.",
            "{hero} had trained for {weeks}, but {friend} was faster.",
            "everybody thought that {friend} would win.",
        ),
        (
            "the whistle blew, and {friend} was soon in front.",
            "they started, and {hero} ran as fast as the wind.",
        ),
        (
            "but half way {friend} stumbled over {obstacle} and fell.",
            "near the end {friend} did not see {obstacle} and fell down.",
        ),
        (
            "{hero} could have run past, but {hero_he} stopped and held out a hand.",
            "{hero} did not think of the prize and helped {friend_him} up.",
        ),
        (
            "they crossed the line together, the last of all.",
            "arm in arm they walked to the end.",
        ),
        (
            "the people clapped, and both of them got {prize}.",
            "for that they were given {prize}, which they shared.",
            "somebody else had won, but {hero} got {prize} for a good heart.",
        ),
    ),
    optional=(2, 5),
    combination=("race", "obstacle"),
)

THE_NIGHT = Plot(
    sentences=(
        (
            "in the middle of the night {hero} heard {noise}.",
            "it was midnight, and {hero} woke up because of {noise}.",
            "everyone was asleep when {noise} woke {hero}.",
        ),
        (
            "it came from the {side} side of the house.",
            "it seemed to come from the garden, on the {side} side.",
        ),
        (
            "{hero_he} pulled the blanket over {hero_his} head, but there it was again.",
            "{hero_his} heart beat fast, and {hero_he} did not dare to move.",
        ),
        (
            "at last {hero} woke {friend}, who was sleeping in the next bed.",
            "{friend}, who was visiting, had heard it too.",
        ),
        (
            "they took a lamp and went down the stairs on their toes.",
            "hand in hand they opened the door and looked into the dark.",
            "{friend} took a broom, {hero} held the candle, and they went to see.",
        ),
        (
            "it was only {culprit}, {doing}.",
            "and what did they see? it was {culprit}, {doing}.",
        ),
        (
            "they laughed so loudly that the whole house woke up.",
            "{hero} was no longer afraid, and they drank {drink} in the kitchen.",
            "then they went back to bed and slept until the sun was high.",
        ),
    ),
    optional=(1, 2),
    combination=("noise", "side"),
)

THE_SNOWMAN = Plot(
    sentences=(
        (
            "when {hero} looked out of the window, the whole garden was white.",
            "it had snowed all night, and {hero} ran outside before breakfast.",
            "the first snow of the winter came on a {weather} {daytime}, and {hero} was {happy}.",
        ),
        (
            "{hero_he} called {friend}, and they rolled three big balls of snow.",
            "with {friend}, {hero_he} built a snowman as tall as the door.",
        ),
        (
            "it got {nose} as a nose and wore {hat}.",
            "for the nose they took {nose}, and on its head they put {hat}.",
        ),
        (
            "at noon the sun came out, and the snowman began to melt.",
            "but the next day was warm, and the snowman grew smaller and smaller.",
        ),
        (
            "{friend} wanted to cry.",
            "{friend} asked where the snowman was going.",
        ),
        (
            '"It will go to the river and come back as snow," said {hero}.',
            "{hero} explained that the water would become a cloud, and the cloud new snow.",
        ),
        (
            "they kept what it had worn for the next winter.",
            "in the evening they drank {drink} and waited for new snow.",
        ),
    ),
    optional=(4, 6),
    combination=("nose", "hat"),
)
