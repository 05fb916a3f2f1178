// Attention scores as the explorer of heads draws them, gathered while a model computes.

const MOST_SCORES = 4_000_000;
const LARGEST_PICTURE = 64; // pixels of a thumbnail's side

// Notes the scores of each row of each attention: a model is given its `trace`.
class Attention {
    constructor() {
        this.rows = {};
        this.trace = (name, position, scores) => {
            (this.rows[name] ??= [])[position] = scores;
        };
    }

    // The scores of one kind of attention in all layers, as the explorer takes them; `null` if
    // they are too many to draw.
    kind(title, stack, sublayer, { num_layers: layers, num_heads: heads }, rows, columns) {
        const size = rows.length * columns.length;
        if (layers * heads * size > MOST_SCORES) return null;
        const numbers = new Float32Array(layers * heads * size);
        for (let layer = 0; layer < layers; layer++) {
            rows.forEach((_, row) => {
                const scores = this.rows[`${stack}_block_${layer}/${sublayer}`][row];
                const known = scores.length / heads; // as many keys as there were then
                for (let head = 0; head < heads; head++) {
                    const from = scores.subarray(head * known, (head + 1) * known);
                    numbers.set(from, (layer * heads + head) * size + row * columns.length);
                }
            });
        }
        const shape = { layers, heads, height: rows.length, width: columns.length };
        const names = Array.from({ length: layers }, (_, layer) => `${stack} block ${layer + 1}`);
        const factor = names.map(() => Array(heads).fill(1));
        return { title, rows, columns, numbers, factor, layers: names, ...pictures(numbers, shape) };
    }
}

// How deep the colours of each head and of their mean go, and a small picture of each head.
function pictures(numbers, { layers, heads, height, width }) {
    const size = height * width;
    const [stepDown, stepRight] = [height, width].map((side) => Math.ceil(side / LARGEST_PICTURE));
    const small = { height: Math.ceil(height / stepDown), width: Math.ceil(width / stepRight) };
    const pixels = new Uint8Array(layers * heads * small.height * small.width);
    const [deepest, notes] = [[], []];
    for (let layer = 0; layer < layers; layer++) {
        const mean = new Float32Array(size);
        deepest.push([]);
        notes.push([]);
        for (let head = 0; head < heads; head++) {
            const number = layer * heads + head;
            const scores = numbers.subarray(number * size, (number + 1) * size);
            scores.forEach((score, index) => (mean[index] += score / heads));
            const depth = deepestScore(scores, width);
            const picture = pixels.subarray(number * small.height * small.width, (number + 1) * small.height * small.width);
            scores.forEach((score, index) => {
                const [row, column] = [Math.floor(index / width / stepDown), Math.floor((index % width) / stepRight)];
                const shade = Math.round(255 * Math.min(1, score / Math.max(depth, 1e-12)));
                const pixel = row * small.width + column;
                picture[pixel] = Math.max(picture[pixel], shade);
            });
            deepest.at(-1).push(depth);
            notes.at(-1).push(`at most ${Math.round(100 * largestOf(scores))}%`);
        }
        deepest.at(-1).push(deepestScore(mean, width));
    }
    return { deepest, thumbnails: { layers, heads, ...small, pixels: base64(pixels), notes } };
}

const largestOf = (numbers) => numbers.reduce((most, number) => Math.max(most, number), 0);

// The score from which colours grow no deeper: the largest, or if one token gets more than half of
// all attention, the largest of the others (a tenth of the largest, if that is more).
function deepestScore(scores, width) {
    const [totals, most] = [new Float64Array(width), new Float64Array(width)];
    scores.forEach((score, index) => {
        totals[index % width] += score;
        most[index % width] = Math.max(most[index % width], score);
    });
    const largest = largestOf(most);
    const favourite = totals.indexOf(largestOf(totals));
    if (totals[favourite] <= 0.5 * totals.reduce((one, other) => one + other, 0)) return largest;
    most[favourite] = 0;
    return Math.max(largestOf(most), largest / 10);
}

function base64(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
}
