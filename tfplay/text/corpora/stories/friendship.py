"""Plots of something that two people do: a gift, a lesson, a shared meal, a letter."""

from tfplay.text.corpora.stories.plot import Plot

THE_GIFT = Plot(
    sentences=(
        (
            "tomorrow was the birthday of {friend}.",
            "{friend} had invited everybody to a party.",
            "{hero} wanted to thank {friend}, who was always {kind}.",
        ),
        (
            "{hero} wanted to bring a gift, but {hero_he} had no money.",
            "{hero} looked in the shops, but everything cost too much.",
        ),
        (
            "so {hero_he} took {material} and made {gift}.",
            "at home {hero_he} found {material}, and that gave {hero_him} an idea: {gift}!",
            "with {material}, {hero} began to make {gift}.",
        ),
        (
            "it took {hero_him} {long_time}, and {hero_his} fingers were tired.",
            "{hero_he} worked for {long_time} and told nobody.",
            "it was not easy, and {hero} needed {long_time}.",
        ),
        (
            "when {friend} opened the box, {friend_he} was silent for a moment.",
            "{friend} opened the box slowly, and {friend_his} eyes grew big.",
            "{friend} had not expected such a present.",
        ),
        (
            '"It is the best gift of all," said {friend}.',
            '"Did you make it yourself?" asked {friend}, and {hero} nodded.',
            "{friend} said that nobody had ever given {friend_him} anything so fine.",
        ),
        (
            "now {friend} {use}.",
            "since then {friend} {use} and thinks of {hero}.",
        ),
    ),
    optional=(3, 5),
    combination=("material", "long_time"),
)

THE_LESSON = Plot(
    sentences=(
        (
            "{hero} could not {skill}, and that made {hero_him} sad.",
            "all the other children could {skill}, but {hero} could not.",
            "more than anything, {hero} wanted to {skill}.",
        ),
        (
            "{friend} could do it well and promised to help.",
            '"I will teach you," said {friend}, who was {kind}.',
            "so {hero_he} asked {friend}, who was {kind} and had time.",
        ),
        (
            "on the first day {hero} {failure}.",
            "at first it went wrong, and {hero} {failure}.",
            "{hero} tried it at once and {failure}.",
        ),
        (
            "{hero_he} wanted to give up, but {friend} said that everybody starts like that.",
            "{friend} did not laugh and showed it once more.",
            "some people laughed, but {friend} only said that they should try again.",
        ),
        (
            "they practised every {daytime} for {weeks}.",
            "it took {weeks}, and each day it went a little better.",
        ),
        (
            "then, one {weather} {daytime}, {hero} could {skill} {success}.",
            "in the end {hero} could {skill} {success}, and {friend} clapped.",
        ),
        (
            "now {hero} teaches {hero_his} little brother.",
            "{hero} was so {happy} that {hero_he} did it ten times.",
            '"You see," said {friend}, "you only needed time."',
        ),
    ),
    optional=(3, 6),
    combination=("skill", "weeks"),
)

HELPING = Plot(
    sentences=(
        (
            "{elder} {need}.",
            "in the house at the corner, {elder} {need}.",
            "everybody in the street knew that {elder} {need}.",
        ),
        (
            "{hero} saw it on the way to school and told {friend}.",
            "{hero} heard about it from {friend}.",
            "nobody had time to help, but {hero} thought about it all day.",
        ),
        (
            "in the afternoon they knocked at the door, and {hero} asked what they could do.",
            "after lunch {hero} and {friend} went there with {food}.",
            "so {hero} and {friend} did not play that day and went there instead.",
        ),
        (
            "{hero} {deed}, and {friend} washed the dishes.",
            "first {hero} {deed}, and then {friend} swept the floor.",
            "{friend} made tea while {hero} {deed}.",
        ),
        (
            "when all was done, {elder} had tears in both eyes.",
            "{elder} smiled for the first time in weeks.",
            '"How can I thank you?" asked {elder}.',
        ),
        (
            "as a thank you there was {reward}.",
            "before they left, they got {reward}.",
        ),
        (
            "they came again every week, and it was never dull.",
            "{hero} felt warm inside, although it was cold outside.",
            "on the way home {friend} said that helping was better than playing.",
        ),
    ),
    optional=(4, 6),
    combination=("elder", "deed"),
)

THE_SOUP = Plot(
    sentences=(
        (
            "it was a {weather} {daytime}, and {hero} was hungry.",
            "{hero} came home late and wanted to cook something.",
            "snow lay on the fields, and {hero} had nothing but a fire.",
        ),
        (
            "there was only one {vegetable} in the kitchen.",
            "in the cupboard {hero_he} found a single {vegetable}.",
        ),
        (
            "then {friend} knocked and brought {side_dish}.",
            "{friend}, who lived next door, had only {side_dish}.",
        ),
        (
            "a neighbour smelled the fire and came with {dessert}.",
            "soon {elder} came along with {dessert}.",
        ),
        (
            "they put the {vegetable} into a big pot and stirred and stirred.",
            "{hero} cut the {vegetable} into small pieces, and {friend} stirred the soup.",
        ),
        (
            "alone, each of them would have been hungry, but together they had a feast.",
            "there was enough for all, and even the cat got a plate.",
            "they ate by candlelight and {pastime}.",
        ),
        (
            "since that day they cook together every Sunday.",
            '"A shared meal is the best meal," said {friend}.',
            "nothing was left but an empty pot and full stomachs.",
        ),
    ),
    optional=(3, 6),
    combination=("vegetable", "dessert"),
)

THE_LETTER = Plot(
    sentences=(
        (
            "{hero} missed {friend}, who had moved to {town}.",
            "since {friend} lived in {town}, {hero} had nobody to play with.",
            "in {season} {friend} went away to {town}, and {hero} stayed behind.",
        ),
        (
            "one {weather} {daytime} {hero_he} sat down and wrote a long letter.",
            "{hero} took paper and a pen and wrote three pages.",
        ),
        (
            "{hero_he} put {enclosed} into the envelope.",
            "before {hero_he} closed it, {hero_he} added {enclosed}.",
        ),
        (
            "then {hero} waited for {weeks}, but the letter box stayed empty.",
            "every day {hero} asked the postman, but there was nothing for {weeks}.",
        ),
        (
            "{hero} was afraid that {friend} had forgotten everything.",
            '"Perhaps it was lost," said {helper}.',
        ),
        (
            "then an answer came: {friend} wrote that {news}.",
            "at last the postman rang, and {hero} read that {news}.",
        ),
        (
            "{friend} had kept {enclosed} on the wall all the time.",
            "{hero} read it seven times and put it under the pillow.",
            "in the holidays they met and talked until midnight.",
        ),
    ),
    optional=(2, 4),
    combination=("town", "news"),
)

THE_SEED = Plot(
    sentences=(
        (
            "{helper} gave {hero} {seed}.",
            "{hero} had {seed} in {hero_his} pocket.",
            "in a drawer {hero} found {seed}.",
        ),
        (
            "{hero_he} put it into the earth {spot}.",
            "one {weather} {daytime} {hero} planted it {spot}.",
        ),
        (
            "{hero_he} watered it every day, but nothing happened for {weeks}.",
            "{weeks} went by, and there was nothing to see but brown earth.",
        ),
        (
            "{friend} thought that it was dead.",
            '"It is only sleeping," said {friend}.',
            "{friend} told {hero_him} to be patient.",
        ),
        (
            "then a green leaf came out, as small as a nail.",
            "after a warm night of rain, there was a tiny green leaf.",
        ),
        (
            "it grew and grew until it was a fine {plant}.",
            "with sun and water it became the most beautiful {plant} in the street.",
        ),
        (
            "in the end {hero} and {friend} {harvest}.",
            "they {harvest}, and {hero} kept one seed for the next year.",
        ),
    ),
    optional=(4, 6),
    combination=("seed", "spot"),
)

THE_CRAFT = Plot(
    sentences=(
        (
            "{hero} built a {craft} from {parts}.",
            "on a {weather} {daytime} {hero} made a {craft} from {parts}.",
            "with {parts} one can build a {craft}, and that is what {hero} did.",
        ),
        (
            "proudly {hero_he} {test}.",
            "when it was ready, {hero_he} {test}.",
        ),
        (
            "but {damage}, and everyone laughed.",
            "but {damage}, and the fun was over.",
        ),
        (
            "{hero} was angry and kicked a stone.",
            "{hero} did not want to look at the {craft} any more.",
            "{hero_he} sat down {spot} and was sad.",
        ),
        (
            "then {friend} came with {tools} and looked at it.",
            '"We can mend it," said {friend}, who had {tools}.',
        ),
        (
            "they worked for {long_time} and made it stronger than before.",
            "{friend} had good ideas, {hero} had quick hands, and it was soon mended.",
        ),
        (
            "this time the {craft} was perfect, and they wrote both their names on it.",
            "now everybody wanted a {craft} like that.",
            "{hero} learned that two heads are better than one.",
        ),
    ),
    optional=(3, 6),
    combination=("craft", "tools"),
)
