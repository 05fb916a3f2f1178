// The forward pass of a transformer, in plain loops: encoder-only, decoder-only, encoder-decoder.
//
// A sequence is a list of rows, a Float32Array for each token. `weights` has every matrix under its
// name in TFPlay; of a dense layer its kernel is turned, so that each output has its numbers
// in a row. What is told by the configuration `c` is what `tfplay.config.ModelConfig` has.

const SQRT_HALF = Math.SQRT1_2;
const SLICE = 16; // tokens that are read before the page may draw
const WAIT = 30; // milliseconds that are computed at once, if a slice does not take longer

// Lets the page draw and listen, if it has not for a while.
let lastBreath = 0;
async function breath() {
    if (performance.now() - lastBreath < WAIT) return;
    await new Promise((resolve) => setTimeout(resolve));
    lastBreath = performance.now();
}

// The numbers of all weights from their 16 bits each (IEEE 754, binary16).
function fromFloat16(halves) {
    const values = new Float32Array(65536);
    for (let half = 0; half < 65536; half++) {
        const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
        const size = exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024);
        values[half] = half & 0x8000 ? -size : size;
    }
    const numbers = new Float32Array(halves.length);
    for (let index = 0; index < halves.length; index++) numbers[index] = values[halves[index]];
    return numbers;
}

// Every weight by its name, from one array after another.
function namedWeights(shapes, bytes) {
    const numbers = fromFloat16(new Uint16Array(bytes.buffer));
    const weights = {};
    let start = 0;
    for (const [name, shape] of Object.entries(shapes)) {
        const size = shape.reduce((product, side) => product * side, 1);
        weights[name] = numbers.subarray(start, start + size);
        start += size;
    }
    return weights;
}

// The product of two rows of `length` that begin somewhere in two arrays.
function dot(x, numbers, start, length) {
    let total = 0;
    for (let at = 0; at < length; at++) total += x[at] * numbers[start + at];
    return total;
}

// x W + b for each row x. Four outputs are summed at once, which is twice as fast as one by one.
function linear(rows, matrix, bias) {
    const inputs = rows[0].length;
    const outputs = matrix.length / inputs;
    const answers = rows.map(() => (bias ? bias.slice() : new Float32Array(outputs)));
    const inFours = outputs - (outputs % 4);
    for (let output = 0; output < inFours; output += 4) {
        const first = output * inputs, second = first + inputs, third = second + inputs, fourth = third + inputs;
        for (let row = 0; row < rows.length; row++) {
            const x = rows[row], answer = answers[row];
            let a = 0, b = 0, c = 0, d = 0;
            for (let at = 0; at < inputs; at++) {
                const value = x[at];
                a += value * matrix[first + at];
                b += value * matrix[second + at];
                c += value * matrix[third + at];
                d += value * matrix[fourth + at];
            }
            answer[output] += a;
            answer[output + 1] += b;
            answer[output + 2] += c;
            answer[output + 3] += d;
        }
    }
    for (let output = inFours; output < outputs; output++) {
        rows.forEach((x, row) => (answers[row][output] += dot(x, matrix, output * inputs, inputs)));
    }
    return answers;
}

const sum = (one, other) => one.map((value, index) => value + other[index]);
const scaled = (row, factor) => row.map((value) => value * factor);

// Probabilities of logits, in their place.
function softmax(logits) {
    const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
    let total = 0;
    for (let index = 0; index < logits.length; index++) total += logits[index] = Math.exp(logits[index] - largest);
    for (let index = 0; index < logits.length; index++) logits[index] /= total;
    return logits;
}

// (x - mean) / sqrt(variance + epsilon) gamma + beta; or without the mean, as RMS norm has it.
function normalized(row, { gamma, beta, scale }, epsilon) {
    const size = row.length;
    let mean = 0, square = 0;
    if (gamma) {
        for (let index = 0; index < size; index++) mean += row[index];
        mean /= size;
    }
    for (let index = 0; index < size; index++) square += (row[index] - mean) ** 2;
    const factor = 1 / Math.sqrt(square / size + epsilon);
    const weight = gamma ?? scale;
    return row.map((value, index) => (value - mean) * factor * weight[index] + (beta ? beta[index] : 0));
}

// Abramowitz and Stegun, 7.1.26: no more than 1.5e-7 off.
function erf(x) {
    const t = 1 / (1 + 0.3275911 * Math.abs(x));
    const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
    return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

const gelu = (x) => 0.5 * x * (1 + erf(x * SQRT_HALF));
const geluTanh = (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const silu = (x) => x / (1 + Math.exp(-x));
const ACTIVATIONS = {
    relu: (x) => Math.max(x, 0), gelu, gelu_tanh: geluTanh, silu, swiglu: silu, geglu_tanh: geluTanh, tanh: Math.tanh,
};

// Rows through a function, some at a time.
async function inSlices(rows, apply) {
    const answers = [];
    for (let at = 0; at < rows.length; at += SLICE) {
        answers.push(...apply(rows.slice(at, at + SLICE), at));
        await breath();
    }
    return answers;
}

// Sines and cosines of a position, from fast to slow ones.
function sinusoid(position, { hidden_dim: width, sinusoidal_layout: layout }) {
    const row = new Float32Array(width);
    const pairs = Math.ceil(width / 2);
    for (let pair = 0; pair < pairs; pair++) {
        const angle = Math.fround(position * Math.fround(10000 ** ((-2 * pair) / width)));
        const [one, other] = layout === "interleaved" ? [2 * pair, 2 * pair + 1] : [pair, pairs + pair];
        row[one] = Math.sin(angle);
        row[other] = Math.cos(angle); // of an odd width the last has no place
    }
    return row;
}

// One row for a whole sequence.
function pool(rows, way) {
    if (way === "first") return rows[0];
    if (way === "last") return rows.at(-1);
    if (way === "max") return rows.reduce((most, row) => most.map((value, index) => Math.max(value, row[index])));
    return scaled(rows.reduce(sum), 1 / rows.length);
}

class Transformer {
    // `rotary`: by what the angle of each pair of values grows with the position, if it turns them.
    constructor({ config, rotary, weights }) {
        this.c = config;
        this.rotary = rotary;
        this.weights = weights;
    }

    // ---- Embeddings ----

    // The rows that enter the first block; `side` is "" or "decoder_", where those are others.
    embed(ids, { start = 0, segments, side = "" } = {}) {
        const { c, weights } = this;
        const width = c.hidden_dim;
        const rowOf = (name, index) => weights[name].subarray(index * width, (index + 1) * width);
        const tokens = `${c.share_embeddings ? "" : side}embeddings/token_embedding/embeddings`;
        return ids.map((id, index) => {
            let row = scaled(rowOf(tokens, id), c.scale_embeddings ? Math.sqrt(width) : 1);
            if (c.num_segments) row = sum(row, rowOf("embeddings/segment_embedding/embeddings", segments?.[index] ?? 0));
            return this.positioned(row, start + index, side);
        });
    }

    // The square patches of a picture, row by row after one vector for the whole.
    embedPicture(pixels) {
        const { c, weights } = this;
        const [size, side] = [c.patch_size, c.image_size];
        const patches = [];
        for (let top = 0; top < side; top += size) {
            for (let left = 0; left < side; left += size) {
                const patch = [];
                for (let y = top; y < top + size; y++) {
                    for (let x = left; x < left + size; x++) patch.push(...Array(c.image_channels).fill(pixels[y * side + x]));
                }
                patches.push(Float32Array.from(patch));
            }
        }
        const rows = this.dense("embeddings/patch_embedding/projection", patches);
        return [weights["embeddings/patch_embedding/class_token"], ...rows].map((row, index) => this.positioned(row, index, ""));
    }

    positioned(row, position, side) {
        const { c, weights } = this;
        const own = `${c.share_positions && c.share_embeddings ? "" : side}embeddings`;
        if (c.position === "learned") {
            const table = weights[`${own}/position/position_embeddings`];
            row = sum(row, table.subarray(position * c.hidden_dim, (position + 1) * c.hidden_dim));
        }
        if (c.position === "sinusoidal") row = sum(row, sinusoid(position, c));
        return this.norm(`${own}/norm`, [row])[0];
    }

    // ---- Blocks ----

    // All rows through all blocks of the "encoder" or the "decoder".
    // `cache`: keys and values of the rows before, by block, to which these are added.
    // `memory`: what the encoder found. `trace`: is told the scores of each row that attends, by the
    // attention's name and the row's position: (heads, keys).
    async run(stack, rows, { cache = this.emptyCache(), memory = null, trace = null } = {}) {
        const isCausal = stack === "decoder";
        for (let block = 0; block < this.c.num_layers; block++) {
            const name = `${stack}_block_${block}`;
            const kept = cache[block];
            const turns = this.turns(block);
            const start = kept.keys.length;
            rows = await inSlices(rows, (slice) => {
                this.keep(`${name}/self_attention`, this.prepared(`${name}/self_attention_residual`, slice), kept, turns);
                return slice;
            });
            rows = await inSlices(rows, (slice, at) => this.around(`${name}/self_attention_residual`, slice, (x) =>
                this.attend(`${name}/self_attention`, x, kept, { start: start + at, isCausal, turns, trace })));
            if (memory) {
                kept.memory ??= this.keep(`${name}/cross_attention`, memory, { keys: [], values: [] }, false);
                rows = await inSlices(rows, (slice, at) => this.around(`${name}/cross_attention_residual`, slice, (x) =>
                    this.attend(`${name}/cross_attention`, x, kept.memory, { start: start + at, trace })));
            }
            if (this.c.use_feed_forward) {
                rows = await inSlices(rows, (slice) => this.around(`${name}/feed_forward_residual`, slice, (x) =>
                    this.feedForward(`${name}/feed_forward`, x)));
            }
        }
        return rows;
    }

    emptyCache() {
        return Array.from({ length: this.c.num_layers }, () => ({ keys: [], values: [] }));
    }

    // Whether a block turns its queries and keys by their positions.
    turns(block) {
        const every = this.c.unrotated_every;
        return Boolean(this.rotary) && !(every && (block + 1) % every === 0);
    }

    // norm(x + sublayer(x)), or x + sublayer(norm(x)) if the norm comes first.
    around(name, rows, sublayer) {
        const answers = sublayer(this.prepared(name, rows));
        const added = this.c.use_residual ? rows.map((row, index) => sum(row, answers[index])) : answers;
        return this.c.normalize_first ? added : this.norm(`${name}/norm`, added);
    }

    prepared(name, rows) {
        return this.c.normalize_first ? this.norm(`${name}/norm`, rows) : rows;
    }

    // Adds keys and values of rows to those that are kept.
    keep(name, rows, kept, turns) {
        const { head_dim: width } = this.c;
        const keys = this.headNorm(`${name}/key_norm`, this.dense(`${name}/key`, rows));
        keys.forEach((key, index) => turns && this.turn(key, kept.keys.length + index, width));
        kept.keys.push(...keys);
        kept.values.push(...this.dense(`${name}/value`, rows));
        return kept;
    }

    // softmax(Q K^T / sqrt(d)) V in each head, and the heads joined.
    attend(name, rows, { keys, values }, { start = 0, isCausal = false, turns = false, trace = null }) {
        const { num_heads: heads, num_kv_heads: groups, head_dim: width, attention_window: window } = this.c;
        const scale = this.c.scale_attention ? 1 / Math.sqrt(width) : 1;
        const queries = this.headNorm(`${name}/query_norm`, this.dense(`${name}/query`, rows));
        const joined = queries.map((query, row) => {
            const position = start + row;
            if (turns) this.turn(query, position, width);
            const end = isCausal ? position + 1 : keys.length;
            const first = isCausal && window ? Math.max(0, end - window) : 0;
            const output = new Float32Array(heads * width);
            const scores = new Float32Array(keys.length * heads);
            for (let head = 0; head < heads; head++) {
                const own = query.subarray(head * width, (head + 1) * width);
                const from = Math.floor((head * groups) / heads) * width; // several heads share a key
                const row = scores.subarray(head * keys.length, (head + 1) * keys.length);
                for (let key = first; key < end; key++) row[key] = scale * dot(own, keys[key], from, width);
                softmax(row.subarray(first, end));
                for (let key = first; key < end; key++) {
                    const value = values[key];
                    for (let at = 0; at < width; at++) output[head * width + at] += row[key] * value[from + at];
                }
            }
            trace?.(name, position, scores);
            return output;
        });
        return this.dense(`${name}/output`, joined);
    }

    // Turns pairs of values, of each head, by angles that grow with the position.
    turn(row, position, width) {
        const half = width / 2;
        for (let head = 0; head < row.length; head += width) {
            for (let pair = 0; pair < half; pair++) {
                const angle = Math.fround(position * this.rotary[pair]);
                const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
                const [one, other] = [row[head + pair], row[head + half + pair]];
                row[head + pair] = one * cosine - other * sine;
                row[head + half + pair] = other * cosine + one * sine;
            }
        }
    }

    feedForward(name, rows) {
        const activate = ACTIVATIONS[this.c.activation];
        const up = this.dense(`${name}/up`, rows);
        if (!this.weights[`${name}/gate/kernel`]) return this.dense(`${name}/down`, up.map((row) => row.map(activate)));
        const gates = this.dense(`${name}/gate`, rows);
        return this.dense(`${name}/down`, up.map((row, index) => row.map((value, at) => value * activate(gates[index][at]))));
    }

    // ---- Parts of parts ----

    dense(name, rows) {
        return linear(rows, this.weights[`${name}/kernel`], this.weights[`${name}/bias`]);
    }

    // Each row normalised, if the model has a norm of this name.
    norm(name, rows) {
        const [gamma, beta, scale] = ["gamma", "beta", "scale"].map((part) => this.weights[`${name}/${part}`]);
        if (!gamma && !scale) return rows;
        return rows.map((row) => normalized(row, { gamma, beta, scale }, this.c.norm_epsilon));
    }

    // Each head of each row normalised, if the model does that.
    headNorm(name, rows) {
        const scale = this.weights[`${name}/scale`];
        const width = this.c.head_dim;
        for (const row of scale ? rows : []) {
            for (let head = 0; head < row.length; head += width) {
                row.set(normalized(row.subarray(head, head + width), { scale }, this.c.norm_epsilon), head);
            }
        }
        return rows;
    }

    // ---- Heads ----

    // The logits of the next token after each row of the last block.
    nextToken(rows) {
        const { c, weights } = this;
        let normed = this.norm(c.architecture === "encoder-decoder" ? "decoder_norm" : "final_norm", rows);
        if (weights["token_prediction/dense/kernel"]) return this.dense("token_prediction/dense", normed);
        if (c.scale_logits) normed = normed.map((row) => scaled(row, 1 / Math.sqrt(c.hidden_dim)));
        const own = c.share_embeddings ? "" : "decoder_";
        return linear(normed, weights[`${own}embeddings/token_embedding/embeddings`], weights["output_bias/bias"]);
    }

    // What the head says of the last block's rows: a row of logits for the whole, or one for each.
    answer(rows) {
        const { c, weights } = this;
        const normed = this.norm("final_norm", rows);
        if (c.head === "classification") {
            const pooled = [pool(normed, c.pooling ?? (c.architecture === "decoder-only" ? "last" : "first"))];
            const read = c.use_pooler ? this.activated("classification/pooled", pooled, c.head_layer_activation) : pooled;
            return this.dense("classification/output", read);
        }
        if (c.head === "span") return this.dense("span/dense", normed);
        if (c.head === "masked_lm") {
            if (!weights["masked_lm/norm/gamma"]) return this.dense("masked_lm/dense", normed);
            const read = this.norm("masked_lm/norm", this.activated("masked_lm/dense", normed, "gelu"));
            return linear(read, weights["embeddings/token_embedding/embeddings"], weights["masked_lm/bias"]);
        }
        if (!c.head_layer_dim) return this.dense("token_classification", normed);
        return this.dense("token_classification/output", this.activated("token_classification/inner", normed, c.head_layer_activation));
    }

    activated(name, rows, activation) {
        return this.dense(name, rows).map((row) => row.map(ACTIVATIONS[activation]));
    }
}
