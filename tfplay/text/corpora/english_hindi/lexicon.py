"""Nouns, adjectives and times: hand-written tables, each entry as "english=hindi"."""

from typing import NamedTuple


class Word(NamedTuple):
    """A word that has no gender of its own: an adjective, a time, a number."""

    english: str
    hindi: str


class Noun(NamedTuple):
    """A noun with its gender, "m" or "f"."""

    english: str
    hindi: str
    gender: str
    respected: bool = False
    """Whether Hindi speaks of this one person in the plural."""


class Place(NamedTuple):
    """Where things are: "in" the garden with में, "at" the station with पर."""

    english: str
    hindi: str
    gender: str
    preposition: str
    postposition: str
    respected: bool = False


def words(table: str) -> tuple[Word, ...]:
    """Reads a table of words."""
    return tuple(Word(*entry.strip().split("=")) for entry in table.split(","))


def nouns(m: str, f: str = "", respected: bool = False) -> tuple[Noun, ...]:
    """Reads a table of masculine and a table of feminine nouns."""
    return tuple(
        Noun(*word, gender, respected)
        for gender, table in (("m", m), ("f", f))
        if table
        for word in words(table)
    )


def places(preposition: str, postposition: str, m: str, f: str = "") -> tuple[Place, ...]:
    """Reads places that share their preposition and postposition."""
    return tuple(Place(*noun[:3], preposition, postposition) for noun in nouns(m, f))


# People and animals --------------------------------------------------------------------------

NAMES = nouns(
    m="""Ravi=रवि, Amit=अमित, Rahul=राहुल, Mohan=मोहन, Raj=राज, Arjun=अर्जुन, Vijay=विजय,
    Rohan=रोहन, Sunil=सुनील, Anil=अनिल, Suresh=सुरेश, Karan=करण, Ajay=अजय, Gopal=गोपाल,
    Vikram=विक्रम, Ramesh=रमेश""",
    f="""Sita=सीता, Priya=प्रिया, Geeta=गीता, Anita=अनीता, Meena=मीना, Neha=नेहा, Pooja=पूजा,
    Kavita=कविता, Radha=राधा, Lata=लता, Asha=आशा, Nisha=निशा, Rekha=रेखा, Maya=माया,
    Sunita=सुनीता, Leela=लीला""",
)
RELATIVES = nouns(
    m="brother=भाई, son=बेटा, friend=दोस्त, neighbour=पड़ोसी",
    f="sister=बहन, daughter=बेटी",
)
ELDERS = nouns(
    m="father=पिताजी, grandfather=दादाजी, uncle=चाचाजी",
    f="mother=माँ, grandmother=दादी, aunt=चाची",
    respected=True,
)
PEOPLE = nouns(
    m="""boy=लड़का, man=आदमी, child=बच्चा, farmer=किसान, king=राजा, guest=मेहमान,
    driver=ड्राइवर, shopkeeper=दुकानदार, soldier=सैनिक, doctor=डॉक्टर, thief=चोर,
    tailor=दर्ज़ी, gardener=माली, policeman=सिपाही""",
    f="girl=लड़की, woman=औरत, queen=रानी, nurse=नर्स, actress=अभिनेत्री, princess=राजकुमारी",
)
# What somebody is: the first table names men, the second women.
MENS_PROFESSIONS = nouns(
    m="""teacher=अध्यापक, student=छात्र, singer=गायक, writer=लेखक, doctor=डॉक्टर,
    engineer=इंजीनियर, lawyer=वकील, player=खिलाड़ी, driver=ड्राइवर, painter=चित्रकार,
    farmer=किसान, soldier=सैनिक, shopkeeper=दुकानदार, tailor=दर्ज़ी"""
)
WOMENS_PROFESSIONS = nouns(
    m="",
    f="""teacher=अध्यापिका, student=छात्रा, singer=गायिका, writer=लेखिका, doctor=डॉक्टर,
    engineer=इंजीनियर, lawyer=वकील, player=खिलाड़ी, nurse=नर्स, actress=अभिनेत्री""",
)
ANIMALS = nouns(
    m="""dog=कुत्ता, horse=घोड़ा, elephant=हाथी, monkey=बंदर, lion=शेर, parrot=तोता, camel=ऊँट,
    rabbit=खरगोश, bear=भालू, mouse=चूहा, donkey=गधा, peacock=मोर, snake=साँप, pigeon=कबूतर""",
    f="cat=बिल्ली, cow=गाय, goat=बकरी, bird=चिड़िया, buffalo=भैंस, hen=मुर्गी",
)

# Food ----------------------------------------------------------------------------------------

FRUIT = nouns(
    m="apple=सेब, mango=आम, banana=केला, orange=संतरा, guava=अमरूद, lemon=नींबू, papaya=पपीता",
    f="pear=नाशपाती",
)
VEGETABLES = nouns(
    m="potato=आलू, tomato=टमाटर, onion=प्याज़",
    f="carrot=गाजर, radish=मूली, vegetable=सब्ज़ी",
)
SNACKS = nouns(m="samosa=समोसा, egg=अंडा, biscuit=बिस्कुट, cake=केक", f="sweet=मिठाई")
FOOD = nouns(
    m="rice=चावल, meat=मांस, cheese=पनीर, butter=मक्खन, honey=शहद, yogurt=दही, food=खाना",
    f="bread=रोटी, sugar=चीनी, chocolate=चॉकलेट",
)
DRINKS = nouns(
    m="water=पानी, milk=दूध, juice=रस, sherbet=शरबत, soup=सूप",
    f="tea=चाय, coffee=कॉफ़ी, lassi=लस्सी",
)

# Things --------------------------------------------------------------------------------------

TEXTS = nouns(m="letter=पत्र, newspaper=अख़बार", f="book=किताब, story=कहानी, poem=कविता")
CLOTHES = nouns(
    m="coat=कोट, shoe=जूता, sweater=स्वेटर, sock=मोज़ा",
    f="shirt=कमीज़, sari=साड़ी, cap=टोपी",
)
JEWELLERY = nouns(m="necklace=हार", f="ring=अँगूठी, bangle=चूड़ी")
DISHES = nouns(
    m="cup=प्याला, glass=गिलास, knife=चाकू, spoon=चम्मच, pot=बरतन",
    f="plate=थाली, bottle=बोतल, bucket=बाल्टी",
)
TOYS = nouns(m="toy=खिलौना, drum=ढोल", f="ball=गेंद, doll=गुड़िया, kite=पतंग, flute=बाँसुरी")
VEHICLES = nouns(m="truck=ट्रक, rickshaw=रिक्शा", f="car=गाड़ी, bus=बस, bicycle=साइकिल, boat=नाव")
BELONGINGS = nouns(
    m="""pen=पेन, bag=थैला, map=नक्शा, lock=ताला, mirror=शीशा, umbrella=छाता, phone=फ़ोन,
    computer=कंप्यूटर, gift=तोहफ़ा, ticket=टिकट, flower=फूल, stone=पत्थर, blanket=कंबल,
    box=डिब्बा, handkerchief=रूमाल""",
    f="""pencil=पेंसिल, notebook=कॉपी, key=चाबी, clock=घड़ी, picture=तस्वीर, rope=रस्सी,
    basket=टोकरी, candle=मोमबत्ती, medicine=दवा""",
)
FURNITURE = nouns(m="bed=पलंग", f="table=मेज़, chair=कुर्सी, cupboard=अलमारी")
PARTS_OF_HOUSES = nouns(m="door=दरवाज़ा, curtain=परदा", f="window=खिड़की, wall=दीवार")
SHOWS = nouns(m="match=मैच, play=नाटक, dance=नाच", f="film=फ़िल्म")
SONGS = nouns(m="song=गाना, bhajan=भजन")
LANGUAGES = nouns(m="", f="Hindi=हिंदी, English=अंग्रेज़ी, Urdu=उर्दू, Sanskrit=संस्कृत, Tamil=तमिल")
GAMES = nouns(m="cricket=क्रिकेट, football=फ़ुटबॉल", f="hockey=हॉकी, kabaddi=कबड्डी")

EDIBLE = FRUIT + VEGETABLES + SNACKS
SMALL_THINGS = CLOTHES + JEWELLERY + DISHES + TOYS + BELONGINGS + TEXTS[:3]
POSSESSIONS = SMALL_THINGS + FURNITURE + VEHICLES
MASSES = frozenset(noun.english for noun in FOOD + DRINKS)
"""What English does not count: no article "a", no plural."""
PROPER = frozenset(noun.english for noun in LANGUAGES + GAMES)
"""What has no article at all."""

_THINGS = {
    noun.english: noun
    for noun in POSSESSIONS + TEXTS + EDIBLE + FOOD + DRINKS + PARTS_OF_HOUSES + SONGS + ANIMALS
}


def some(names: str) -> tuple[Noun, ...]:
    """The nouns with these English names, out of all the things above."""
    return tuple(_THINGS[name] for name in names.split(", "))


# Places --------------------------------------------------------------------------------------

HOUSE = places("in", "में", m="house=घर")
ROOMS = places("in", "में", m="room=कमरा, palace=महल", f="kitchen=रसोई")
OUTDOORS = places("in", "में", m="garden=बगीचा, field=खेत, forest=जंगल")
# Hindi goes to them without a postposition: बाज़ार जाना.
BUILDINGS = places(
    "in",
    "में",
    m="""school=स्कूल, hospital=अस्पताल, temple=मंदिर, hotel=होटल, office=दफ़्तर,
    library=पुस्तकालय, museum=संग्रहालय, bank=बैंक, post office=डाकघर""",
    f="shop=दुकान",
) + places("at", "पर", m="station=स्टेशन, airport=हवाई अड्डा")
TOWNS = places("in", "में", m="market=बाज़ार, village=गाँव, city=शहर, zoo=चिड़ियाघर")
DESTINATIONS = BUILDINGS + TOWNS
SIGHTS = nouns(m="bridge=पुल, mountain=पहाड़, lake=तालाब", f="river=नदी, road=सड़क")
SURFACES = places("on", "पर", m="bed=पलंग", f="table=मेज़, chair=कुर्सी, roof=छत")
CONTAINERS = places(
    "in", "में", m="box=डिब्बा, bag=थैला", f="basket=टोकरी, cupboard=अलमारी, bucket=बाल्टी"
)
CITIES = words(
    """Delhi=दिल्ली, Mumbai=मुंबई, Jaipur=जयपुर, Kolkata=कोलकाता, Chennai=चेन्नई, Varanasi=वाराणसी,
    Lucknow=लखनऊ, Pune=पुणे, Bhopal=भोपाल, Mysore=मैसूर, India=भारत, Nepal=नेपाल, London=लंदन,
    Paris=पेरिस, Japan=जापान, China=चीन, Russia=रूस, Germany=जर्मनी"""
)
WHEREABOUTS = words(
    "here=यहाँ, there=वहाँ, at home=घर पर, outside=बाहर, inside=अंदर, upstairs=ऊपर, downstairs=नीचे"
)

# Adjectives ----------------------------------------------------------------------------------

COLOURS = words(
    """red=लाल, black=काला, white=सफ़ेद, green=हरा, yellow=पीला, blue=नीला, brown=भूरा,
    pink=गुलाबी, purple=बैंगनी"""
)
THING_ADJECTIVES = words(
    """big=बड़ा, small=छोटा, new=नया, old=पुराना, good=अच्छा, clean=साफ़, dirty=गंदा,
    beautiful=सुंदर, cheap=सस्ता, expensive=महँगा, heavy=भारी, light=हल्का"""
)
FOOD_ADJECTIVES = words("sweet=मीठा, sour=खट्टा, fresh=ताज़ा, tasty=स्वादिष्ट, bitter=कड़वा, cold=ठंडा")
PLACE_ADJECTIVES = words(
    """big=बड़ा, small=छोटा, new=नया, old=पुराना, clean=साफ़, dirty=गंदा, beautiful=सुंदर,
    quiet=शांत, famous=मशहूर"""
)
ANIMAL_COLOURS = words("black=काला, white=सफ़ेद, brown=भूरा")
ANIMAL_ADJECTIVES = words("big=बड़ा, small=छोटा, beautiful=सुंदर, strong=ताकतवर, clever=चतुर")
TRAITS = words(
    """tall=लंबा, thin=पतला, brave=बहादुर, honest=ईमानदार, kind=दयालु, clever=चतुर, good=अच्छा,
    bad=बुरा, intelligent=बुद्धिमान, lazy=आलसी, young=जवान, elderly=बूढ़ा, rich=अमीर, poor=गरीब,
    strong=ताकतवर, weak=कमज़ोर, famous=मशहूर, hardworking=मेहनती"""
)
MOODS = words(
    """happy=खुश, sad=उदास, tired=थका हुआ, angry=नाराज़, busy=व्यस्त, ill=बीमार, worried=परेशान,
    scared=डरा हुआ"""
)
STATES = MOODS + words("alone=अकेला, ready=तैयार, silent=चुप, healthy=स्वस्थ")

# Times and numbers ---------------------------------------------------------------------------

DAYS = words(
    """Monday=सोमवार, Tuesday=मंगलवार, Wednesday=बुधवार, Thursday=गुरुवार, Friday=शुक्रवार,
    Saturday=शनिवार, Sunday=रविवार"""
)
MONTHS = words(
    """January=जनवरी, February=फ़रवरी, March=मार्च, April=अप्रैल, May=मई, June=जून, July=जुलाई,
    August=अगस्त, September=सितंबर, October=अक्टूबर, November=नवंबर, December=दिसंबर"""
)
PAST_TIMES = words(
    """yesterday=कल, last night=कल रात, last week=पिछले हफ़्ते, last month=पिछले महीने,
    last year=पिछले साल, this morning=आज सुबह, yesterday evening=कल शाम"""
)
FUTURE_TIMES = words(
    """tomorrow=कल, next week=अगले हफ़्ते, next month=अगले महीने, next year=अगले साल,
    tonight=आज रात, this evening=आज शाम, tomorrow morning=कल सुबह, soon=जल्दी, today=आज"""
)
HABIT_TIMES = words(
    """every day=रोज़, in the morning=सुबह, in the evening=शाम को, at night=रात को,
    every week=हर हफ़्ते, in the afternoon=दोपहर को"""
)
PRESENT_TIMES = words("now=अब, today=आज, right now=इस समय")
FREQUENCIES = words("always=हमेशा, often=अक्सर, sometimes=कभी-कभी, usually=आम तौर पर")
NUMBERS = words(
    """two=दो, three=तीन, four=चार, five=पाँच, six=छह, seven=सात, eight=आठ, nine=नौ, ten=दस,
    eleven=ग्यारह, twelve=बारह"""
)
LARGE_NUMBERS = words(
    """fifteen=पंद्रह, twenty=बीस, twenty-five=पच्चीस, thirty=तीस, forty=चालीस, fifty=पचास,
    sixty=साठ, eighty=अस्सी"""
)
