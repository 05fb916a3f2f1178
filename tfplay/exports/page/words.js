// Words and marks as Unicode has them (UAX #29), like `tfplay.text.typed`. The browser's own
// segmenter also finds words where a language writes no spaces; models here read those by letters.

const SA = "[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Talu}\\p{sc=Tale}\\p{sc=Lana}\\p{sc=Tavt}\\p{sc=Ahom}]";
const EXTEND = "(?:\\u200d\\p{Extended_Pictographic}|[\\p{M}\\p{Grapheme_Extend}\\p{Emoji_Modifier}\\u200d]|(?!\\u200b)\\p{Cf})*";
const KATAKANA = `(?:[\\p{sc=Katakana}\\u3031-\\u3035\\u309b\\u309c\\u30a0\\u30fc\\uff70]${EXTEND})`;
const ALETTER = `(?:(?!${SA}|[\\p{Ideographic}\\p{sc=Katakana}\\p{sc=Hiragana}\\u30fc\\uff70\\p{M}\\p{Nd}])` +
    "[\\p{Alphabetic}\\u02c2-\\u02c5\\u02d2-\\u02d7\\u02de\\u02df\\u02e5-\\u02eb\\u02ed\\u02ef-\\u02ff\\u055a-\\u055c\\u055e\\u058a\\u05f3])";
const NUMBER = "[\\p{Nd}\\u066b]";
const [IN_WORDS, IN_NUMBERS] = [":\\u00b7\\u0387\\u055f\\u05f4\\u2027\\ufe13\\ufe55\\uff1a", ",;\\u037e\\u0589\\u060c\\u060d\\u066c\\u07f8\\u2044\\uff0c\\uff1b"];
const IN_BOTH = ".'‘’\\u2024\\ufe52\\uff07\\uff0e";
const RUN = `(?:${ALETTER}${EXTEND}(?:[${IN_WORDS}${IN_BOTH}]${EXTEND}(?=${ALETTER}))?` +
    `|${NUMBER}${EXTEND}(?:[${IN_NUMBERS}${IN_BOTH}]${EXTEND}(?=${NUMBER}))?)+`;
const [WORD, TIE] = [`(?:${RUN}|${KATAKANA}+)`, `(?:[\\p{Pc}\\u202f]${EXTEND})+`];
const SEGMENTS = new RegExp(
    "\\r\\n|[\\r\\n\\v\\f\\u0085\\u2028\\u2029]|[ \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000]+" + EXTEND +
    `|\\p{RI}${EXTEND}(?:\\p{RI}${EXTEND})?|(?:${TIE})?${WORD}(?:${TIE}${WORD})*(?:${TIE})?|${TIE}|[^]${EXTEND}`, "gu");
const POSSESSIVE = /['’][sS]$/;
const BLANK_TEXT = new RegExp(`^${SPACE}+$`, "u");

// The places of words and marks in a text, with a final "'s" separate.
function wordPlaces(text) {
    const places = [];
    for (const { 0: part, index } of text.matchAll(SEGMENTS)) {
        if (BLANK_TEXT.test(part)) continue;
        let start = index;
        const end = index + part.length;
        if (POSSESSIVE.test(part) && part.length > 2) {
            places.push([start, end - 2]);
            start = end - 2;
        }
        places.push([start, end]);
    }
    return places;
}
