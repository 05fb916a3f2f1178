"""Plots about people: where they go and live, what they do, and why."""

from tfplay.text.corpora.reading.plot import Ask, Plot

STAYING_AT_HOME = Plot(
    sentences=(
        (
            "{hero} wanted to go to {outing}, but {hero_he} stayed at home because {trouble}.",
            "because {trouble}, {hero} did not go to {outing}.",
            "{hero} could not go to {outing} because {trouble}.",
        ),
        (
            "{hero_he} spent {day} {activity}.",
            "so on {day} {hero_he} was {activity}.",
            "instead {hero} was {activity} on {day}.",
        ),
        (
            "{friend} went to {other_outing} because {wish}.",
            "but {friend} walked to {other_outing}, because {wish}.",
            "on {other_day}, {friend} went to {other_outing} because {wish}.",
        ),
    ),
    questions=(
        Ask(0, "trouble", ("Why did {hero} stay at home?", "Why did {hero} not go to {outing}?")),
        Ask(2, "wish", ("Why did {friend} go to {other_outing}?", "Why did {friend} go out?")),
        Ask(0, "outing", ("Where did {hero} want to go?", "Which place did {hero} not see?")),
        Ask(2, "other_outing", ("Where did {friend} go?", "Which place did {friend} visit?")),
        Ask(1, "activity", ("What did {hero} do?", "How did {hero} spend the day?")),
        Ask(1, "day", ("When was {hero} {activity}?", "On which day was {hero} at home?")),
        Ask(0, "hero", ("Who stayed at home?", "Who wanted to go to {outing}?")),
        Ask(2, "friend", ("Who went to {other_outing}?", "Who was at {other_outing}?")),
    ),
    combinations=(("outing", "trouble"), ("other_outing", "wish")),
)

NEIGHBOURS = Plot(
    sentences=(
        (
            "{hero} lives in a {colour} house in {town}.",
            "in {town}, {hero} has a {colour} house.",
            "the {colour} house in {town} belongs to {hero}.",
        ),
        (
            "{friend} lives in a {other_colour} house in {other_town}.",
            "{friend} bought a {other_colour} house in {other_town}.",
            "but {friend} has a {other_colour} house in {other_town}.",
        ),
        (
            "{hero} works as a {job}, and {friend} is a {other_job}.",
            "{hero} is a {job} by trade, while {friend} works as a {other_job}.",
        ),
        (
            "every {day} they meet at {outing}.",
            "they always meet at {outing} on {day}.",
            "on {day} they go to {outing} together.",
        ),
    ),
    questions=(
        Ask(0, "town", ("Where does {hero} live?", "In which town is the {colour} house?")),
        Ask(1, "other_town", ("Where does {friend} live?", "In which town is {friend}'s house?")),
        Ask(
            0, "colour", ("Which colour is {hero}'s house?", "What colour is the house in {town}?")
        ),
        Ask(1, "other_colour", ("What colour is {friend}'s house?",)),
        Ask(0, "hero", ("Who lives in {town}?", "Who has a {colour} house?")),
        Ask(1, "friend", ("Who lives in {other_town}?", "Whose house is {other_colour}?")),
        Ask(2, "job", ("What is {hero}'s job?", "What does {hero} work as?")),
        Ask(2, "other_job", ("What is the job of {friend}?", "What does {friend} work as?")),
        Ask(3, "outing", ("Where do they meet?", "Where do {hero} and {friend} meet?")),
        Ask(3, "day", ("When do they meet?", "On which day do {hero} and {friend} meet?")),
    ),
    combinations=(("colour", "town"), ("other_colour", "other_town")),
)

CONTEST = Plot(
    sentences=(
        (
            "{hero} won {game} in {town}, and {friend} came second.",
            "in {town}, {hero} won {game} before {friend}, who came second.",
            "at {game} in {town}, {friend} was second and {hero} was the winner.",
        ),
        (
            "the winner got {prize}, and the second got {other_prize}.",
            "for the second place there was {other_prize}, and the winner got {prize}.",
            "first prize was {prize}, and {other_prize} was the second.",
        ),
        (
            "{third} was sad because {sorrow}.",
            "because {sorrow}, {third} was not happy.",
            "{third} cried because {sorrow}.",
        ),
        (
            "it was over {when}.",
            "{when}, all went home.",
        ),
    ),
    questions=(
        Ask(0, "hero", ("Who won {game}?", "Who was the winner?", "Who got {prize}?")),
        Ask(0, "friend", ("Who came second?", "Who got {other_prize}?")),
        Ask(0, "game", ("What did {hero} win?", "What took place in {town}?")),
        Ask(0, "town", ("Where was {game}?", "In which town did {hero} win?")),
        Ask(1, "prize", ("What did the winner get?", "What did {hero} get?")),
        Ask(1, "other_prize", ("What did {friend} get?", "What was the second prize?")),
        Ask(2, "third", ("Who was sad?", "Who was not happy?")),
        Ask(2, "sorrow", ("Why was {third} sad?", "Why was {third} not happy?")),
        Ask(3, "when", ("When was {game} over?", "When did it end?")),
    ),
    combinations=(("game", "prize"), ("third", "sorrow")),
)

LETTERS = Plot(
    sentences=(
        (
            "in {month}, {hero} wrote a letter to {friend} in {town}.",
            "{hero} sent a letter to {friend} in {town} in {month}.",
            "{friend}, who lived in {town}, got a letter from {hero} in {month}.",
        ),
        (
            "in the letter was {enclosed}.",
            "{hero_he} put {enclosed} into it.",
            "there was also {enclosed} in the envelope.",
        ),
        (
            "{hero} wrote that {news}.",
            "the letter said that {news}.",
        ),
        (
            "in {other_month}, {third} sent {other_enclosed} from {other_town}.",
            "{third} wrote from {other_town} in {other_month} and sent {other_enclosed}.",
        ),
    ),
    questions=(
        Ask(0, "month", ("When did {hero} write?", "In which month did {friend} get a letter?")),
        Ask(0, "hero", ("Who wrote to {friend}?", "Who sent {enclosed}?")),
        Ask(0, "friend", ("To whom did {hero} write?", "Who lived in {town}?")),
        Ask(0, "town", ("Where did {friend} live?", "Where was {friend}?")),
        Ask(1, "enclosed", ("What was in {hero}'s letter?", "What did {hero} send?")),
        Ask(2, "news", ("What did the letter say?", "What did {hero} write?")),
        Ask(3, "other_month", ("When did {third} write?", "In which month did {third} write?")),
        Ask(3, "third", ("Who sent {other_enclosed}?", "Who was in {other_town}?")),
        Ask(3, "other_enclosed", ("What did {third} send?", "What came from {other_town}?")),
        Ask(3, "other_town", ("From which town did {third} write?", "Where was {third}?")),
    ),
    combinations=(("town", "enclosed"), ("other_town", "other_enclosed")),
)

LESSONS = Plot(
    sentences=(
        (
            "in {season}, {friend} taught {hero} to {skill}.",
            "{hero} learned to {skill} from {friend} in {season}.",
            "it was {friend} who taught {hero} to {skill} in {season}.",
        ),
        (
            "in {other_season}, {third} wanted to {other_skill} too, and {fourth} helped.",
            "{third} learned to {other_skill} in {other_season}, with the help of {fourth}.",
        ),
        (
            "{hero} practised at {outing}, and {third} practised at {other_outing}.",
            "{third} practised at {other_outing}, but {hero} did it at {outing}.",
        ),
        (
            "after {number} weeks, {hero} was good at it, but {third} needed {other_number} weeks.",
            "{hero} needed {number} weeks, and {third} learned it in {other_number} weeks.",
        ),
    ),
    questions=(
        Ask(0, "skill", ("What did {hero} learn?", "What did {friend} teach?")),
        Ask(1, "other_skill", ("What did {third} learn?", "What did {fourth} help with?")),
        Ask(0, "friend", ("Who taught {hero}?", "From whom did {hero} learn to {skill}?")),
        Ask(1, "fourth", ("Who helped {third}?", "With whose help did {third} learn?")),
        Ask(0, "season", ("When did {hero} learn to {skill}?", "When did {friend} teach?")),
        Ask(1, "other_season", ("When did {third} learn to {other_skill}?",)),
        Ask(0, "hero", ("Who learned to {skill}?", "Whom did {friend} teach?")),
        Ask(1, "third", ("Who learned to {other_skill}?", "Whom did {fourth} help?")),
        Ask(2, "outing", ("Where did {hero} practise?", "Where did {hero} learn?")),
        Ask(2, "other_outing", ("Where did {third} practise?", "Where did {third} learn?")),
        Ask(3, "number", ("How many weeks did {hero} need?",)),
        Ask(3, "other_number", ("How many weeks did {third} need?",)),
    ),
    combinations=(("skill", "season"), ("other_skill", "other_season")),
)

JOURNEYS = Plot(
    sentences=(
        (
            "{hero} took the {vehicle} to {town} at {hour}.",
            "at {hour}, {hero} took the {vehicle} to {town}.",
            "the {vehicle} brought {hero} to {town} at {hour}.",
        ),
        (
            "{friend} went to {other_town} by {other_vehicle} at {other_hour}.",
            "{friend} took the {other_vehicle} to {other_town} at {other_hour}.",
            "at {other_hour}, the {other_vehicle} left for {other_town} with {friend}.",
        ),
        (
            "{hero} carried {toy}, and {friend} had {other_toy}.",
            "{friend} had {other_toy} with {friend_him}, and {hero} carried {toy}.",
        ),
        (
            "{third} waited for {hero} at {outing}.",
            "at {outing}, {third} was waiting for {hero}.",
        ),
    ),
    questions=(
        Ask(0, "town", ("Where did {hero} go?", "Where did the {vehicle} go?")),
        Ask(1, "other_town", ("Where did {friend} go?", "Which town did {friend} travel to?")),
        Ask(0, "vehicle", ("How did {hero} travel?", "What did {hero} take to {town}?")),
        Ask(1, "other_vehicle", ("How did {friend} travel?", "How did {friend} get there?")),
        Ask(0, "hour", ("When did {hero} travel?", "At what time did {hero} go to {town}?")),
        Ask(1, "other_hour", ("When did {friend} travel?", "At what time did {friend} leave?")),
        Ask(0, "hero", ("Who went to {town}?", "Who took the {vehicle}?")),
        Ask(1, "friend", ("Who went to {other_town}?", "Who took the {other_vehicle}?")),
        Ask(2, "toy", ("What did {hero} carry?", "What did {hero} have?")),
        Ask(2, "other_toy", ("What did {friend} carry?", "What did {friend} have?")),
        Ask(3, "third", ("Who waited for {hero}?", "Who was at {outing}?")),
        Ask(3, "outing", ("Where did {third} wait?", "Where did {third} meet {hero}?")),
    ),
    combinations=(("vehicle", "town"), ("other_vehicle", "other_town")),
)
