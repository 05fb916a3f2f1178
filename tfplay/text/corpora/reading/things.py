"""Plots about things and animals: where they are, whose they are, how many there are."""

from tfplay.text.corpora.reading.plot import Ask, Plot

HIDING = Plot(
    sentences=(
        (
            "{hero} hid {toy} {spot}.",
            "{hero} put {toy} {spot}.",
            "when nobody looked, {hero} hid {toy} {spot}.",
        ),
        (
            "{friend} hid {other_toy} {other_spot}.",
            "then {friend} put {other_toy} {other_spot}.",
            "{friend} took {other_toy} and hid it {other_spot}.",
        ),
        (
            "{third} found the {thing} at once, but {fourth} had to look for the {other_thing}.",
            "it was {third} who found the {thing}, and {fourth} found the {other_thing}.",
            "{third} came and found the {thing}, while {fourth} searched for the {other_thing}.",
        ),
    ),
    questions=(
        Ask(0, "hero", ("Who hid the {thing}?", "Who put something {spot}?")),
        Ask(1, "friend", ("Who hid the {other_thing}?", "Who put something {other_spot}?")),
        Ask(0, "spot_place", ("Where was the {thing}?", "Where did {hero} hide the {thing}?")),
        Ask(1, "other_spot_place", ("Where is the {other_thing}?",)),
        Ask(0, "colour", ("Which colour is the {thing}?", "What colour was the {thing}?")),
        Ask(1, "other_colour", ("What is the colour of the {other_thing}?",)),
        Ask(0, "toy", ("What did {hero} hide?", "What was {spot}?")),
        Ask(1, "other_toy", ("What did {friend} hide?", "What did {friend} put {other_spot}?")),
        Ask(2, "third", ("Who found the {thing}?", "Who discovered the {thing}?")),
        Ask(2, "fourth", ("Who looked for the {other_thing}?",)),
    ),
    combinations=(("thing", "spot_place"), ("other_thing", "other_spot_place")),
)

LOST = Plot(
    sentences=(
        (
            "{hero} lost {belonging} on the way to {outing}.",
            "on the way to {outing}, {hero} lost {belonging}.",
            "{hero} was going to {outing} when {hero_he} lost {belonging}.",
        ),
        (
            "{friend} looked {other_spot}, but it was not there.",
            "{friend} searched {other_spot} and found only {other_toy}.",
            "first {friend} went to look {other_spot}, but saw nothing.",
        ),
        (
            "{when}, {third} found it {spot}.",
            "{third} found it {spot} {when}.",
            "but {third} saw the {thing} {when}, and it was {spot}.",
        ),
        (
            "{hero} thanked {third_him} with {prize}.",
            "as a thank you, {hero} gave {third_him} {prize}.",
        ),
    ),
    questions=(
        Ask(0, "hero", ("Who lost the {thing}?", "Who was on the way to {outing}?")),
        Ask(0, "belonging", ("What did {hero} lose?", "What was lost?")),
        Ask(0, "colour", ("Which colour was the lost {thing}?", "What colour was the {thing}?")),
        Ask(0, "outing", ("Where was {hero} going?", "Where did {hero} want to go?")),
        Ask(1, "friend", ("Who looked {other_spot}?", "Who did not find the {thing}?")),
        Ask(1, "other_spot_place", ("Where did {friend} look?", "Where was the {thing} not?")),
        Ask(2, "third", ("Who found the {thing}?", "Who saw the {thing}?")),
        Ask(2, "spot_place", ("Where was the {thing}?", "Where did {third} find it?")),
        Ask(2, "when", ("When was the {thing} found?", "When did {third} find the {thing}?")),
        Ask(3, "prize", ("What did {hero} give to {third}?", "What did {third} get?")),
    ),
    combinations=(("thing", "spot_place"),),
)

BIRTHDAY = Plot(
    sentences=(
        (
            "on {day} it was {hero}'s birthday.",
            "{hero} had {hero_his} birthday on {day}.",
            "{hero}'s birthday was on {day}.",
        ),
        (
            "{friend} gave {hero_him} {toy}, and {third} brought {other_toy}.",
            "{hero_he} got {toy} from {friend} and {other_toy} from {third}.",
            "from {friend} came {toy}, but {third} had bought {other_toy}.",
        ),
        (
            "{when} they all ate {dish}.",
            "there was {dish} {when}.",
            "{when} {relative} served {dish}.",
        ),
        (
            "{hero} kept the {thing} {spot} and the {other_thing} {other_spot}.",
            "at night the {thing} stood {spot}, and the {other_thing} {other_spot}.",
        ),
    ),
    questions=(
        Ask(0, "day", ("When was the birthday?", "On which day was {hero}'s birthday?")),
        Ask(0, "hero", ("Whose birthday was it?", "Who had a birthday?")),
        Ask(1, "friend", ("Who gave {hero} the {thing}?", "Who bought the {thing}?")),
        Ask(1, "third", ("Who gave {hero} the {other_thing}?", "Who brought the {other_thing}?")),
        Ask(1, "toy", ("What did {friend} give to {hero}?", "What was the gift of {friend}?")),
        Ask(1, "other_toy", ("What did {third} give to {hero}?", "What did {third} bring?")),
        Ask(1, "colour", ("What colour was the {thing}?", "Which colour did the {thing} have?")),
        Ask(1, "other_colour", ("Which colour was the {other_thing}?",)),
        Ask(2, "dish", ("What was there to eat?", "What did they eat?")),
        Ask(2, "when", ("When was there {dish}?", "When did they eat?")),
        Ask(3, "spot_place", ("Where did {hero} keep the {thing}?", "Where was the {thing}?")),
        Ask(3, "other_spot_place", ("Where was the {other_thing}?",)),
    ),
    combinations=(("thing", "spot_place"), ("other_thing", "other_spot_place")),
)

MARKET = Plot(
    sentences=(
        (
            "on {day}, {hero} went to {outing} with {relative}.",
            "{hero} and {relative} went to {outing} on {day}.",
            "last {day}, {hero} drove to {outing} with {relative}.",
        ),
        (
            "{hero_he} bought {number} {food}, and {relative} bought {other_number} {other_food}.",
            "{hero} found {number} {food}, but {relative} wanted {other_number} {other_food}.",
            "{hero} paid for {number} {food}, and {relative} took {other_number} {other_food}.",
        ),
        (
            "on {other_day} they made {dish} for {friend}.",
            "for {friend} they made {dish} on {other_day}.",
            "with {friend} they ate {dish} on {other_day}.",
        ),
    ),
    questions=(
        Ask(0, "day", ("When did {hero} go to {outing}?", "On which day were they at {outing}?")),
        Ask(0, "relative", ("Who went to {outing} with {hero}?", "With whom did {hero} go there?")),
        Ask(0, "outing", ("Where did {hero} go?", "Where did they buy the {food}?")),
        Ask(1, "number", ("How many {food} did {hero} buy?", "How many {food} were there?")),
        Ask(
            1,
            "other_number",
            ("How many {other_food} were there?", "How many {other_food} did {relative} buy?"),
        ),
        Ask(2, "other_day", ("When did they eat {dish}?", "On which day was there {dish}?")),
        Ask(2, "dish", ("What did they make?", "What did {friend} eat?")),
        Ask(2, "friend", ("For whom did they make {dish}?", "Who ate with them?")),
    ),
    combinations=(("number", "food"), ("other_number", "other_food")),
)

PETS = Plot(
    sentences=(
        (
            "{hero} has a {fur} {pet} called {pet_name}.",
            "{pet_name} is the {fur} {pet} of {hero}.",
            "{hero} lives with a {fur} {pet} whose name is {pet_name}.",
        ),
        (
            "{friend} has a {other_fur} {other_pet} called {other_pet_name}.",
            "the {other_pet} of {friend} is {other_fur} and is called {other_pet_name}.",
            "{friend} calls {friend_his} {other_fur} {other_pet} {other_pet_name}.",
        ),
        (
            "one day the {pet} ran away, and {third} found it {corner}.",
            "{when}, the {pet} was gone, but {third} saw it {corner}.",
            "when the {pet} was lost, {third} found it {corner}.",
        ),
        (
            "the {other_pet} likes to sleep {other_corner}.",
            "the {other_pet} was asleep {other_corner}.",
            "meanwhile the {other_pet} waited {other_corner}.",
        ),
    ),
    questions=(
        Ask(0, "pet_name", ("What is the name of the {pet}?", "What is {hero}'s pet called?")),
        Ask(
            1,
            "other_pet_name",
            ("What is the {other_pet} called?", "What is the name of {friend}'s pet?"),
        ),
        Ask(0, "hero", ("Who has a {pet}?", "Whose pet is {pet_name}?")),
        Ask(1, "friend", ("Who has a {other_pet}?", "Whose pet is {other_pet_name}?")),
        Ask(0, "fur", ("Which colour is {pet_name}?", "What colour is {hero}'s {pet}?")),
        Ask(1, "other_fur", ("What colour is the {other_pet}?",)),
        Ask(0, "pet", ("What kind of animal is {pet_name}?", "Which animal does {hero} have?")),
        Ask(1, "other_pet", ("What kind of animal is {other_pet_name}?",)),
        Ask(2, "third", ("Who found the {pet}?", "Who found {pet_name}?")),
        Ask(2, "corner_place", ("Where was {pet_name} found?", "Where did {third} see the {pet}?")),
        Ask(
            3,
            "other_corner_place",
            ("Where was {other_pet_name}?", "Where does the {other_pet} rest?"),
        ),
    ),
    combinations=(("pet", "pet_name"), ("other_pet", "other_pet_name")),
)

FLOWERS = Plot(
    sentences=(
        (
            "in {month}, {hero} planted {number} {colour} {flowers}.",
            "{hero} planted {number} {colour} {flowers} in {month}.",
        ),
        (
            "{friend} planted {other_number} {other_colour} {other_flowers} in {other_month}.",
            "in {other_month}, {friend} grew {other_number} {other_colour} {other_flowers}.",
        ),
        (
            "every {day} {third} gave water to the {flowers}, because {hero} was away.",
            "{third} watered the {flowers} on {day}.",
        ),
        (
            "the {other_flowers} were for {recipient}.",
            "they brought the {other_flowers} to {recipient}.",
        ),
    ),
    questions=(
        Ask(
            0, "number", ("How many {flowers} did {hero} plant?", "How many {flowers} were there?")
        ),
        Ask(1, "other_number", ("How many {other_flowers} did {friend} plant?",)),
        Ask(0, "colour", ("Which colour were the {flowers}?", "What colour were the {flowers}?")),
        Ask(1, "other_colour", ("What colour were the {other_flowers}?",)),
        Ask(0, "flowers", ("What did {hero} plant?", "What was planted in {month}?")),
        Ask(1, "other_flowers", ("What did {friend} plant?", "What grew in {other_month}?")),
        Ask(0, "hero", ("Who planted the {flowers}?", "Who planted {flowers}?")),
        Ask(1, "friend", ("Who planted the {other_flowers}?", "Who had {other_flowers}?")),
        Ask(0, "month", ("When did {hero} plant the {flowers}?", "When did {hero} plant them?")),
        Ask(1, "other_month", ("When did {friend} plant the {other_flowers}?",)),
        Ask(2, "third", ("Who watered the {flowers}?", "Who gave water to the {flowers}?")),
        Ask(2, "day", ("When did {third} water the {flowers}?", "On which day was {third} there?")),
        Ask(3, "recipient", ("For whom were the {other_flowers}?", "Who got the {other_flowers}?")),
    ),
    combinations=(("number", "flowers"), ("other_number", "other_flowers")),
)

SOUP = Plot(
    sentences=(
        (
            "{hero} had {illness}, so {friend} made {dish} for {hero_him}.",
            "{friend} made {dish} for {hero}, who had {illness}.",
            "because {hero} had {illness}, {friend} cooked, and there was {dish}.",
        ),
        (
            "{third} brought {number} {food} and {other_number} {other_food}.",
            "{number} {food} and {other_number} {other_food} came from {third}.",
            "from the shop, {third} brought {number} {food} and {other_number} {other_food}.",
        ),
        (
            "{when} {hero} ate, and at {hour} {hero_he} slept.",
            "{hero} ate {when} and fell asleep at {hour}.",
        ),
        (
            "on {day} {hero} could go to {outing} again.",
            "{hero_he} was at {outing} again on {day}.",
        ),
    ),
    questions=(
        Ask(0, "hero", ("Who was ill?", "Who had {illness}?")),
        Ask(0, "illness", ("What did {hero} have?", "What was wrong with {hero}?")),
        Ask(0, "friend", ("Who made {dish}?", "Who cooked for {hero}?")),
        Ask(0, "dish", ("What did {friend} make?", "What did {friend} cook?")),
        Ask(1, "third", ("Who brought the {food}?", "Who brought {number} {food}?")),
        Ask(1, "number", ("How many {food} did {third} bring?", "How many {food} were there?")),
        Ask(1, "other_number", ("How many {other_food} did {third} bring?",)),
        Ask(2, "when", ("When did {hero} eat?", "When was the meal?")),
        Ask(2, "hour", ("When did {hero} sleep?", "At what time did {hero} fall asleep?")),
        Ask(3, "outing", ("Where could {hero} go again?", "Where did {hero} go on {day}?")),
        Ask(3, "day", ("When was {hero} at {outing}?", "When was {hero} well again?")),
    ),
    combinations=(("number", "food"), ("other_number", "other_food")),
)
