"""Names of persons, places and organisations, and the syllables that new names are made of.

A name may begin with "the"; the article stands outside the entity.
"""


def _names(table: str) -> tuple[str, ...]:
    """The entries of a table, divided by commas."""
    return tuple(" ".join(entry.split()) for entry in table.split(","))


FIRST_NAMES = _names(
    """Anna,Tom,Maria,David,Priya,Omar,Mei,Pablo,Ingrid,Kofi,Yuki,Elena,Fatima,John,Mary,Peter,
    Susan,Robert,Linda,Michael,Sarah,James,Laura,Daniel,Emma,Paul,Julia,Martin,Sophie,Lucas,Nina,
    Oscar,Clara,Hugo,Alice,Simon,Helen,Thomas,Ruth,George,Irene,Henry,Eva,Adam,Lena,Felix,Marta,
    Ivan,Olga,Dmitri,Natasha,Lars,Astrid,Sven,Freya,Jan,Katarzyna,Pierre,Camille,Luigi,Chiara,
    Carlos,Lucia,Diego,Ines,Joao,Amara,Kwame,Zola,Amina,Youssef,Leila,Hassan,Noor,Amit,Rahul,
    Deepa,Arjun,Anjali,Sanjay,Lakshmi,Wei,Ling,Jun,Hana,Kenji,Aiko,Minh,Lan,Siti,Budi,Rosa,Miguel,
    Mark,Rose,Grace,Hope,Will,Bill,Frank,May,June,April,Jack,Ella,Noah,Mia,Liam,Zoe,Barbara,
    Patrick,Rachel,Steven,Karen,Edward,Alan,Marie,Albert,Ada,Charles,Isaac,Angela,William,
    Elizabeth,Richard,Jennifer,Joseph,Nora"""
)

LAST_NAMES = _names(
    """Smith,Johnson,Brown,Miller,Wilson,Taylor,Anderson,Clark,Lewis,Walker,Hall,Young,King,Wright,
    Hill,Green,Baker,Carter,Turner,Parker,Cook,Cooper,Morgan,Bell,Hillman,Fisher,Marsh,Stone,
    Hughes,Price,Bennett,Foster,Barnes,Fletcher,Shaw,Webb,Garcia,Martinez,Lopez,Torres,Silva,
    Santos,Costa,Rossi,Ferrari,Romano,Dubois,Moreau,Laurent,Schmidt,Weber,Wagner,Becker,Hoffmann,
    Jansen,Visser,Larsen,Nilsson,Berg,Virtanen,Novak,Kowalski,Horvat,Popov,Ivanova,Petrov,Yilmaz,
    Haddad,Mansour,Okafor,Mensah,Diallo,Abebe,Sharma,Gupta,Patel,Singh,Kumar,Rao,Khan,Rahman,Chen,
    Wang,Li,Zhang,Kim,Park,Tanaka,Suzuki,Sato,Nguyen,Tran,Wijaya,Reyes,O'Brien,O'Connor,Murphy,
    Kelly,Curie,Newton,Lovelace,Adams"""
)

PARTICLES = _names("van,de,von,di,van der,de la")

TITLES = _names("Dr,Mr,Mrs,Ms,Professor,President,Captain,Judge,Mayor,Minister,Inspector,Sir")

CITIES = _names(
    """Vienna,Lisbon,Cairo,Oslo,Kyoto,Rome,Nairobi,Delhi,Hanoi,Madrid,Athens,Dublin,Prague,
    Budapest,Warsaw,Helsinki,Stockholm,Copenhagen,Brussels,Amsterdam,Zurich,Geneva,Munich,Hamburg,
    Lyon,Naples,Venice,Seville,Porto,Istanbul,Ankara,Tehran,Baghdad,Karachi,Mumbai,Chennai,
    Kolkata,Dhaka,Bangkok,Jakarta,Manila,Seoul,Tokyo,Osaka,Beijing,Shanghai,Moscow,Lagos,Accra,
    Dakar,Tunis,Lima,Bogota,Quito,Havana,Toronto,Montreal,Chicago,Boston,Seattle,Denver,Miami,
    New York,San Francisco,Los Angeles,Mexico City,Buenos Aires,Rio de Janeiro,Cape Town,
    Addis Ababa,Tel Aviv,Hong Kong,New Delhi,Edinburgh,Glasgow,Manchester,Leeds,Oxford"""
)

COUNTRIES = _names(
    """Austria,Portugal,Egypt,Norway,Japan,Italy,Kenya,India,Vietnam,Spain,Greece,Ireland,Hungary,
    Poland,Finland,Sweden,Denmark,Belgium,Switzerland,Germany,France,Turkey,Iran,Iraq,Pakistan,
    Bangladesh,Thailand,Indonesia,China,Russia,Nigeria,Ghana,Senegal,Tunisia,Peru,Colombia,Ecuador,
    Cuba,Canada,Mexico,Argentina,Brazil,Chile,Morocco,Ethiopia,Nepal,Iceland,Australia,England,
    Scotland,South Africa,South Korea,New Zealand,Sri Lanka,Costa Rica,Cape Verde,Saudi Arabia,
    the Netherlands,the Philippines,the United States"""
)

REGIONS = _names(
    """Europe,Asia,Africa,South America,the Alps,the Sahara,the Andes,Siberia,Bavaria,Tuscany,
    Scandinavia,Hawaii,Alaska,Texas,California,Punjab,Brittany,the Amazon,the Danube,
    the Himalayas"""
)

# Both first or last names and places: the sentence decides.
AMBIGUOUS_NAMES = _names(
    """Jordan,Paris,Washington,Lincoln,Florence,Sydney,Austin,Georgia,Charlotte,Chester,Victoria,
    Madison,Chelsea,Kingston,Lancaster,Preston,Wellington,Hamilton,Verona,Milan,Savannah,Dakota,
    Devon,Kent,Orlando,Adelaide,Alexandria,Santiago,London,Berlin,Brooklyn,Nelson,Darwin,Houston,
    Dallas,Phoenix,Carolina,Virginia,Bristol,York,Lourdes,Sofia,Valencia,Aurora"""
)

# Made-up names: beginning + middle + end. Some ends say what is named, the neutral ones do not.
BEGINNINGS = _names(
    """Bel,Cal,Dar,El,Fal,Gar,Hal,Is,Jor,Kel,Lor,Mar,Nor,Or,Pel,Quin,Ros,Sel,Tal,Ul,Var,Wes,Yar,
    Zel,Bran,Tor,Mir,Ven,Kas,Lin,Ald,Ner,Ost,Rav,Tam,Bris,Dren,Fen,Gwyn,Hol,Jas,Krim,Lum,Mor,Prav,Shan"""
)
MIDDLES = _names("a,e,a,e,i,o,an,en,in,or,ad,el,im,os,ur,av,ir,eth")
NEUTRAL_ENDS = _names("ra,na,mo,dis,ten,rin,vel,ko,las,mir,sa,tho,len,dor,va,nia,ric,mon,da,lis")
PLACE_ENDS = _names("vale,burg,stead,mouth,ford,ham,stan,land,port,wick,dale,field,pur,grad,ville")
LAST_NAME_ENDS = _names("son,man,sen,nova,ski,rini,well,worth,ley,stein,rez,des")
PLACE_BEGINNINGS = _names("New,North,South,East,West,Port,Lake,Mount,Saint,Fort,Upper,Old")

INDUSTRIES = _names(
    """Steel,Foods,Airlines,Motors,Shipping,Insurance,Textiles,Software,Energy,Bank,Railways,Books,
    Pictures,Records,Chemicals,Robotics,Paper,Hotels,Dairy,Telecom"""
)
FIELDS = _names(
    """Physics,Music,Health,Education,Agriculture,Marine Biology,Modern Art,Engineering,Transport,
    Economics,Justice,Natural History,Linguistics,Medicine,Defence,Architecture"""
)
# Ordinary words that also name invented firms.
BRANDS = _names(
    """Quince,Falcon,Lantern,Comet,Pebble,Willow,Beacon,Damson,Anchor,Maple,Otter,Thimble,Walnut,
    Kettle,Harbour,Meadow,Copper,Feather,Button,Marble"""
)
CONSONANTS_OF_ACRONYMS = "DLMNRTVZ"

COMPANY_FORMS = (
    "{name} {industry}",
    "{name} {industry}",
    "{brand} {industry}",
    "{brand}",
    "{name}",
    "{acronym}",
    "{name} Group",
    "{name} Ltd",
    "{last} & {last}",
    "{last} and Sons",
    "{last} Brothers",
    "Bank of {town}",
)
SCHOOL_FORMS = (
    "the University of {town}",
    "the University of {town}",
    "{town} University",
    "{town} College",
    "{last} College",
    "the Institute of {field}",
    "the {town} Institute of {field}",
    "the Academy of {field}",
    "the {last} School of {field}",
    "{town} High School",
)
CLUB_FORMS = (
    "{town} United",
    "{town} Rovers",
    "FC {town}",
    "{town} Wanderers",
    "the {town} Tigers",
    "the {town} Chess Club",
    "Athletic Club of {town}",
    "{town} City",
)
OFFICE_FORMS = (
    "the Ministry of {field}",
    "the Department of {field}",
    "the Museum of {field}",
    "the {town} Orchestra",
    "the {town} Gazette",
    "the {last} Foundation",
    "the Society for {field}",
    "the United Nations",
    "the European Union",
    "the Red Cross",
    "{acronym}",
)

WEEKDAYS = _names("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday")
MONTHS = _names(
    """January,February,March,April,May,June,July,August,September,October,November,December"""
)


KNOWN_WORDS = frozenset(
    word
    for names in (
        *(FIRST_NAMES, LAST_NAMES, PARTICLES, CITIES, COUNTRIES, REGIONS, AMBIGUOUS_NAMES),
        *(PLACE_BEGINNINGS, INDUSTRIES, FIELDS, BRANDS, COMPANY_FORMS, SCHOOL_FORMS, CLUB_FORMS),
        OFFICE_FORMS,
    )
    for name in names
    for word in name.split()
)
"""Every word of a name, other than a date, that is not made of syllables or letters."""
