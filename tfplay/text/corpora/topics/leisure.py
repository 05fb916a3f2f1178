"""Sports, food, music and travel: their words and sentences."""

from tfplay.text.corpora.topics.topic import Topic, words

SPORTS = Topic(
    words={
        "theme": words(
            """football,tennis,the world cup,the league table,swimming races,the marathon,
            her favourite team,the cup final,cycling,boxing"""
        ),
        "sport": words("football,tennis,basketball,hockey,rugby,volleyball,cricket,handball"),
        "athlete": words(
            """striker,goalkeeper,sprinter,swimmer,captain,defender,gymnast,cyclist,boxer,
            skier,rower,jumper"""
        ),
        "team": words("home team,visitors,champions,youth team,club,squad,league leaders"),
        "deed": words(
            """scored twice,won a medal,missed a penalty,won the final,
            trained in the gym,sprained an ankle,broke the world record,
            crossed the finish line first"""
        ),
        "event": words("final,semi-final,race,tournament,championship,marathon,relay,derby"),
    },
    sentences=(
        "the {athlete} {deed} {when}",
        "{person} plays {sport} every weekend",
        "the {team} won the {event} {when}",
        "the {team} lost the {event} by one point",
        "{person} watched the {event} in the stadium {when}",
        "the coach praised the {athlete} after the {event}",
        "the referee sent the {athlete} off {when}",
        "the fans cheered when the {athlete} {deed}",
        "{person} joined a {sport} club {when}",
        "the {event} ended in a draw {when}",
        "the {athlete} of the {team} {deed}",
        "{sport} is the sport that {person} likes best",
        "{person} wants to become a {athlete}",
        "they trained hard for the {event} {when}",
        "nobody expected the {athlete} to win the {event}",
    ),
    ambiguous=(
        "the pitch was too wet for the {event} {when}",
        "the {athlete} held the record for ten years",
        "the {athlete} beat the old record in the {event}",
        "the {athlete} threw a perfect pitch in the {event}",
        "the {athlete} left the court with a bad knee",
        "{person} bought new boots for the {event}",
        "the {athlete} took a break on the bench {when}",
        "the match between the {team} and the students was close",
        "the score was two to one for the {team}",
        "the {athlete} ran the last lap of the track alone",
        "the {team} started the season with a win",
        "it was a cold day for the {athlete} and the {team}",
        "the {athlete} changed her diet before the {event}",
    ),
)

FOOD = Topic(
    words={
        "theme": words(
            """recipes,bread and cheese,the best pizza in town,soup,her cooking,breakfast,
            the menu,baking cakes,spices,dinner"""
        ),
        "dish": words(
            """tomato soup,apple pie,fried rice,lentil curry,vegetable stew,pancakes,noodles,
            roast potatoes,lemon cake,mushroom risotto,fish stew,dumplings"""
        ),
        "ingredient": words(
            "garlic,butter,flour,onions,honey,pepper,cream,olive oil,parsley,cheese,eggs,sugar"
        ),
        "vegetable": words("onions,carrots,peppers,mushrooms,leeks,tomatoes,celery"),
        "cook": words("baked,cooked,tasted,ordered,served,prepared,ate,burned"),
        "place": words("kitchen,bakery,restaurant,snack bar,canteen,cafe"),
        "meal": words("breakfast,lunch,dinner,dessert,supper"),
    },
    sentences=(
        "{person} {cook} {dish} {when}",
        "the {dish} needed more {ingredient}",
        "we had {dish} for {meal} {when}",
        "{person} added {ingredient} to the {dish}",
        "the {place} serves {dish} for {meal}",
        "you stir the {ingredient} into the {dish} slowly",
        "{person} chopped the {vegetable} for {meal}",
        "{person} fried {vegetable} in a pan {when}",
        "the recipe for {dish} calls for {ingredient}",
        "a pinch of salt makes {dish} taste better",
        "{person} was hungry and ordered {dish}",
        "the chef of the {place} makes wonderful {dish}",
        "the smell of {dish} filled the {place}",
        "{person} forgot the {ingredient} in the oven {when}",
        "you mix {ingredient} and {ingredient} in a large bowl",
        "{person} likes {ingredient} on fresh bread",
    ),
    ambiguous=(
        "the {dish} was left in the cold pantry until {meal}",
        "{person} put a plate of {dish} on the table",
        "the bar downstairs serves {dish} with {ingredient}",
        "{person} drank a glass from the spring with the {dish}",
        "weigh the {ingredient} on the scale before {meal}",
        "the {place} opened a new branch with {dish}",
        "the tip for the waiter of the {place} was generous",
        "a wooden board with {ingredient} stood in the {place}",
        "the crust of the {dish} was golden",
        "a key ingredient of {dish} is {ingredient}",
        "an apple and {ingredient} are enough for {meal}",
        "{person} keeps the {ingredient} in stock for {meal}",
        "the {dish} with {ingredient} is in season {when}",
        "the right note of {ingredient} makes the {dish}",
    ),
)

MUSIC = Topic(
    words={
        "theme": words(
            """the new album,jazz,the concert,opera singers,her piano lessons,folk songs,the choir,
            violins,rock bands,the orchestra"""
        ),
        "instrument": words("piano,violin,guitar,flute,trumpet,cello,harp,clarinet,banjo,organ"),
        "musician": words(
            "singer,drummer,pianist,violinist,composer,conductor,guitarist,soprano,bass player"
        ),
        "piece": words("song,melody,symphony,waltz,ballad,sonata,lullaby,hymn,tune,chorus"),
        "style": words("jazz,blues,folk,rock,classical,soul,techno,baroque"),
        "group": words("band,choir,orchestra,quartet,duo,brass band"),
    },
    sentences=(
        "{person} plays the {instrument} in a {group}",
        "the {musician} sang a {piece} {when}",
        "the {group} played a {style} {piece} {when}",
        "the {musician} tuned the {instrument} before the concert",
        "{person} practised the {piece} on the {instrument}",
        "the {piece} was written for {instrument} and {instrument}",
        "{person} hummed an old {piece} {when}",
        "the {musician} joined the {group} {when}",
        "the audience clapped after the {piece}",
        "{person} listens to {style} music at night",
        "the {musician} is famous for a {style} {piece}",
        "the {group} rehearsed the {piece} {when}",
        "a {style} concert with a {instrument} began at eight",
        "the {musician} taught {person} the {instrument}",
        "the rhythm of the {piece} is hard for the {musician}",
    ),
    ambiguous=(
        "the {musician} hit the wrong note in the {piece}",
        "the pitch of the {instrument} was perfect {when}",
        "the {musician} made a record with the {group}",
        "the {group} sold a million copies of the record",
        "the {piece} is in the key of G minor",
        "{person} practised scales on the {instrument} {when}",
        "the first bars of the {piece} are slow",
        "{person} read the score while the {group} played",
        "the last track of the {style} album is long",
        "the {musician} played with a cold and a fever",
        "the {group} took a short break before the {piece}",
        "the bow of the {instrument} broke during the {piece}",
        "the season of the {group} opened with a {piece}",
    ),
)

TRAVEL = Topic(
    words={
        "theme": words(
            """our next trip,the flight,hotels,train tickets,the beach holiday,airports,
            the guided tour,her suitcase,the cruise,mountain huts"""
        ),
        "vehicle": words("train,plane,ferry,bus,night train,cruise ship,camper van,tram"),
        "destination": words(
            """Lisbon,Cairo,Oslo,Kyoto,Peru,Iceland,Rome,Nairobi,Delhi,Vienna,Morocco,Hanoi"""
        ),
        "lodging": words("hotel,hostel,guest house,campsite,mountain hut,holiday flat"),
        "luggage": words("suitcase,passport,backpack,ticket,map,guidebook,boarding pass,visa"),
        "sight": words("old town,museum,castle,harbour,temple,beach,market square,ruins"),
    },
    sentences=(
        "{person} took the {vehicle} to {destination} {when}",
        "{person} booked a {lodging} in {destination}",
        "the {vehicle} to {destination} left two hours late",
        "{person} lost a {luggage} in {destination} {when}",
        "tourists visit the {sight} of {destination}",
        "we arrived in {destination} by {vehicle} {when}",
        "{person} packed a {luggage} for the journey",
        "our {lodging} was close to the {sight}",
        "the guide showed us the {sight} {when}",
        "{person} sent a postcard from {destination}",
        "you must not forget your {luggage} on the {vehicle}",
        "the flight to {destination} takes nine hours",
        "{person} spent the holidays in a {lodging} {when}",
        "from {destination} we went on by {vehicle}",
        "{person} changed trains on the way to {destination}",
    ),
    ambiguous=(
        "the bank of the river near {destination} is a quiet camp",
        "we crossed the bridge to the {sight} of {destination}",
        "the match box at the {lodging} showed a map of {destination}",
        "{person} left the key at the desk of the {lodging}",
        "the board at the station said {destination}",
        "the {lodging} in {destination} is cheap out of season",
        "we rested by a spring on the way to the {sight}",
        "the track to the {sight} was steep",
        "{person} took a break on the road to {destination}",
        "the {vehicle} to {destination} leaves from platform two",
        "the tip of the island near {destination} has a {lodging}",
        "we paid a small charge to see the {sight}",
        "from the bar of the {lodging} you see the {sight}",
    ),
)
