// Hears messages of people in distress, whom no model answers, as `tfplay.chat.distress` does.

const LETTERS_FOR_DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s" };
const SENTENCE_END = /[.!?;:।\n…]+/;
const SPELLED_OUT = /(?<![a-z0-9])(?:[a-z0-9][ .\-_*]+){2,}[a-z0-9](?![a-z0-9])/g;
const [LONGEST_HEARD, LONGEST_PIECE] = [50_000, 12]; // characters

const simple = (word) => word.replace(/([\p{L}_])\1+/gu, "$1"); // a letter that is repeated counts once

class Distress {
    constructor({ slots, phrases, harmless, answers, spellings, common, near, runs, telling }) {
        const pattern = (places) => new RegExp(`(?<=^| )${places.map((place) => slots[place]).join("")}`, "g");
        Object.assign(this, { answers, near, spellings: new Map(Object.entries(spellings)) });
        this.phrases = Object.entries(phrases).map(([language, each]) => [language, each.map(pattern)]);
        this.harmless = harmless.map(pattern);
        [this.common, this.runs, this.telling] = [common, runs, telling].map((words) => new Set(words));
        const several = Object.keys(spellings).filter((words) => words.includes(" "));
        this.severalWords = new RegExp(`(?<= )(?:${several.join("|")})(?= )`, "g");
    }

    // What is answered to a message; `null` if it does not sound like distress.
    answer(text) {
        const rest = this.sentences(text.slice(0, LONGEST_HEARD)).map((sentence) => this.withoutHarmless(sentence));
        const found = this.phrases.find(([, patterns]) =>
            patterns.some((pattern) => rest.some((sentence) => sentence.search(pattern) >= 0)));
        return found ? this.answers[found[0]] : null;
    }

    withoutHarmless(sentence) {
        const letters = sentence.split("");
        for (const pattern of this.harmless) {
            for (const { 0: found, index } of sentence.matchAll(pattern)) {
                for (let place = index; place < index + found.length; place++) {
                    if (letters[place] !== " ") letters[place] = "–";
                }
            }
        }
        return letters.join("");
    }

    // The sentences: simple words, misspelt ones put right, a space after each.
    sentences(text) {
        return undisguised(text).split(SENTENCE_END)
            .map((part) => this.wordsOf(part).map((word) => this.right(word)))
            .filter((words) => words.length)
            .map((words) => ` ${words.join(" ")} `.replace(this.severalWords, (found) => this.spellings.get(found)).slice(1));
    }

    wordsOf(part) {
        return (part.match(/[\p{L}\p{N}_\u0900-\u0963@$]+/gu) ?? []).flatMap((word) => {
            const spelled = /^\p{N}+$/u.test(word) ? word : word.replace(/[013457@$]/g, (sign) => LETTERS_FOR_DIGITS[sign]);
            return this.cutApart(spelled.replace(/([\p{L}_])\1{2,}/gu, "$1"));
        });
    }

    // The word as the lists spell it, if it is a misspelling of one of theirs.
    right(word) {
        const plain = this.spellings.get(simple(word)) ?? simple(word);
        if (this.common.has(plain) || plain.length < 5 || plain.length > 20) return plain;
        const alike = oneLetterLess(plain).map((each) => this.near[each]).filter((each) => each?.[0] === plain[0]).sort();
        const distance = (each) => Math.abs(each.length - plain.length);
        return alike.reduce((best, each) => (distance(each) < distance(best) ? each : best), alike[0] ?? plain);
    }

    // The words in one that holds several, as in "iwanttodie".
    cutApart(word) {
        if (word.length < 7 || word.length > 60 || this.common.has(simple(word))) return [word];
        const ways = [[]];
        for (let end = 1; end <= word.length; end++) {
            for (let start = Math.max(0, end - LONGEST_PIECE); start < end && !ways[end]; start++) {
                const piece = word.slice(start, end);
                if (ways[start] && this.runs.has(simple(piece))) ways[end] = [...ways[start], piece];
            }
        }
        const pieces = ways[word.length] ?? [];
        return pieces.some((piece) => this.telling.has(simple(piece))) ? pieces : [word];
    }
}

// The text in small letters, without what hides words: accents, invisible signs, k.i.l.l.
function undisguised(text) {
    return text.replace(/(\p{M}{4})\p{M}+/gu, "$1").normalize("NFKC").toLowerCase().replaceAll("ß", "ss").normalize("NFKD")
        .replace(/[\p{Cf}\u0300-\u036f\u093c]/gu, "").replaceAll("\u0901", "\u0902")
        .replace(/['’‘`ʼ*]/g, "").replace(/[,-]/g, " ")
        .replace(/(?<=[a-z])!(?=[a-z])/g, "i").replace(/(?<=[a-z])2(?=[a-z])|(?<= )2(?= )/g, " to ")
        .replace(SPELLED_OUT, (found) => found.replace(/[ .\-_*]/g, ""));
}

const oneLetterLess = (word) => [word, ...Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1))];
