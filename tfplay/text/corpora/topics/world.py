"""Weather, science, money and health: their words and sentences."""

from tfplay.text.corpora.topics.topic import Topic, words

WEATHER = Topic(
    words={
        "theme": words(
            """the weather,the storm,the forecast,the heat wave,snow and ice,the rainy season,
            the wind,the first frost,thunder and lightning,the clouds"""
        ),
        "sky": words("rain,snow,fog,hail,sleet,sunshine,drizzle,thunder,mist,frost"),
        "region": words("north,south,east,west,hills,valley,mountains,interior,lowlands,far north"),
        "storm": words("storm,blizzard,hurricane,thunderstorm,gale,heat wave,downpour,cold front"),
        "fall": words("rain,snow,hail,sleet,drizzle,frost"),
        "haze": words("fog,mist,clouds,haze"),
        "feel": words("windy,cloudy,sunny,foggy,humid,stormy,chilly,frosty,rainy,icy"),
    },
    sentences=(
        "it was {feel} in the {region} {when}",
        "the {storm} reached the {region} {when}",
        "the forecast promises {sky} in the {region}",
        "you can expect {sky} and strong winds in the {region}",
        "{person} got wet in the {storm} {when}",
        "after the {storm} the sky cleared over the {region}",
        "thick clouds brought {fall} to the {region}",
        "the morning was {feel} but the afternoon was {feel}",
        "{person} took an umbrella because of the {fall}",
        "the {storm} tore down trees in the {region}",
        "the {sky} in the {region} stopped {when}",
        "it will be {feel} with some {sky} tomorrow",
        "there was more {sky} than usual in the {region}",
        "a {feel} day with {sky} lies ahead of the {region}",
        "lightning struck an oak during the {storm}",
        "{person} has never seen such {sky} in the {region}",
    ),
    ambiguous=(
        "a cold spell brought {fall} to the {region}",
        "spring came late and {feel} to the {region}",
        "the temperature fell by ten degrees before the {storm}",
        "the {storm} broke the record for rain in the {region}",
        "the cold wind carried {fall} to the {region}",
        "drivers could see nothing through the {haze} {when}",
        "a bank of {haze} hung over the {region} {when}",
        "the dry season ended with {sky} in the {region}",
        "there is a high chance of {sky} in the {region}",
        "the pressure dropped before the {storm} in the {region}",
        "the wave of warm air made the {region} {feel}",
        "the current {storm} moves towards the {region}",
    ),
)

SCIENCE = Topic(
    words={
        "theme": words(
            """physics,the experiment,black holes,the telescope,atoms,evolution,fossils,
            chemistry,the space probe,robots"""
        ),
        "scientist": words(
            """physicist,chemist,biologist,astronomer,researcher,geologist,engineer,professor,
            botanist"""
        ),
        "object": words(
            """comet,planet,galaxy,molecule,fossil,crystal,magnet,laser,bacterium,particle,
            meteorite,volcano"""
        ),
        "particle": words("electron,ion,proton,molecule,atom,neutron,crystal"),
        "tool": words("microscope,telescope,satellite,computer model,test tube,sensor,probe"),
        "find": words("discovered,measured,observed,studied,described,photographed,examined"),
        "field": words("physics,chemistry,biology,astronomy,geology,genetics,optics"),
    },
    sentences=(
        "the {scientist} {find} a new {object} {when}",
        "the {scientist} {find} the {object} with a {tool}",
        "the laboratory bought a new {tool} {when}",
        "{person} studies {field} at the university",
        "the {tool} showed a strange {object} {when}",
        "the theory explains how the {object} was formed",
        "the {scientist} published a paper on {field}",
        "the experiment with the {object} failed {when}",
        "the {scientist} won a prize in {field}",
        "with a {tool} even a small {object} can be seen",
        "the {scientist} repeated the experiment with a {tool}",
        "the data of the {tool} surprised the {scientist}",
        "{person} wrote a thesis about a {object}",
        "a {object} was {find} by a young {scientist}",
        "the laws of {field} hold for every {object}",
    ),
    ambiguous=(
        "the {scientist} {find} a cell under the {tool}",
        "an electric current flows through the {tool} of the {scientist}",
        "the charge of the {particle} was {find} {when}",
        "light behaves like a wave in the {tool} of the {scientist}",
        "the {tool} recorded the field of the {object}",
        "the {scientist} took notes on the {object} {when}",
        "the pressure inside the {object} was measured {when}",
        "the earth's crust was {find} by a {scientist}",
        "the {particle} was cooled to minus two hundred degrees",
        "the mass and scale of the {object} puzzled the {scientist}",
        "the {scientist} found the key to the riddle of the {object}",
        "the track of the {object} was {find} with a {tool}",
        "the {tool} stood at the bottom of a cold lake",
    ),
)

MONEY = Topic(
    words={
        "theme": words(
            """taxes,the stock market,interest rates,her salary,rent,pensions,the loan,
            rising prices,insurance,savings accounts"""
        ),
        "asset": words("shares,bonds,savings,a loan,a mortgage,an account,gold coins,insurance"),
        "payer": words("company,customer,investor,landlord,accountant,banker,shop owner,treasurer"),
        "cost": words("rent,tax,price,fee,salary,wage,budget,bill,debt,pension"),
        "change": words("rose,fell,doubled,went up,went down,stayed the same"),
        "amount": words(
            "ten dollars,a thousand euros,half a million,fifty pounds,two percent,a fortune"
        ),
    },
    sentences=(
        "the {cost} {change} {when}",
        "the {payer} paid {amount} for {asset}",
        "{person} put {amount} into {asset} {when}",
        "the {payer} lost {amount} on {asset}",
        "{person} cannot afford the {cost} any more",
        "the {cost} of the {payer} {change} by {amount}",
        "the {payer} borrowed {amount} {when}",
        "{person} owes the {payer} {amount}",
        "the {payer} signed a contract for {asset}",
        "{person} earned {amount} with {asset}",
        "the {payer} raised the {cost} {when}",
        "the government lowered the {cost} for every {payer}",
        "{person} saved {amount} to pay the {cost}",
        "the {payer} went bankrupt because of the {cost}",
        "the value of {asset} {change} {when}",
    ),
    ambiguous=(
        "the bank lent the {payer} {amount} {when}",
        "{person} opened {asset} at the bank {when}",
        "the interest on {asset} {change} {when}",
        "the {payer} sold the stock and bought {asset}",
        "the {payer} spent {amount} on notes and coins",
        "the branch of the bank sells {asset}",
        "the {cost} hit a record of {amount} {when}",
        "the {payer} needs more change to pay the {cost}",
        "the board of the {payer} agreed on the {cost}",
        "the {payer} charged {amount} for {asset}",
        "the current {cost} is too high for {person}",
        "the {payer} gave a tip of {amount} {when}",
        "the {payer} wrote a check for the {cost}",
        "the {payer} made a pitch to sell {asset}",
        "high season brought the {payer} {amount}",
    ),
)

HEALTH = Topic(
    words={
        "theme": words(
            """the flu,healthy sleep,vaccines,her back pain,the hospital,allergies,blood tests,
            vitamins,the new dentist,stress"""
        ),
        "doctor": words("doctor,nurse,surgeon,dentist,pharmacist,therapist,midwife,specialist"),
        "illness": words(
            """headache,fever,cough,sore throat,rash,toothache,infection,stomach ache,allergy,
            broken arm"""
        ),
        "epidemic": words("flu,measles,coughs,infections,fevers"),
        "remedy": words("tablets,an ointment,antibiotics,a bandage,bed rest,cough syrup,eye drops"),
        "body": words("knee,shoulder,heart,stomach,back,lungs,ankle,skin,eyes"),
        "clinic": words("hospital,clinic,pharmacy,surgery,emergency room,waiting room"),
    },
    sentences=(
        "the {doctor} treated the {illness} with {remedy}",
        "{person} went to the {clinic} with a {illness}",
        "{person} had a {illness} and trouble with the {body}",
        "the {doctor} examined the {body} of the patient",
        "the {doctor} prescribed {remedy} {when}",
        "{person} takes {remedy} against the {illness}",
        "the {illness} got worse {when}",
        "regular exercise is good for the {body}",
        "the patient waited for the {doctor} in the {clinic}",
        "{person} felt a pain in the {body} {when}",
        "a {doctor} in the {clinic} looked at the {illness}",
        "the {remedy} helped against the {illness}",
        "{person} stayed in bed with a {illness} {when}",
        "the operation on the {body} went well {when}",
        "the {doctor} asked {person} about the {illness}",
    ),
    ambiguous=(
        "{person} caught a cold and got a {illness}",
        "the {doctor} said the cold will pass with {remedy}",
        "the patient's temperature rose with the {illness}",
        "her blood pressure fell after {remedy}",
        "the {doctor} checked the cells of the {body}",
        "a change of diet cured the {illness}",
        "the {doctor} gave a sick note for the {illness}",
        "the {doctor} in charge of the {clinic} was tired",
        "the {epidemic} kept the {doctor} busy {when}",
        "a wave of {epidemic} went through the {clinic} {when}",
        "the flu season filled the {clinic} {when}",
        "the {doctor} put the scale next to the {clinic} door",
        "the {doctor} found a break in the bone near the {body}",
        "medical records show that {person} had a {illness}",
    ),
)
