// Texts as token ids and back, as `tfplay.text.tokenizers` does it: by characters, words, word
// pieces or byte pairs. A tokenizer's `pieces` also tell which part of the text each token covers.

const SPACE = "\\p{White_Space}"; // not JavaScript's \s, which has other signs
const LETTER = "[\\p{L}\\p{M}\\p{N}\\u200c\\u200d]";
const MARKED = "\\p{L}\\p{M}\\u200c\\u200d"; // letters with their marks and joiners
const PUNCTUATION = "!-\\/:-@\\[-`\\{-~\\p{P}";
const CJK = "\\u4E00-\\u9FFF\\u3400-\\u4DBF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B73F}" +
    "\\u{2B740}-\\u{2B81F}\\u{2B820}-\\u{2CEAF}\\uF900-\\uFAFF\\u{2F800}-\\u{2FA1F}";
const PATTERNS = {
    character: "[^]",
    word: `${LETTER}+(?:['’]${LETTER}+)*|\\n|[^${SPACE}]`,
    bert: `[${PUNCTUATION}]|[${CJK}]|[^${SPACE}${PUNCTUATION}${CJK}]+`,
    gpt2: `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${SPACE}\\p{L}\\p{N}]+|${SPACE}+(?![^${SPACE}])|${SPACE}+`,
    "gpt2-all-scripts": `'s|'t|'re|'ve|'m|'ll|'d| ?[${MARKED}]+| ?\\p{N}` +
        `| ?[^${SPACE}${MARKED}\\p{N}]+|${SPACE}+(?![^${SPACE}])|${SPACE}+`,
};
const GLUE = "##"; // stands before a token that touches the one before it

// One spelling for texts that look alike; half a surrogate pair is no character.
const normalize = (text) => text.replace(/\p{Cs}/gu, "\ufffd").normalize("NFC");
const isGlued = (token) => token.startsWith(GLUE) && token !== GLUE;
const withoutGlue = (token) => (token.startsWith(GLUE) ? token.slice(2) : token);

class WordTokens { // what all kinds share; they differ in how a word is encoded, and tokens joined
    constructor({ vocabulary, special, pattern, glues }) {
        Object.assign(this, { vocabulary, special, glues });
        this.spaceInWord = pattern.startsWith("gpt2"); // before a word, in its first token
        this.ids = new Map(vocabulary.map((token, id) => [token, id]));
        this.isSpecial = new Set(Object.values(special));
        this.pattern = new RegExp(PATTERNS[pattern], "gu");
    }

    // The words of a text with their places; "##" before one that touches the word before it.
    words(text) {
        let lastEnd = -1;
        return [...text.matchAll(this.pattern)].map(({ 0: word, index }) => {
            const touches = this.glues && index === lastEnd && word !== "\n";
            lastEnd = word === "\n" ? -1 : index + word.length;
            return { word, spelled: touches ? GLUE + word : word, start: index };
        });
    }

    pieces(text) {
        const [spelled, origins] = this.spell(normalize(text));
        const place = (at) => (origins ? origins[at] : at);
        return this.words(spelled).flatMap(({ word, spelled: written, start }) =>
            this.encodeWord(written, word).map(({ id, from, to }) => {
                const first = place(start + from);
                return { id, start: first, end: Math.max(place(start + to), first + 1) };
            }));
    }

    encode(text) {
        const [spelled] = this.spell(normalize(text));
        return this.words(spelled).flatMap(({ word, spelled: written }) =>
            this.encodeWord(written, word).map(({ id }) => id));
    }

    // The text as the vocabulary spells it; and where each of its characters was, if elsewhere.
    spell(text) {
        return [text, null];
    }

    decode(ids) {
        return this.join(ids.filter((id) => !this.isSpecial.has(id)).map((id) => this.vocabulary[id]));
    }

    // Joins words, of which some say that no space stands before them.
    join(tokens) {
        const text = tokens.map((token) => (isGlued(token) ? token.slice(2) : ` ${token}`)).join("");
        return text.replaceAll(" \n", "\n").replaceAll("\n ", "\n").replace(/^ /, "");
    }

    // A token as people read it.
    label(id) {
        const shown = this.isSpecial.has(id) ? this.vocabulary[id] : this.readable(this.vocabulary[id]);
        return visible(shown.replaceAll(" ", "␣").replaceAll("\n", "⏎").replaceAll("\t", "⇥"));
    }

    readable(token) {
        return token;
    }
}

class WholeWords extends WordTokens { // each word, or each character, is a token
    encodeWord(spelled, word) {
        const ways = this.glues ? [spelled, withoutGlue(spelled), GLUE + spelled] : [spelled];
        const known = ways.find((way) => this.ids.has(way));
        return [{ id: known === undefined ? this.special.unknown : this.ids.get(known), from: 0, to: word.length }];
    }

    join(tokens) {
        return this.glues ? super.join(tokens) : tokens.join("");
    }
}

const CAPITALISED = /(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{L}\p{M}\p{N}]*/gu;

class WordPieces extends WordTokens { // the longest piece that a word begins with, and so on
    constructor(data) {
        super(data);
        this.uncased = data.uncased;
        this.capital = data.capital; // the mark behind words that begin with a capital, or null
        this.longestWord = data.longest_word ?? Infinity;
        this.longestToken = Math.max(...data.vocabulary.map((token) => token.length));
    }

    encodeWord(spelled, word) {
        const unknown = [{ id: this.special.unknown, from: 0, to: word.length }];
        const letters = [...spelled];
        if (letters.length > this.longestWord) return unknown;
        const glued = spelled.length - word.length; // the length of "##", or 0
        const found = [];
        for (let start = 0; start < letters.length;) {
            let end = Math.min(letters.length, start + this.longestToken), id;
            for (; end > start; end--) {
                id = this.ids.get((start ? GLUE : "") + letters.slice(start, end).join(""));
                if (id !== undefined) break;
            }
            if (id === undefined) return unknown;
            const length = letters.slice(start, end).join("").length;
            const from = found.at(-1)?.to ?? 0;
            found.push({ id, from, to: Math.max(from, from + length - (start ? 0 : glued)) });
            start = end;
        }
        return found;
    }

    // As BERT does: small letters without accents, plain spaces, nothing invisible.
    spell(text) {
        if (!this.uncased) return [text, null];
        const spelled = [], origins = [];
        const ends = new Set(this.capital ? Array.from(text.matchAll(CAPITALISED), (word) => word.index + word[0].length) : []);
        let place = 0;
        for (const letter of text.replaceAll("İ", "i").toLowerCase()) {
            const cleaned = clean(letter) + (ends.has(place + letter.length) ? this.capital : "");
            spelled.push(cleaned);
            for (let unit = 0; unit < cleaned.length; unit++) origins.push(place);
            place += letter.length;
        }
        return [spelled.join(""), [...origins, place]];
    }
}

function clean(letter) {
    if (/[\t\n\r\p{Zs}]/u.test(letter)) return " ";
    if (/[\ufffd\p{Cc}\p{Cf}]/u.test(letter)) return "";
    return letter.normalize("NFD").replace(/\p{Mn}/gu, "");
}

class BytePairs extends WordTokens { // the bytes of a word, of which neighbours are merged
    constructor(data) {
        super(data);
        const letters = byteLetters();
        this.byteOf = new Map(letters.map((letter, byte) => [letter, byte]));
        this.idOfByte = letters.map((letter) => this.ids.get(letter));
        this.size = data.vocabulary.length;
        this.merges = new Map(); // by both ids: the rank, and the id of what they become
        for (let at = 0; at < data.merges.length; at += 3) {
            const [left, right, merged] = data.merges.slice(at, at + 3);
            this.merges.set(left * this.size + right, { rank: at, merged });
        }
    }

    encodeWord(spelled) {
        const bytes = new TextEncoder().encode(spelled);
        let parts = Array.from(bytes, (byte) => this.idOfByte[byte]);
        for (;;) {
            let best = null;
            for (let at = 0; at + 1 < parts.length; at++) {
                const merge = this.merges.get(parts[at] * this.size + parts[at + 1]);
                if (merge && (!best || merge.rank < best.rank)) best = { ...merge, left: parts[at], right: parts[at + 1] };
            }
            if (!best) break;
            const joined = [];
            for (let at = 0; at < parts.length; at++) {
                const isPair = parts[at] === best.left && parts[at + 1] === best.right;
                joined.push(isPair ? best.merged : parts[at]);
                at += isPair;
            }
            parts = joined;
        }
        const place = placesOfBytes(spelled);
        let read = 0;
        return parts.map((id) => {
            const from = place[read];
            read += this.vocabulary[id].length; // it spells as many bytes as it has letters
            return { id, from, to: place[read - 1] + letterLength(spelled, place[read - 1]) };
        });
    }

    bytes(token) {
        return Uint8Array.from(token, (letter) => this.byteOf.get(letter));
    }

    join(tokens) {
        return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes(tokens.join("")));
    }

    // The text that bytes spell, or each as "<C3>" where they spell none.
    readable(token) {
        try {
            return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(token));
        } catch {
            return Array.from(this.bytes(token), (byte) => `<${byte.toString(16).toUpperCase().padStart(2, "0")}>`).join("");
        }
    }
}

// The letter that stands for each of the 256 bytes: printable ones for themselves.
function byteLetters() {
    const isPrintable = (byte) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    let others = 256;
    return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : others++));
}

// For each byte of a text in UTF-8 the place of its character.
function placesOfBytes(text) {
    const places = [];
    let at = 0;
    for (const letter of text) {
        const size = new TextEncoder().encode(letter).length;
        for (let byte = 0; byte < size; byte++) places.push(at);
        at += letter.length;
    }
    return places;
}

const letterLength = (text, at) => (text.codePointAt(at) > 0xffff ? 2 : 1);

const KINDS = { character: WholeWords, word: WholeWords, wordpiece: WordPieces, "byte-pair": BytePairs };
const makeTokenizer = (data) => new KINDS[data.kind](data);

// A name as it is drawn: not long, and what is invisible or turns text round by its number.
function visible(text, longest = 60) {
    const shown = text.slice(0, 4 * longest).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (letter) =>
        /[\u200c\u200d]/.test(letter) ? letter : `\\u${letter.codePointAt(0).toString(16).padStart(4, "0")}`);
    const letters = [...new Intl.Segmenter().segment(shown)].map(({ segment }) => segment);
    let kept = "";
    while (letters.length && kept.length + letters[0].length <= longest) kept += letters.shift();
    return (letters.length ? `${kept.slice(0, longest - 1).trimEnd()}…` : kept) || "∅";
}
