"""Names of columns in the files that people share, in many languages."""

from collections.abc import Iterable

import regex

_ROLE_NAMES = {
    "text": (
        "text sentence review comment message phrase content tweet utterance sms headline "
        "description document article body news question query statement title summary "
        "texte texto frase oración comentario mensaje testo tekst zin zdanie satz "
        "kommentar nachricht bewertung avis commentaire reseña comentário текст "
        "предложение отзыв сообщение комментарий लेख पाठ वाक्य संदेश समीक्षा टिप्पणी टेक्स्ट "
        "文本 句子 内容 评论 文章 本文 テキスト 文 レビュー コメント 投稿 텍스트 "
        "문장 内文 نص النص جملة متن metin cümle yorum note "
    ),
    "label": (
        "label class category sentiment topic intent emotion target polarity rating stars "
        "score tag spam language lang labels classes categories sentiments y étiquette "
        "etiquette classe catégorie sujet polarité etiqueta clase categoría sentimiento "
        "etichetta categoria sentimento rótulo klasse kategorie stimmung thema klass "
        "kategori etykieta klasa kategoria метка класс категория тональность тема लेबल "
        "वर्ग श्रेणी भावना वर्गीकरण रेटिंग 标签 标注 类别 分类 情感 ラベル 感情 分類 "
        "カテゴリ クラス 評価 评分 레이블 라벨 분류 تصنيف فئة تسمية etiket "
        "sınıf duygu sterne note bewertung avis"
    ),
    "source": (
        "source src input original quelle ausgangstext origen fuente origine fonte from front "
        "question prompt "
        "источник स्रोत मूल 源 原文 源文本 原 원문 المصدر kaynak"
    ),
    "target": (
        "target tgt translation output reference ziel übersetzung traduction cible to back "
        "answer response completion "
        "traducción traduzione tradução перевод अनुवाद लक्ष्य "
        "译文 翻译 目标 目标文本 訳文 訳 번역 "
        "الترجمة ترجمة çeviri"
    ),
    "id": "id ids index no nr number idx key uid guid uuid",
}

ROLE_NAMES = {role: tuple(names.split()) for role, names in _ROLE_NAMES.items()}
"""Names of columns by their role; preferred names come first."""

_WHOLE_ONLY = {"from", "front", "to", "back", "question", "answer"}
"""Names of sources and targets that mean nothing as one word among others."""

_LANGUAGES = {
    "ar": (
        "Arabic",
        "العربية",
        "عربي",
        "arabe",
        "arabisch",
        "árabe",
        "अरबी",
        "阿拉伯语",
        "アラビア語",
    ),
    "bn": ("Bengali", "বাংলা"),
    "bg": ("Bulgarian", "български"),
    "ca": ("Catalan", "català"),
    "cs": ("Czech", "čeština", "česky"),
    "da": ("Danish", "dansk"),
    "de": (
        "German",
        "Deutsch",
        "allemand",
        "alemán",
        "जर्मन",
        "немецкий",
        "德语",
        "德語",
        "ドイツ語",
        "독일어",
        "tedesco",
        "alemão",
        "tysk",
        "الألمانية",
    ),
    "el": ("Greek", "ελληνικά"),
    "en": (
        *("English", "Englisch", "anglais", "inglés", "inglese", "inglês", "engelsk", "angielski"),
        *(
            "अंग्रेज़ी",
            "अंग्रेजी",
            "английский",
            "англійська",
            "英语",
            "英語",
            "영어",
            "الإنجليزية",
            "انگلیسی",
        ),
        *("İngilizce", "ইংরেজি", "ஆங்கிலம்"),
    ),
    "eo": ("Esperanto",),
    "es": (
        "Spanish",
        "español",
        "Spanisch",
        "espagnol",
        "espanol",
        "испанский",
        "西班牙语",
        "スペイン語",
        "스페인어",
        "spagnolo",
        "espanhol",
        "स्पेनिश",
    ),
    "et": ("Estonian", "eesti"),
    "eu": ("Basque", "euskara"),
    "fa": ("Persian", "فارسی", "Farsi"),
    "fi": ("Finnish", "suomi"),
    "fr": (
        "French",
        "français",
        "Französisch",
        "francais",
        "francés",
        "французский",
        "法语",
        "フランス語",
        "프랑스어",
        "francese",
        "fransk",
        "फ़्रेंच",
        "फ्रेंच",
    ),
    "ga": ("Irish", "Gaeilge"),
    "gu": ("Gujarati", "ગુજરાતી"),
    "he": ("Hebrew", "עברית"),
    "hi": (
        "Hindi",
        "हिन्दी",
        "हिंदी",
        "印地语",
        "ヒンディー語",
        "힌디어",
        "хинди",
    ),
    "hr": ("Croatian", "hrvatski"),
    "hu": ("Hungarian", "magyar"),
    "hy": ("Armenian", "հայերեն"),
    "id": ("Indonesian", "Bahasa Indonesia"),
    "is": ("Icelandic", "íslenska"),
    "it": (
        "Italian",
        "italiano",
        "Italienisch",
        "italien",
        "итальянский",
        "意大利语",
        "イタリア語",
    ),
    "ja": (
        "Japanese",
        "日本語",
        "Japanisch",
        "japonais",
        "japonés",
        "जापानी",
        "日语",
        "японский",
        "일본어",
    ),
    "ka": ("Georgian", "ქართული"),
    "kn": ("Kannada", "ಕನ್ನಡ"),
    "ko": (
        "Korean",
        "한국어",
        "Koreanisch",
        "coréen",
        "韩语",
        "韓国語",
    ),
    "la": ("Latin", "latina"),
    "lt": ("Lithuanian", "lietuvių"),
    "lv": ("Latvian", "latviešu"),
    "ml": ("Malayalam", "മലയാളം"),
    "mr": ("Marathi", "मराठी"),
    "ms": ("Malay", "Bahasa Melayu"),
    "ne": ("Nepali", "नेपाली"),
    "nl": ("Dutch", "Nederlands", "Niederländisch"),
    "no": ("Norwegian", "norsk"),
    "pa": ("Punjabi", "ਪੰਜਾਬੀ"),
    "pl": ("Polish", "polski"),
    "pt": (
        "Portuguese",
        "português",
        "portugues",
        "Portugiesisch",
        "portugais",
        "葡萄牙语",
        "ポルトガル語",
    ),
    "ro": ("Romanian", "română"),
    "ru": (
        "Russian",
        "русский",
        "russisch",
        "russe",
        "ruso",
        "russo",
        "俄语",
        "ロシア語",
        "रूसी",
    ),
    "sa": ("Sanskrit", "संस्कृत"),
    "sk": ("Slovak", "slovenčina"),
    "sl": ("Slovenian", "slovenščina"),
    "sq": ("Albanian", "shqip"),
    "sr": ("Serbian", "српски", "srpski"),
    "sv": ("Swedish", "svenska"),
    "sw": ("Swahili", "Kiswahili"),
    "ta": ("Tamil", "தமிழ்"),
    "te": ("Telugu", "తెలుగు"),
    "th": ("Thai", "ไทย"),
    "tl": ("Tagalog", "Filipino"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "українська"),
    "ur": ("Urdu", "اردو"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "zh": (
        "Chinese",
        "中文",
        "Mandarin",
        "汉语",
        "Chinesisch",
        "chinois",
        "chino",
        "चीनी",
        "中国語",
        "китайский",
        "중국어",
    ),
}
"""Names of languages by their ISO 639-1 code; the English name comes first."""

_ISO_639_3 = (
    "ara:ar ben:bn ces:cs cze:cs dan:da deu:de ger:de ell:el eng:en epo:eo spa:es fas:fa fin:fi "
    "fra:fr fre:fr heb:he hin:hi hun:hu ind:id ita:it jpn:ja kor:ko lat:la mar:mr nld:nl dut:nl "
    "nor:no nob:no pol:pl por:pt ron:ro rus:ru swe:sv tam:ta tel:te tha:th tur:tr ukr:uk urd:ur "
    "vie:vi zho:zh cmn:zh"
)

_CODES = {code: code for code in _LANGUAGES} | dict(pair.split(":") for pair in _ISO_639_3.split())
_NAMES = {name.casefold(): code for code, names in _LANGUAGES.items() for name in names}
_LANGUAGE_TAG = regex.compile(r"(?:^|[\W_])([a-z]{2,3})[-_](?:[A-Z]{2}|[A-Z][a-z]{3})\W?$")
"""A language with its region or script at the end of a name."""
_WORD = regex.compile(r"\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+(?!\p{Ll})")


def language_of(name: str) -> str | None:
    """The ISO 639-1 code of the language that a column is named after; `None` if there is none.

    Example:
        >>> language_of("hindi_sentence"), language_of("translation.de"), language_of("text")
        ('hi', 'de', None)
    """
    whole = name.strip().casefold()
    if whole in ROLE_NAMES["id"]:
        return None  # neither Indonesian nor Norwegian
    is_code = whole in _CODES and (name.islower() or name.isupper())  # "It" and "Hi" are words
    if whole in _NAMES or is_code:
        return _NAMES.get(whole) or _CODES[whole]
    words = _words(name)
    if found := next((_NAMES[word] for word in words if word in _NAMES), None):
        return found
    if tag := _LANGUAGE_TAG.search(name):  # "pt-BR", "sentence_hin_Deva"
        return _CODES.get(tag[1])
    parts = [part for part in regex.split(r"[\W_]", whole) if part]
    if len(parts) < 2:
        return None
    if parts[0] in _CODES and role_of(parts[1]) in ("text", "source", "target"):  # "en_text"
        return _CODES[parts[0]]
    return _CODES.get(parts[-1]) if len(words) > 1 else None  # "text_en", "translation.de"


def language_name(code: str) -> str:
    """The English name of a language."""
    return _LANGUAGES[code][0]


def role_of(name: str) -> str | None:
    """The role that a column's whole name stands for: "text" for "Message"; `None` if none."""
    whole = name.strip().casefold()
    return next((role for role, names in ROLE_NAMES.items() if whole in names), None)


def roles_of(name: str) -> set[str]:
    """All roles that a name may have: a "Bewertung" is a review or its rating."""
    whole = name.strip().casefold()
    return {role for role, names in ROLE_NAMES.items() if whole in names}


def known_names(name: str) -> set[str]:
    """What a name stands for: a language's code, or roles, by the whole name or a word in it.

    Example:
        >>> known_names("airline_sentiment"), known_names("en"), known_names("v1")
        ({'label'}, {'en'}, set())
    """
    if language := language_of(name):
        return {language}
    if roles := roles_of(name):
        return roles
    return {role for word in _telling_words(name) if (role := role_of(word))}


def place_of_role(names: list[str], role: str) -> int | None:
    """The column that has the role by its name: the whole name before a word in it.

    Of several columns, the one with the preferred name, then the fewest words, then the first.
    """
    wanted = {each: rank for rank, each in enumerate(ROLE_NAMES[role])}

    def ranks(parts: Iterable[str], penalty: int) -> list[int]:
        return [penalty + wanted[part] for part in parts if part in wanted]

    found = []
    for place, name in enumerate(names):
        whole = ranks([name.strip().casefold()], 0)
        if rank := whole or [r + 1 for r in ranks(_telling_words(name), 1000)]:
            found.append((min(rank) >= 1000, min(rank) if whole else len(_words(name)), place))
    return min(found)[2] if found else None


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(name)]


def _telling_words(name: str) -> list[str]:
    return [word for word in _words(name) if word not in _WHOLE_ONLY]
