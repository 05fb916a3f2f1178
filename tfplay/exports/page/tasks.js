// What a model does with what somebody types: which tokens it reads, and what its answer means.

const MOST_WRITTEN = 128; // tokens
const MOST_ANSWERED = 30; // tokens of an answer of several words
const CHARACTERS_A_TOKEN = 64; // more than tokens have in any language
const BLANK = "\ua95f"; // stands for a mask, so that no token spans it and its neighbours
const MASK = "[MASK]";
const SENTENCE_ENDS = [".", "!", "?", "…", "।"];
const GAPS = /[\p{White_Space}\x1c-\x1f]+/u;

class Told extends Error {} // what went wrong, in words for people

const probabilities = (logits) => softmax(Float64Array.from(logits));

// The places of the largest numbers, the largest first.
function likeliest(numbers, count) {
    const best = [];
    for (let place = 0; place < numbers.length; place++) {
        if (best.length === count && numbers[place] <= numbers[best[count - 1]]) continue;
        const rank = best.findIndex((other) => numbers[other] < numbers[place]);
        best.splice(rank < 0 ? best.length : rank, 0, place);
        best.length = Math.min(best.length, count);
    }
    return best;
}

// The likeliest token, or one that is drawn: the lower the temperature, the more often a likely one.
function choose(logits, temperature) {
    if (!temperature) return logits.reduce((best, value, id) => (value > logits[best] ? id : best), 0);
    const shares = probabilities(logits.map((value) => value / temperature));
    let left = Math.random();
    return Math.max(0, shares.findIndex((share) => (left -= share) < 0));
}

class Engine {
    constructor({ model: description, tokenizer, task, labels, context }, weightBytes) {
        this.model = new Transformer({ ...description, weights: namedWeights(description.shapes, weightBytes) });
        this.tokenizer = tokenizer && makeTokenizer(tokenizer);
        this.special = tokenizer?.special ?? {};
        Object.assign(this, { c: description.config, task, labels, context });
    }

    // The logits of all rows: of a picture's pixels, of ids, or of ids and what the encoder reads.
    async logits(input, { source, segments, trace } = {}) {
        const { model, c } = this;
        if (c.architecture === "encoder-only") {
            const rows = c.image_size ? model.embedPicture(input) : model.embed(input, { segments });
            return model.answer(await model.run("encoder", rows, { trace }));
        }
        const memory = source && await this.encode(source, trace);
        const rows = await model.run("decoder", this.embedTarget(input, 0), { memory, trace });
        return c.head === "none" ? model.nextToken(rows) : model.answer(rows);
    }

    async encode(source, trace) {
        const rows = await this.model.run("encoder", this.model.embed(source), { trace });
        return this.model.norm("encoder_norm", rows);
    }

    embedTarget(ids, start) {
        const side = this.c.architecture === "encoder-decoder" ? "decoder_" : "";
        return this.model.embed(ids, { start, side });
    }

    // Token after token, each with the logits it was chosen from, until one that ends the text.
    async *generate(prompt, { source, most = MOST_WRITTEN, temperature = 0, stop = this.special.end, trace } = {}) {
        const memory = source && await this.encode(source, trace);
        const cache = this.model.emptyCache();
        const end = Math.min(this.context, prompt.length + most);
        let fed = prompt;
        for (let length = prompt.length, start = 0; length < end; length++) {
            const rows = await this.model.run("decoder", this.embedTarget(fed, start), { cache, memory, trace });
            const [logits] = this.model.nextToken(rows.slice(-1));
            const id = choose(logits, temperature);
            yield { id, logits };
            if (id === stop) return;
            start += fed.length;
            fed = [id];
            await breath();
        }
    }

    tokens(text) {
        const longest = CHARACTERS_A_TOKEN * this.context;
        if (text.length > longest) throw new Told(`This has ${text.length.toLocaleString("en")} characters; the most is ${longest.toLocaleString("en")}.`);
        return this.tokenizer.encode(text);
    }

    framed(ids) {
        const around = (id) => (id === undefined ? [] : [id]);
        return [...around(this.special.start), ...ids, ...around(this.special.end)];
    }

    requireRoom(ids, room = 0) {
        if (ids.length + room <= this.context) return;
        throw new Told(`This has ${ids.length} tokens; the model reads ${this.context - room} at once.`);
    }

    // ---- What is read, and what it is answered ----

    // What goes into a translator: its encoder's ids, and those that its decoder begins with.
    translation(text) {
        const ids = this.tokens(text.split(GAPS).filter(Boolean).join(" "));
        if (!ids.length) throw new Told("Type something to translate.");
        if (this.c.architecture === "decoder-only") {
            this.requireRoom(ids, 2);
            return { source: null, prompt: [...ids, this.special.start] };
        }
        this.requireRoom(ids, 1);
        return { source: [...ids, this.special.end], prompt: [this.special.start] };
    }

    // What a chat model reads of messages with a role and a text. Those that leave no room for the
    // reply fall out, the oldest first and several at once, as `tfplay.chat.prompt` does it.
    conversation(messages) {
        const turns = messages.map(({ role, text }) => [this.special[role], ...this.tokens(text), this.special.end]);
        const room = Math.min(MOST_WRITTEN, Math.floor(this.context / 8));
        const prompt = () => [...turns.slice(forgotten).flat(), this.special.assistant];
        let forgotten = 0;
        while (forgotten < turns.length - 1 && prompt().length > this.context - room) forgotten++;
        const atOnce = 2 ** Math.floor(Math.log2(Math.max(1, (turns.length - forgotten) / 2)));
        forgotten = Math.ceil(forgotten / atOnce) * atOnce;
        this.requireRoom(prompt(), room);
        return { source: null, prompt: prompt(), forgotten };
    }

    beginning(text) {
        const prompt = this.tokens(text);
        if (!prompt.length) throw new Told("Type how the text begins.");
        this.requireRoom(prompt, 1);
        return { source: null, prompt };
    }

    // The probability of each class, of a text or a picture.
    async classify(input, trace) {
        const ids = this.c.image_size ? null : this.framed(this.tokens(input).slice(0, this.context - 2));
        const [logits] = await this.logits(ids ?? input, { trace });
        return { ids, probabilities: probabilities(logits) };
    }

    // For each mask of a text the likeliest tokens, and their probabilities.
    async fill(text, trace, count = 8) {
        const { ids, masked } = this.blanked(text);
        if (!masked.length) throw new Told(`Put ${MASK} where a word is missing.`);
        this.requireRoom(ids);
        const logits = await this.logits(ids, { trace });
        const fillings = masked.map((place) => {
            const shares = probabilities(logits[place]);
            return likeliest(shares, count).map((id) => ({ id, probability: shares[id] }));
        });
        return { ids, masked, fillings };
    }

    // The ids of a text in which each blank is one mask; also the space before it, where the
    // vocabulary has spaces in its words.
    blanked(typed) {
        const text = normalize(typed).replaceAll(MASK, BLANK);
        const spaced = this.tokenizer.spaceInWord;
        const places = [...text.matchAll(new RegExp(BLANK, "g"))].map(({ index }) => [
            spaced && text[index - 1] === " " ? index - 1 : index, index + 1]);
        const [inner, masked] = [[], []];
        const offset = this.special.start === undefined ? 0 : 1;
        let last = null;
        for (const { id, start, end } of this.tokenizer.pieces(text)) {
            const place = places.find(([first, stop]) => stop > start && end > first) ?? null;
            if (!place) inner.push(id);
            else if (place !== last) masked.push(offset + inner.push(this.special.mask) - 1);
            last = place;
        }
        return { ids: this.framed(inner), masked };
    }

    // The words of a text, each with its place and the probabilities of its tags.
    async tag(typed, trace) {
        const text = normalize(typed);
        const found = [];
        let ids = []; // of the sentence that is looked into: the last
        for (const words of sentencesOf(text)) {
            const pieces = words.map(([start, end], index) => {
                const spelled = this.tokens((index ? " " : "") + text.slice(start, end));
                return (spelled.length ? spelled : [this.special.unknown]).slice(0, this.context - 2);
            });
            for (const [from, to] of runsThatFit(pieces, this.context - 2)) {
                ids = this.framed(pieces.slice(from, to).flat());
                const logits = await this.logits(ids, { trace });
                let place = this.special.start === undefined ? 0 : 1;
                for (let word = from; word < to; word++) {
                    found.push({ place: words[word], probabilities: probabilities(logits[place]) });
                    place += pieces[word].length;
                }
            }
        }
        return { text, ids, words: found };
    }

    // The part of a passage that answers a question best, and how probable it is.
    async answer(question, passage, trace) {
        const text = normalize(passage);
        const { start, end } = this.special;
        const asked = this.tokens(question).slice(0, Math.floor((this.context - 3) / 2));
        const pieces = this.tokenizer.pieces(text);
        const words = wordsOfPieces(text, pieces);
        if (!asked.length || !words.length) throw new Told("Type a question and a passage.");
        const known = new Set(asked);
        const margins = pieces.map(() => -1);
        const logits = [[], []];
        let ids;
        for (const [from, to] of windowsOf(pieces.length, Math.max(1, this.context - 3 - asked.length))) {
            const shown = [...pieces.slice(from, to).map(({ id }) => id), end];
            ids = [start, ...asked, end, ...shown];
            const segments = [...Array(asked.length + 2).fill(0), ...shown.map((id) => (known.has(id) ? 2 : 1))];
            const rows = await this.logits(ids, { segments, trace });
            for (let token = from; token < to; token++) {
                const margin = Math.min(token - from, to - 1 - token);
                if (margin <= margins[token]) continue; // seen with more around it
                margins[token] = margin;
                for (const side of [0, 1]) logits[side][token] = rows[asked.length + 2 + token - from][side];
            }
        }
        const best = bestWords(words, ...logits.map(probabilities));
        const place = [words[best.first].place[0], words[best.last].place[1]];
        return { text, ids, place, answer: text.slice(...place), probability: best.probability };
    }
}

// Windows over so many tokens, each half over the one before.
function windowsOf(count, room) {
    const last = Math.max(0, count - room);
    const starts = [];
    for (let start = 0; start < last; start += Math.max(1, Math.floor(room / 2))) starts.push(start);
    return [...starts, last].map((start) => [start, Math.min(start + room, count)]);
}

// Words with their tokens, from the first to one past the last; words that share one are one.
function wordsOfPieces(text, pieces) {
    const places = wordPlaces(text);
    const words = [];
    let next = 0;
    pieces.forEach(({ start, end }, index) => {
        while (next < places.length && places[next][1] <= start) next++;
        if (next === places.length || places[next][0] >= end) return; // it stands for space alone
        let last = next;
        while (last + 1 < places.length && places[last + 1][0] < end) last++;
        const [first, stop] = [places[next][0], places[last][1]];
        const before = words.at(-1);
        if (before && before.place[1] > first) { // the word goes on
            before.place[1] = Math.max(stop, before.place[1]);
            before.tokens[1] = index + 1;
        } else {
            words.push({ place: [first, stop], tokens: [index, index + 1] });
        }
    });
    return words;
}

// The likeliest run of words: it starts with any token of the first and ends with any of the last.
function bestWords(words, starts, ends) {
    const total = (shares, [from, to]) => shares.slice(from, to).reduce((one, other) => one + other, 0);
    const begins = words.map(({ tokens }) => total(starts, tokens));
    const stops = words.map(({ tokens }) => total(ends, tokens));
    let best = { first: 0, last: 0, probability: -1 };
    for (let more = 0; more < Math.min(MOST_ANSWERED, words.length); more++) {
        for (let first = 0; first + more < words.length; first++) {
            const last = first + more;
            if (more && words[last].tokens[1] - words[first].tokens[0] > MOST_ANSWERED) continue;
            const probability = begins[first] * stops[last];
            if (probability > best.probability) best = { first, last, probability };
        }
    }
    return best;
}

// The words of each sentence: it ends with its mark if space follows, or with its line.
function sentencesOf(text) {
    const sentences = [];
    let lastEnd = 0;
    for (const [start, end] of wordPlaces(text)) {
        const gap = text.slice(lastEnd, start);
        const before = sentences.at(-1)?.at(-1);
        const isOver = before && (gap.includes("\n") || (gap && SENTENCE_ENDS.includes(text.slice(...before))));
        if (!before || isOver) sentences.push([]);
        sentences.at(-1).push([start, end]);
        lastEnd = end;
    }
    return sentences;
}

// Runs of words, from the first to one past the last, of at most `room` tokens.
function runsThatFit(words, room) {
    const runs = [];
    let from = 0, length = 0;
    words.forEach((word, index) => {
        if (length + word.length > room) {
            runs.push([from, index]);
            [from, length] = [index, 0];
        }
        length += word.length;
    });
    return [...runs, [from, words.length]];
}
