// What stands still: where everything is, the tokens, vectors and answers, and the lines between.

const SVG = "http://www.w3.org/2000/svg";
const ROOM_ABOVE = 24, TALLEST = 336, LEAST_SHARE = 0.08, MOST_LINES = 420;
const NARROW = 560; // pixels
// Widths and heights in pixels; where a decoder begins and its encoder ends, as shares of the width.
const SIZES = {
    wide: { token: 104, link: 26, strip: 40, out: 46, answer: 170, choice: 32 },
    widePair: {
        token: 88, link: 16, strip: 30, out: 36, answer: 140, choice: 32,
        decoder: 0.16, encoderEnd: 0.44,
    },
    narrow: { token: 62, link: 8, strip: 14, out: 16, answer: 78, choice: 32 },
    narrowPair: {
        token: 60, link: 6, strip: 14, out: 14, answer: 74, choice: 32,
        decoder: 0.08, encoderEnd: 0.56,
    },
};
const bare = (token) => token.replace(/^␣(?=.)/, "");
const limited = (value, low, high) => Math.min(high, Math.max(low, value));

// Where everything stands, in pixels.
function layOut(view) {
    const { lanes, choices } = view.data.flow;
    const isPair = lanes.length === 2;
    const size = SIZES[(view.width < NARROW ? "narrow" : "wide") + (isPair ? "Pair" : "")];
    const rows = lanes.reduce((count, lane) => count + lane.tokens.length, 0);
    const row = limited((TALLEST - ROOM_ABOVE * (lanes.length - 1)) / rows, 22, 32);
    let top = ROOM_ABOVE;
    const places = lanes.map((lane, number) => {
        const isLast = number === lanes.length - 1;
        const layers = lane.self_attention.length;
        const left = isPair && isLast ? size.decoder * view.width : 0;
        const right = isLast ? view.width - size.answer - size.out : size.encoderEnd * view.width;
        const levels = left + size.token + size.link;
        const gap = (right - levels - size.strip * (layers + 1)) / layers;
        const y = top;
        top += row * lane.tokens.length + ROOM_ABOVE;
        return { left, y, x: (level) => levels + level * (size.strip + gap), at: (index) => y + row * (index + 0.5) };
    });
    const [last, lane] = [places.at(-1), lanes.at(-1)];
    const middle = last.y + (row * lane.tokens.length) / 2;
    const first = Math.max(last.y, middle - (size.choice * choices.length) / 2);
    const choiceAt = (index) => (isPair ? last.at(index) : first + size.choice * (index + 0.5));
    const bottom = Math.max(top - ROOM_ABOVE, choiceAt(choices.length - 1) + size.choice / 2);
    return { size, row, places, choiceAt, height: Math.ceil(bottom) + 4 };
}

function titles(view) {
    const { data: { flow, answer }, layout: { size, places } } = view;
    const shown = [];
    const title = (x, y, words, kind = "") => shown.push(element("text", `title ${kind}`, { x, y }, words));
    flow.lanes.forEach((lane, number) => {
        const { left, x, y } = places[number];
        title(left, y - 12, flow.lanes.length === 1 ? "Tokens" : number ? "It writes" : "It reads", "start");
        lane.values.forEach((_, level) => {
            const [block, first] = view.width < NARROW ? ["", ""] : ["Block ", "Embeddings"];
            title(x(level) + size.strip / 2, y - 12, level ? block + level : first);
        });
    });
    title(view.width - size.answer, places.at(-1).y - 12, answer, "start");
    return shown;
}

function makeParts(view) {
    const { data: { flow }, layout: { size, row, places, choiceAt } } = view;
    const parts = [];
    const add = (kind, lane, level, index, box, shapes) => {
        const part = { kind, lane, level, index, id: [kind, lane, level, index].join(), box };
        const ends = { first: level === 0, last: lane === flow.lanes.length - 1 && level === flow.lanes[lane].values.length - 1 };
        const kinds = Object.keys(ends).filter((end) => ends[end] && kind === "strip");
        part.element = element("g", ["part", kind, ...kinds].join(" "), { role: "button", tabindex: -1 });
        part.element.append(...shapes, element("rect", "hit", { x: box.x, y: box.y, width: box.w, height: box.h }));
        part.element.ariaLabel = sentence(view, part);
        parts.push(part);
    };
    flow.lanes.forEach((lane, number) => {
        const { left, x, at } = places[number];
        const most = Math.max(...lane.values.flat(2).map(Math.abs));
        lane.tokens.forEach((token, index) => {
            const box = { x: left, y: at(index) - row / 2 + 1.5, w: size.token, h: row - 3 };
            add("token", number, -1, index, box, [
                element("rect", "chip", { x: box.x, y: box.y, width: box.w, height: box.h }),
                words(left + size.token / 2, at(index), bare(token), size.token - 8)]);
        });
        lane.values.forEach((rows, level) => rows.forEach((values, index) => {
            const box = { x: x(level), y: at(index) - row / 2 + 3, w: size.strip, h: row - 6 };
            add("strip", number, level, index, box, [
                element("rect", "frame", { x: box.x, y: box.y, width: box.w, height: box.h }), ...cells(values, most, box)]);
        }));
    });
    flow.choices.forEach((name, index) => {
        const box = { x: view.width - size.answer, y: choiceAt(index) - 11, w: size.answer, h: 22 };
        const share = flow.probabilities[index], y = choiceAt(index);
        add("choice", flow.lanes.length - 1, flow.lanes.at(-1).values.length, index, box, [
            words(box.x, y - 3, bare(name), size.answer - 38),
            element("text", "share", { x: view.width, y: y - 3 }, percent(share)),
            element("rect", "track", { x: box.x, y: y + 6, width: box.w, height: 4 }),
            element("rect", "length", { x: box.x, y: y + 6, width: Math.max(1, box.w * share), height: 4 })]);
    });
    return parts;
}

function cells(values, most, { x, y, w, h }) {
    const width = w / values.length;
    return values.map((value, column) => element("rect", `cell ${value < 0 ? "less" : "more"}`, {
        x: x + column * width, y: y + 1, width: width - (width > 3 ? 0.6 : 0), height: h - 2,
        "fill-opacity": Math.sqrt(Math.abs(value) / most).toFixed(3),
    }));
}

// The strongest lines, those last. Each knows the tokens it joins, at which level it arrives, and
// its share.
function makeLines(view) {
    const { data: { flow }, layout: { size, places, choiceAt } } = view;
    const last = flow.lanes.length - 1;
    const lines = [];
    const add = (kind, source, target, level, share, from, to, head = 0) =>
        lines.push({ kind, source, target, level, share, head, curve: curve(from, to, kind) });
    flow.lanes.forEach((lane, number) => {
        const { left, x, at } = places[number];
        const levels = lane.values.length;
        const joined = (kind, scores, level, sourceLane, sourceX, sourceY) =>
            scores.forEach((rows, head) => rows.forEach((row, target) => row.forEach((share, source) => {
                if (share < LEAST_SHARE) return;
                const [from, to] = [[sourceX, sourceY(source)], [x(level), at(target)]];
                add(kind, `${sourceLane},${source}`, `${number},${target}`, level, share, from, to, head + 1);
            })));
        lane.tokens.forEach((_, index) => {
            const same = `${number},${index}`;
            add("embed", same, same, 0, 0.5, [left + size.token, at(index)], [x(0), at(index)]);
            for (let level = 1; level < levels; level++) {
                const from = [x(level - 1) + size.strip, at(index)];
                add("residual", same, same, level, 0.15, from, [x(level), at(index)]);
            }
        });
        lane.self_attention.forEach((scores, block) =>
            joined("attention", scores, block + 1, number, x(block) + size.strip, at));
        lane.cross_attention?.forEach((scores, block) => {
            const read = places[number - 1];
            const end = read.x(flow.lanes[number - 1].values.length - 1) + size.strip;
            joined("cross", scores, block + 1, number - 1, end, read.at);
        });
    });
    flow.choices.forEach((_, index) => flow.rows[index].forEach((row) => {
        const levels = flow.lanes[last].values.length;
        const from = [places[last].x(levels - 1) + size.strip, places[last].at(row)];
        const to = [view.width - size.answer - 4, choiceAt(index)];
        add("answer", `${last},${row}`, `choice,${index}`, levels, flow.probabilities[index], from, to);
    }));
    const kept = lines.toSorted((one, other) => one.share - other.share).slice(-MOST_LINES);
    kept.forEach((line) => (line.element = path(line)));
    return kept;
}

function curve([x1, y1], [x2, y2], kind) {
    const reach = kind === "cross" ? limited(Math.abs(x2 - x1) / 2, 30, 90) : (x2 - x1) / 2;
    return [x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2];
}

function path({ kind, curve: [x1, y1, ...rest], share, head }) {
    const drawn = element("path", `line ${kind}`, {
        d: `M ${x1} ${y1} C ${rest}`, "stroke-width": 0.6 + 3 * share, "stroke-opacity": (0.15 + 0.75 * share).toFixed(3),
    });
    if (head) drawn.style.setProperty("--color", `var(--head-${1 + ((head - 1) % 6)})`);
    return drawn;
}

function words(x, y, text, room) {
    const shown = element("text", "", { x, y }, text);
    const most = Math.floor(room / 6.6);
    if (text.length > most) {
        shown.textContent = `${text.slice(0, most - 1)}…`;
        shown.append(element("title", "", {}, text));
    }
    return shown;
}

function element(name, kind, attributes = {}, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    if (kind) made.setAttribute("class", kind);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== "") made.textContent = text;
    return made;
}
