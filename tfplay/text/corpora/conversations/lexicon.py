"""Words that facts are made of: pets, colours, foods, jobs and plans."""

PETS = (
    *("cat", "dog", "parrot", "rabbit", "horse", "hamster", "turtle", "goldfish", "snake"),
    *("lizard", "pony", "duck", "goat", "mouse", "canary", "hen"),
)
RELATIVES = (
    *("sister", "brother", "mother", "father", "son", "daughter", "friend", "neighbour"),
    *("teacher", "cousin", "boss", "uncle", "grandmother"),
)
COLOURS = (
    *("red", "blue", "green", "yellow", "orange", "purple", "pink", "brown", "black", "white"),
    *("grey", "gold", "silver", "violet", "turquoise", "beige"),
)
FOODS = (
    *("pizza", "rice", "pasta", "soup", "bread", "cheese", "salad", "chocolate", "fish", "honey"),
    *("curry", "noodles", "pancakes", "mangoes", "apples", "potatoes", "sushi", "dumplings"),
    *("lentils", "tacos", "cake", "yoghurt", "olives", "porridge"),
)
JOBS = (
    *("a baker", "a doctor", "a teacher", "a nurse", "a farmer", "a painter", "a pilot"),
    *("a writer", "a singer", "a dancer", "a lawyer", "a carpenter", "a gardener", "a plumber"),
    *("a librarian", "a chemist", "a tailor", "a sailor", "a student", "a programmer"),
    *("an actor", "an artist", "an engineer", "an electrician", "an architect"),
)
PLANS = {
    "bake": ("a cake", "some bread", "cookies", "a pie"),
    "buy": ("a bicycle", "new shoes", "some flowers", "a hat", "a lamp"),
    "clean": ("my room", "the kitchen", "the windows", "my car"),
    "cook": ("soup", "dinner", "a big meal", "pasta"),
    "fix": ("my bicycle", "the roof", "the radio", "my computer"),
    "go to": ("the beach", "the market", "the museum", "the library", "the dentist", "work"),
    "learn": ("to swim", "a song", "some Hindi", "to dance"),
    "paint": ("my door", "a picture", "the fence", "my bedroom"),
    "plant": ("a tree", "roses", "tomatoes"),
    "play": ("chess", "football", "tennis", "the piano", "the guitar"),
    "read": ("a book", "the newspaper", "a long story"),
    "sell": ("my car", "my old phone", "the boat"),
    "visit": ("my sister", "my grandmother", "a friend", "my uncle", "the castle"),
    "watch": ("a film", "the match", "the birds"),
    "write": ("a letter", "a poem", "my essay"),
}
