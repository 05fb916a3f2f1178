"""What the stories are about. A table of phrases fills a slot; a table of rows fills several."""

from collections.abc import Mapping, Sequence

from tfplay.text.corpora.slots import listed

PHRASES: Mapping[str, Sequence[str]] = {
    "weather": ("sunny", "cold", "windy", "warm", "grey", "bright", "quiet", "foggy", "frosty"),
    "daytime": ("morning", "afternoon", "day", "evening"),
    "happy": ("happy", "glad", "cheerful", "pleased", "full of joy"),
    "kind": ("kind", "clever", "brave", "patient", "cheerful", "curious", "gentle", "friendly"),
    "long_time": ("two days", "a whole week", "three long evenings", "many hours", "all weekend"),
    "weeks": ("two weeks", "three weeks", "a month", "many days", "a whole summer"),
    "metal": ("golden", "silver", "rusty", "heavy", "tiny", "shiny", "old", "black"),
    "spot": (
        "under the apple tree",
        "behind the garden shed",
        "in the tall grass",
        "near the old well",
        "near the old bench",
        "beside the pond",
        "behind the hen house",
        "under the big oak",
        "behind the barn",
        "at the edge of the wood",
        "beside the garden gate",
        "beside the stone wall",
    ),
    "door_place": (
        "at the end of the garden",
        "behind the thick ivy",
        "in the cellar of the old mill",
        "in the tower of the church",
        "at the back of the library",
        "under the stone bridge",
    ),
    "treasure": (
        "a room full of books",
        "a box of old toys",
        "a small garden with roses",
        "a wooden chest with silver coins",
        "a round table with maps",
        "a dusty piano that still played",
        "a long row of paintings",
        "a telescope that pointed at the moon",
    ),
    "pet": ("dog", "cat", "rabbit", "pony", "goat", "donkey", "duck", "lamb"),
    "fur": ("white", "black", "brown", "grey", "spotted", "fluffy", "golden"),
    "pet_name": listed(
        "Biscuit Pepper Ginger Buttons Shadow Pebble Honey Rusty Bramble Domino Fudge Nugget "
        "Pickle Toffee Waffle"
    ),
    "habit": (
        "waited at the door",
        "ate from a blue bowl",
        "ran around the house three times",
        "slept in the warm sun",
        "followed {hero} to the gate",
        "woke {hero} before breakfast",
    ),
    "hiding_place": (
        "in a basket of clean clothes",
        "under an upturned boat",
        "in the baker's empty cart",
        "behind the neighbour's fence",
        "in a hole full of dry leaves",
        "under the bench by the river",
        "inside the open greenhouse",
        "behind a pile of wood",
    ),
    "state": (
        "fast asleep",
        "wet and dirty",
        "with a thorn in one foot",
        "with two new friends",
        "safe and warm",
        "too tired to walk",
    ),
    "outing": (
        "the lake",
        "the beach",
        "the old castle",
        "the hills",
        "the forest",
        "the island",
        "the river",
        "the meadow",
    ),
    "food": (
        "bread and cheese",
        "apples and nuts",
        "sandwiches",
        "boiled eggs",
        "pancakes",
        "plum cake",
        "cold potatoes",
        "raisin buns",
    ),
    "side": ("back", "front", "north", "far", "dark", "windy"),
    "drink": ("lemonade", "cocoa", "apple juice", "tea with honey", "fresh milk", "cold water"),
    "shelter": (
        "on the kitchen floor",
        "under the big table",
        "in the empty barn",
        "on the covered porch",
        "in front of the fireplace",
        "in the tree house",
    ),
    "pastime": (
        "told each other stories",
        "sang every song they knew",
        "played cards",
        "guessed riddles",
        "drew the clouds",
        "counted the raindrops on the window",
    ),
    "elder": (
        "the old man next door",
        "old Mister Brown",
        "the old woman upstairs",
        "old Missis Green",
        "the old shepherd",
        "the old music teacher",
    ),
    "reward": (
        "a jar of plum jam",
        "a story from long ago",
        "a book with golden letters",
        "a slice of warm pie",
        "a wooden flute",
        "a bag of walnuts",
    ),
    "race": (
        "around the lake",
        "through the village",
        "up the hill and back",
        "along the beach",
        "from the school to the mill",
        "across the wide field",
    ),
    "obstacle": ("a root", "a stone", "a broken branch", "a hole", "a loose shoe", "a garden hose"),
    "prize": (
        "a medal",
        "a basket of cherries",
        "a new ball",
        "a cup with two handles",
        "a big round of applause",
        "a ribbon",
    ),
    "town": ("the city", "the coast", "the mountains", "a far country", "the north", "an island"),
    "enclosed": (
        "a pressed flower",
        "a small drawing of the house",
        "a feather",
        "a photo of the class",
        "a poem",
        "a lock for a diary",
    ),
    "news": (
        "the new house had a garden",
        "there was a place for a guest",
        "the new school was nice",
        "nobody there could skip stones",
        "the winters were very long",
        "a kitten had moved in",
    ),
    "season": ("spring", "summer", "autumn", "winter"),
    "vegetable": ("potato", "carrot", "onion", "cabbage", "turnip", "pumpkin"),
    "side_dish": ("a bag of beans", "three mushrooms", "a piece of butter", "some salt and corn"),
    "dessert": ("a bowl of cherries", "a honey cake", "six ripe pears", "a loaf of fresh bread"),
    "tools": ("a hammer and nails", "glue and string", "a needle and thread", "a saw and paint"),
    "nose": ("a carrot", "a red pepper", "a pine cone", "a wooden spoon"),
    "hat": ("an old hat", "a green bucket", "a straw hat", "a cooking pot"),
    "helper": ("{hero_his} mother", "{hero_his} uncle", "the teacher", "{hero_his} big sister"),
}

ROWS: tuple[tuple[Mapping[str, str], ...], ...] = (
    tuple(
        {"material": material, "gift": gift, "use": use}
        for material, gift, use in (
            ("some red wool", "a scarf", "wears it on cold days"),
            ("a piece of wood", "a little horse", "keeps it on the shelf"),
            ("coloured paper", "a kite", "flies it when the wind is strong"),
            ("an old shirt", "a bag", "carries books in it"),
            ("clay from the river", "a cup", "drinks tea from it"),
            ("shells and a string", "a necklace", "wears it at every party"),
            ("flour, eggs and sugar", "a cake", "asks for the same cake each year"),
            ("an empty tin", "a lantern", "lights it when it is dark"),
            ("ten sheets of paper", "a picture book", "reads it before bed"),
            ("soft leather", "a purse", "keeps coins in it"),
        )
    ),
    tuple(
        {"skill": skill, "failure": failure, "success": success}
        for skill, failure, success in (
            ("ride a bicycle", "fell into a bush", "down the long road"),
            ("swim", "swallowed a lot of water", "across the pool"),
            ("play the flute", "made only a squeak", "a whole song"),
            ("skate", "sat down hard on the ice", "in big circles"),
            ("bake bread", "burned the first loaf", "without looking at the recipe"),
            ("whistle", "blew nothing but air", "like a bird"),
            ("draw a horse", "drew something like a table", "with a flying mane"),
            ("juggle", "dropped every ball", "with four balls"),
            ("read a map", "walked in a circle", "even in the dark"),
            ("row a boat", "bumped into the bank", "to the other side"),
        )
    ),
    tuple(
        {"need": need, "deed": deed}
        for need, deed in (
            ("had hurt a leg", "carried the heavy shopping up the stairs"),
            ("could not see well any more", "read the newspaper aloud"),
            ("had too many apples to pick", "climbed the ladder and filled nine baskets"),
            ("had no wood for the stove", "brought dry branches from the forest"),
            ("had lost a pair of glasses", "searched the whole house until they were found"),
            ("was ill and alone", "cooked soup and opened the windows"),
            ("could not shovel the snow", "cleared the path to the street"),
            ("had a roof that let in the rain", "found new tiles and held the ladder"),
        )
    ),
    tuple(
        {"seed": seed, "plant": plant, "harvest": harvest}
        for seed, plant, harvest in (
            ("a sunflower seed", "sunflower", "fed the birds with its seeds"),
            ("a bean", "bean plant", "picked a bowl of green beans"),
            ("a pumpkin seed", "pumpkin", "made enough soup for the street"),
            ("a cherry stone", "cherry tree", "ate the first sweet cherries"),
            ("an acorn", "little oak", "put a fence around it"),
            ("a tulip bulb", "tulip", "painted its red petals"),
            ("a tomato seed", "tomato plant", "ate tomatoes with salt"),
            ("a strawberry plant", "strawberry bed", "made four jars of jam"),
        )
    ),
    tuple(
        {"noise": noise, "culprit": culprit, "doing": doing}
        for noise, culprit, doing in (
            ("a scratching noise", "a hedgehog", "looking for something to eat"),
            ("a strange tapping", "a branch", "knocking on the window"),
            ("a soft crying", "a kitten", "waiting to be let in"),
            ("a loud bang", "the shutter", "moving in the wind"),
            ("a hollow call", "an owl", "sitting on the roof"),
            ("a quick rustling", "a mouse", "running through the straw"),
            ("a long creak", "the gate", "swinging to and fro"),
            ("a splash", "a frog", "jumping into the rain barrel"),
        )
    ),
    tuple(
        {"craft": craft, "parts": parts, "test": test, "damage": damage}
        for craft, parts, test, damage in (
            ("boat", "bark and a leaf", "put it on the stream", "it sank"),
            ("kite", "paper and thin sticks", "took it up the hill", "the wind tore it"),
            ("cart", "boxes and old wheels", "rolled it down the road", "a wheel came off"),
            ("bird house", "boards", "hung it in the tree", "the roof fell down"),
            ("windmill", "cloth and wire", "set it on the wall", "it did not turn"),
            ("drum", "a bucket and a skin", "played it in the yard", "the skin broke"),
            ("raft", "logs and rope", "pushed it into the pond", "the rope came loose"),
        )
    ),
)
"""The words of a row belong together, such as a material and what can be made of it."""
